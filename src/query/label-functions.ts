/** Functions that write labels: `label_replace`, `label_join`, `info`. */
import { re2Source } from '../metrics/labels.ts';
import { exprOf, query, stringNode } from './build.ts';
import { labelList } from './label-list.ts';
import type { Kind, LabelOf, Unit, Vector } from './types.ts';

/** What `labelReplace` does, by PromQL's own names of its arguments. */
export interface LabelReplacement<Target extends string, Source extends string> {
  /** The label that is written. */
  readonly target: Target;
  /** Its value, with `$1`, `$2`, `${name}` for the groups of `regex`. An empty one removes the label. */
  readonly replacement: string;
  /** The label that is read. */
  readonly source: Source;
  /** An RE2 expression that must match the whole value of the source; elsewhere the series stays as it is. */
  readonly regex: RegExp | string;
}

/**
 * Writes a label from another one.
 *
 * @throws TypeError where RE2 cannot read the expression
 */
export function labelReplace<
  L extends string,
  K extends Kind,
  U extends Unit,
  N extends string,
  const Target extends string,
  const Source extends LabelOf<L>,
>(of: Vector<L, K, U, N>, how: LabelReplacement<Target, Source>): Vector<L | Target, K, U, N> {
  const what = 'labelReplace()';
  const texts = [how.target, how.replacement, how.source, re2Source(how.regex, what)];
  const args = [exprOf(of, what), ...texts.map((text) => stringNode(text, what))];
  return query({ type: 'Call', func: 'label_replace', args: Object.freeze(args) }, labelReplace, [of]);
}

/** Writes a label from several others, joined by a separator. */
export function labelJoin<
  L extends string,
  K extends Kind,
  U extends Unit,
  N extends string,
  const Target extends string,
  const Source extends LabelOf<L>,
>(
  of: Vector<L, K, U, N>,
  how: { readonly target: Target; readonly separator: string; readonly sources: readonly Source[] },
): Vector<L | Target, K, U, N> {
  const what = 'labelJoin()';
  const sources = labelList(how.sources, `sources of ${what}`);
  const texts = [how.target, how.separator, ...sources].map((text) => stringNode(text, what));
  return query({ type: 'Call', func: 'label_join', args: Object.freeze([exprOf(of, what), ...texts]) }, labelJoin, [
    of,
  ]);
}

/**
 * PromQL's `info()`: adds the labels of matching info metrics, by default those of `target_info`. (`info`
 * itself declares an info metric.) Needs `--enable-feature=promql-experimental-functions`, Prometheus 3.0.
 *
 * @param labels a selector without a name that chooses the info metric and its labels: see `selector`
 */
export function joinInfo<L extends string, K extends Kind, U extends Unit, N extends string>(
  of: Vector<L, K, U, N>,
  labels?: Vector<string, 'untyped'>,
): Vector<string, K, U, N> {
  const inputs = labels === undefined ? [of] : [of, labels];
  const args = Object.freeze(inputs.map((input) => exprOf(input, 'joinInfo()')));
  return query({ type: 'Call', func: 'info', args }, joinInfo, inputs);
}
