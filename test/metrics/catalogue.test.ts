/** Catalogues: one order, each name once, every sample found, the schema of their JSON. */
import { Ajv } from 'ajv';
import {
  catalogue,
  counter,
  exporter,
  findSample,
  gauge,
  histogram,
  nativeHistogram,
  oneOf,
  sampleNames,
  summary,
} from 'dashwright';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_SCHEMA } from '../../src/metrics/catalogue-schema.ts';
import * as metrics from '../query/metrics.ts';

const requests = counter('requests_total');
const size = histogram('size_bytes');
const delay = summary('delay_seconds');
const spread = nativeHistogram('spread_seconds');
const all = catalogue([size, requests, spread, delay], { externalLabels: { cluster: oneOf('a') } });

describe('a catalogue', () => {
  test('is in the order of names, whatever the order of definitions', () => {
    expect(all.metrics.map(({ name }) => name)).toEqual([
      'delay_seconds',
      'requests_total',
      'size_bytes',
      'spread_seconds',
    ]);
    expect(all.externalLabels).toEqual({ cluster: { values: { type: 'oneOf', values: ['a'] } } });
  });

  test('takes the same metric twice as once', () => {
    expect(catalogue([requests, requests]).metrics).toHaveLength(1);
  });

  test.each([
    ['requests_total', 'requests_total', 'value'],
    ['requests_created', 'requests_total', 'created'],
    ['size_bytes_bucket', 'size_bytes', 'bucket'],
    ['size_bytes_sum', 'size_bytes', 'sum'],
    ['size_bytes_count', 'size_bytes', 'count'],
    ['size_bytes_created', 'size_bytes', 'created'],
    ['delay_seconds', 'delay_seconds', 'quantile'],
    ['delay_seconds_count', 'delay_seconds', 'count'],
    ['spread_seconds', 'spread_seconds', 'value'],
  ])('finds %s as the %s of a metric', (sample, metric, role) => {
    expect(findSample(all, sample)).toMatchObject({ metric: { name: metric }, role });
  });

  test.each(['size_bytes', 'delay_seconds_bucket', 'spread_seconds_bucket', 'requests', 'constructor'])(
    'knows no %s',
    (sample) => {
      expect(findSample(all, sample)).toBeUndefined();
    },
  );

  test('prefers a metric to a time of creation of the same name', () => {
    const both = catalogue([counter('pod_total'), gauge('pod_created', { nameAsExposed: true })]);
    expect(findSample(both, 'pod_created')).toMatchObject({ metric: { name: 'pod_created' }, role: 'value' });
  });

  test('names the series of each kind', () => {
    expect(sampleNames(size.model)).toEqual(['size_bytes_bucket', 'size_bytes_sum', 'size_bytes_count']);
    expect(sampleNames(delay.model)).toEqual(['delay_seconds', 'delay_seconds_sum', 'delay_seconds_count']);
  });
});

describe('the schema', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(CATALOGUE_SCHEMA);

  test('accepts what definitions make', () => {
    const { app: _app, team: _team, ...defined } = metrics;
    const full = gauge('full', {
      help: 'All there is to say.',
      labels: { resource: oneOf('cpu', 'memory') },
      unitByLabel: { label: 'resource', units: { cpu: 'cores', memory: 'bytes' } },
      key: ['resource'],
      range: { min: 0 },
      boolean: false,
      appearsOnFirstUse: true,
      from: exporter('e', { scrapeInterval: '500ms', honorLabels: true, targets: ['a:1'], metricsPath: '/m' }),
      since: '1',
      renamedTo: 'a',
      renamedFrom: ['b'],
      removed: '2',
    });
    const value: unknown = JSON.parse(JSON.stringify(catalogue([...Object.values(defined), full])));
    validate(value);
    expect(validate.errors).toBeNull();
  });

  test('refuses what no definition makes', () => {
    const metric = { name: 'x', kind: 'gauge', labels: {} };
    const metricsOf = (more: object): unknown => ({ metrics: [{ ...metric, ...more }] });
    expect(validate(metricsOf({}))).toBe(true);
    for (const wrong of [
      { kind: 'gaug' },
      { unit: 'furlongs' },
      { name: 'a-b' },
      { labels: { 'a.b': {} } },
      { extra: 1 },
    ]) {
      expect(validate(metricsOf(wrong))).toBe(false);
    }
  });
});
