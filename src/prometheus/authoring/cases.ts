/** Unit tests of alerts, which promtool runs: this must fire, that must stay silent. */
import { milliseconds } from '../../query/duration.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import type { SeriesInput } from '../../query/series.ts';
import { capturePosition } from '../../source/position.ts';
import type { AlertCase, ExpectedAlert } from '../model.ts';

/** A test of an alert whose expression has the labels `L`. */
export interface AlertTest<L extends string> extends AlertCase {
  readonly '~labels': L;
}

/** What is there before the alert is looked at. */
export interface Situation {
  /** `metric.series({ label: 'x' }, '0+1x60')`. */
  readonly series: readonly SeriesInput[];
  /** When to look, counted from the first sample. */
  readonly at: Duration<Examples>;
  /** Between two samples. Default: one minute. */
  readonly interval?: Duration<Examples>;
}

export interface Expectation<L extends string> {
  /** The labels of the expression's result. Those that the rule adds, such as `severity`, go without saying. */
  readonly labels: Readonly<Partial<Record<L, string>>>;
  /**
   * What the annotations say, as people read it. Left out, they are still compared wherever they do not print
   * the alert's value.
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One alert that fires, or all of them in `alerts`. */
export type FiringOptions<L extends string> = Situation &
  (Expectation<L> | { readonly alerts: readonly Expectation<L>[] });

/**
 * The alert fires, with exactly these labels, and nothing else of its name does.
 *
 * @param name what the situation is, such as `half of the runs fail`
 * @throws TypeError where a duration cannot be read, or the series or labels are missing
 */
export function firing<const L extends string>(name: string, options: FiringOptions<L>): AlertTest<L> {
  const alerts = 'alerts' in options ? options.alerts : [options];
  return testCase('firing', name, options, alerts, firing);
}

/**
 * Nothing of the alert's name fires.
 *
 * @param name what the situation is, such as `one run in ten fails`
 * @throws TypeError where a duration cannot be read
 */
export function silent(name: string, situation: Situation): AlertTest<never> {
  return testCase('silent', name, situation, [], silent);
}

const DEFAULT_INTERVAL: Duration = '1m';

function testCase<L extends string>(
  kind: AlertCase['kind'],
  name: string,
  { series, at, interval = DEFAULT_INTERVAL }: Situation,
  alerts: readonly Expectation<string>[],
  callee: (...args: never[]) => unknown,
): AlertTest<L> {
  if (!Array.isArray(series)) {
    throw new TypeError(`The test "${name}" has no list of series: series: [metric.series({ label: 'x' }, '0+1x60')].`);
  }
  const made: AlertCase = Object.freeze({
    kind,
    name,
    series: Object.freeze([...series]),
    at: milliseconds(at),
    interval: milliseconds(interval),
    alerts: Object.freeze(alerts.map((alert) => expected(alert, name))),
    position: capturePosition(callee),
  });
  // What it is about is known to the compiler only.
  return made as AlertTest<L>;
}

function expected({ labels, annotations }: Partial<Expectation<string>>, test: string): ExpectedAlert {
  if (labels === undefined) {
    throw new TypeError(`The test "${test}" does not say which labels the alert has: labels: { … }, or {} for none.`);
  }
  const known = Object.entries(labels).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.freeze({ labels: Object.fromEntries(known), ...(annotations === undefined ? {} : { annotations }) });
}
