/**
 * The arithmetic of error budgets: how fast one may be spent before somebody is told.
 *
 * Source: Google's SRE workbook, chapter "Alerting on SLOs": fire when the error ratio over a long and over a
 * short window is above factor × budget, with factor = share of the budget × period ÷ long window and a short
 * window of a twelfth of the long one, so that the alert ends soon after the errors do.
 */
import { printDuration } from '../../promql/duration.ts';
import type { AlertSeverity } from '../authoring/alert.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One speed of spending. Windows are in milliseconds. */
export interface BurnWindow {
  readonly long: number;
  /** Absent where events are too rare for a short window to hold any. */
  readonly short?: number;
  /** The share of the period's budget that is spent when the errors last for the long window. */
  readonly share: number;
  readonly severity: AlertSeverity;
}

export const USUAL_WINDOWS: readonly BurnWindow[] = Object.freeze([
  { long: HOUR, short: 5 * MINUTE, share: 0.02, severity: 'critical' },
  { long: 6 * HOUR, short: 30 * MINUTE, share: 0.05, severity: 'critical' },
  { long: DAY, short: 2 * HOUR, share: 0.1, severity: 'warning' },
  { long: 3 * DAY, short: 6 * HOUR, share: 0.1, severity: 'warning' },
]);

/** For events that are rare, such as pipeline runs: a day, and a week at the pace of the whole budget. */
export function rareWindows(period: number): readonly BurnWindow[] {
  return [
    { long: DAY, share: 0.1, severity: 'warning' },
    { long: 7 * DAY, share: (7 * DAY) / period, severity: 'warning' },
  ];
}

/** A window with what follows from it. */
export interface BurnRate extends BurnWindow {
  /** How many times as fast as the budget allows. */
  readonly factor: number;
  /** The error ratio above which it fires. */
  readonly threshold: number;
  readonly longText: string;
  readonly shortText: string | undefined;
}

/**
 * The windows of an objective. Those whose threshold no ratio can exceed are left out: with an objective of
 * 90 %, spending 14.4 times too fast would mean that 144 % of the events fail. So are those that are longer than
 * the period.
 *
 * @param objective the share of good events, between 0 and 1
 * @param period milliseconds
 */
export function burnRates(objective: number, period: number, windows: readonly BurnWindow[]): readonly BurnRate[] {
  return windows
    .filter(({ long }) => long <= period)
    .map((window) => {
      const factor = exact((window.share * period) / window.long);
      return {
        ...window,
        factor,
        threshold: exact(factor * (1 - objective)),
        longText: printDuration(window.long),
        shortText: window.short === undefined ? undefined : printDuration(window.short),
      };
    })
    .filter(({ threshold }) => threshold < 1);
}

/** A number as people compute it: 1 - 0.999 is 0.001 and not 0.0010000000000000009. */
export function exact(value: number): number {
  return Number(value.toPrecision(12));
}
