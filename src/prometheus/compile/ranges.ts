/** Automatic ranges of rules. */
import type { MetricModel } from '../../metrics/model.ts';
import { durationNode } from '../../query/duration.ts';
import { ruleRange } from '../../query/auto-range.ts';
import type { RangeResolver } from '../../query/auto-range.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Ranges that people know and that can be reused: every reader asks what [3m20s] is about.
const USUAL = [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE].concat(
  [1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  [1, 2, 4, 7, 14, 30].map((days) => days * DAY),
);

/**
 * The automatic range in a group: four scrape intervals, but no less than the group's interval, so that
 * every sample is looked at, and then the next usual length of time.
 *
 * @param find looks a sample's name up in the catalogue
 * @param fallbackInterval milliseconds between scrapes of metrics of which nothing is known
 * @param groupInterval milliseconds between evaluations
 */
export function groupRange(
  find: (sample: string) => MetricModel | undefined,
  fallbackInterval: number,
  groupInterval: number,
): RangeResolver {
  const fourScrapes = ruleRange(find, fallbackInterval / SECOND);
  return (selector) => {
    const range = fourScrapes(selector);
    if (range.type !== 'Duration') return range;
    const least = Math.max(range.milliseconds, groupInterval);
    return durationNode(USUAL.find((usual) => usual >= least) ?? Math.ceil(least / DAY) * DAY);
  };
}
