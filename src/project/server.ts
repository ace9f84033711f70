import type { World } from '../analysis/facts/world.ts';
import { milliseconds } from '../query/duration.ts';
import type { Config } from './config.ts';

/** What the analysis wants to know of the Prometheus that runs the queries. */
export function serverOf({ prometheus = {} }: Config): Partial<World['server']> {
  const { version, features = [], lookback = '5m', retention, evaluationInterval = '1m' } = prometheus;
  return {
    ...(version === undefined ? {} : { version }),
    features: new Set(features),
    lookbackSeconds: milliseconds(lookback) / 1000,
    evaluationIntervalSeconds: milliseconds(evaluationInterval) / 1000,
    ...(retention === undefined ? {} : { retentionSeconds: milliseconds(retention) / 1000 }),
  };
}
