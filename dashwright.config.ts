/** Where the pack's output is mounted. Prometheus 2.42 is the oldest that it is made for. */
import { defineConfig } from 'dashwright';

export default defineConfig({
  datasource: { name: 'Prometheus', uid: 'prometheus', url: 'http://prometheus:9090', isDefault: true },
  grafana: { url: 'http://localhost:3000' },
  prometheus: {
    version: '2.42',
    scrapeInterval: '30s',
    evaluationInterval: '1m',
    retention: '60d',
    alertmanagers: ['alertmanager:9093'],
  },
  runbooks: 'http://localhost:8080/runbooks',
});
