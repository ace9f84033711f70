import { DurationError, parseDuration } from '../promql/duration.ts';

/**
 * The shortest step that a query asks for, in seconds.
 *
 * @param target "Min step" of the query, such as `1m` or `>1m`; it wins over the panel's
 * @param panel "Min interval" of the panel
 * @returns `undefined` where none is set, or where a variable gives it
 * Source: Grafana's documentation, "Query options" of panels and "Min step" of the Prometheus data source.
 */
export function minIntervalSeconds(target: string | undefined, panel: string | undefined): number | undefined {
  const text = target === undefined || target === '' ? panel : target;
  try {
    return text === undefined || text === '' ? undefined : parseDuration(text.replace(/^>\s*/, '')) / 1000;
  } catch (error) {
    if (error instanceof DurationError) return undefined;
    throw error;
  }
}
