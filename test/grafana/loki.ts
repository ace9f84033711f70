/** A query to Loki, made by the SDK's own builder. */
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki';

export const loki = (expr: string): DataqueryBuilder => new DataqueryBuilder().expr(expr);
