/** Fixed ranges under `rate()` in graphs: whether one is a fault or only worth a look depends on its length. */
import type { Call, MatrixSelector } from '../promql/ast.ts';
import type { Query } from './check.ts';
import { secondsOf } from './facts/call.ts';
import { duration } from './wording.ts';

/** Longer ranges are chosen on purpose: they smooth, or the title names them. */
const LONGEST_ACCIDENT = 600;

/** Panels that draw a value for each step; the others show one number for the whole range. */
const GRAPHS: ReadonlySet<string> = new Set([
  'timeseries',
  'graph',
  'barchart',
  'heatmap',
  'statetimeline',
  'state-timeline',
]);

/** From here on, in seconds, a range holds enough samples nearly everywhere. */
const LONG = 300;

export interface FixedRange {
  readonly range: MatrixSelector['range'];
  readonly seconds: number;
  /** It can only miss what happens between the steps of a graph over days. */
  readonly long: boolean;
}

/** The range of a `rate()` that stays the same at every zoom of a graph. */
export function fixedRange({ func, args }: Call, { place }: Query): FixedRange | undefined {
  const [arg] = args;
  if (place.type !== 'panel' || func !== 'rate' || arg?.type !== 'MatrixSelector') return undefined;
  const seconds = secondsOf(arg.range);
  if (seconds === undefined || seconds > LONGEST_ACCIDENT) return undefined;
  if (place.instant === true || !GRAPHS.has(place.panelType ?? '')) return undefined;
  return place.title.includes(duration(seconds)) ? undefined : { range: arg.range, seconds, long: seconds >= LONG };
}
