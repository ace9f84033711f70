/** Vector matching: which series of two sides go together, and the labels of what comes out. */
import type { Fill, VectorMatching as MatchingNode } from '../promql/ast.ts';
import { numberNode } from './build.ts';
import { labelList } from './label-list.ts';
import type { Problem } from './types.ts';

/** Values for series without a partner. Needs `--enable-feature=promql-binop-fill-modifiers`. */
export type FillValues = number | { readonly left?: number; readonly right?: number };

/** Series go together when these labels are equal. */
interface On<Labels, FromRight, FromLeft> {
  readonly on: Labels;
  readonly ignoring?: never;
  /** Many on the left to one on the right, whose labels named here are copied. */
  readonly groupLeft?: FromRight;
  /** One on the left, whose labels named here are copied, to many on the right. */
  readonly groupRight?: FromLeft;
  readonly fill?: FillValues;
}

/** Series go together when all labels but these are equal. */
interface Ignoring<Labels extends string, FromRight, FromLeft> {
  readonly ignoring: readonly Labels[];
  readonly on?: never;
  readonly groupLeft?: FromRight;
  readonly groupRight?: FromLeft;
  readonly fill?: FillValues;
}

/** Series go together when all labels are equal. */
interface AllLabels {
  readonly on?: never;
  readonly ignoring?: never;
  readonly groupLeft?: never;
  readonly groupRight?: never;
  readonly fill?: FillValues;
}

/** Lists of names keep their type as lists, because one that is not given differs from an empty one. */
export type MatchingOptions<OnLabels, Ignored extends string, FromRight, FromLeft> =
  On<OnLabels, FromRight, FromLeft> | Ignoring<Ignored, FromRight, FromLeft> | AllLabels;

/** `and`, `or`, `unless` know neither groups nor fill values. */
export type SetMatchingOptions<OnLabels, Ignored extends string> =
  { readonly on: OnLabels; readonly ignoring?: never } | { readonly ignoring: readonly Ignored[]; readonly on?: never };

/** Lists that are not given are `never`. */
type Given<List> = [List] extends [never] ? false : true;
type Names<List> = List extends readonly (infer Name extends string)[] ? Name : never;

/** Refuses two sides of which the labels that must be equal differ. */
export type SidesMatch<L1 extends string, L2 extends string, OnLabels, Ignored> =
  Given<OnLabels> extends true
    ? unknown
    : string extends L1 | L2
      ? unknown
      : [Exclude<L1, Ignored>, Exclude<L2, Ignored>] extends [Exclude<L2, Ignored>, Exclude<L1, Ignored>]
        ? unknown
        : Problem<
            'the two sides have different labels, so nothing matches: add { on: […] } or { ignoring: […] }, or aggregate both by the same labels',
            { onlyLeft: Exclude<L1, L2 | Ignored>; onlyRight: Exclude<L2, L1 | Ignored> }
          >;

/** The labels of the result of two vectors. */
export type MatchedLabels<L1 extends string, L2 extends string, OnLabels, Ignored, FromRight, FromLeft> =
  Given<FromRight> extends true
    ? L1 | Names<FromRight>
    : Given<FromLeft> extends true
      ? L2 | Names<FromLeft>
      : Given<OnLabels> extends true
        ? Names<OnLabels>
        : Exclude<L1, Ignored>;

interface Written {
  readonly on?: readonly string[] | undefined;
  readonly ignoring?: readonly string[] | undefined;
  readonly groupLeft?: readonly string[] | undefined;
  readonly groupRight?: readonly string[] | undefined;
  readonly fill?: FillValues;
}

/**
 * The nodes of matching and fill values.
 *
 * @param what the operator's name, for the message
 * @throws TypeError for combinations that PromQL does not have
 */
export function matchingNodes(options: Written, what: string): { matching?: MatchingNode; fill?: Fill } {
  const { on, ignoring, groupLeft, groupRight, fill } = options;
  if (on !== undefined && ignoring !== undefined) throw new TypeError(`${what} takes on or ignoring, not both.`);
  if (groupLeft !== undefined && groupRight !== undefined) {
    throw new TypeError(`${what} takes groupLeft or groupRight, not both: one side must be unique.`);
  }
  for (const [name, list] of Object.entries({ on, ignoring, groupLeft, groupRight })) {
    if (list !== undefined) labelList(list, `${name} of ${what}`);
  }
  const labels = on ?? ignoring;
  const include = groupLeft ?? groupRight;
  if (labels === undefined && include !== undefined) {
    throw new TypeError(`groupLeft and groupRight of ${what} need on or ignoring.`);
  }
  const both = on?.find((label) => include?.includes(label));
  if (both !== undefined)
    throw new TypeError(`The label "${both}" of ${what} is in on, so it cannot be copied as well.`);
  return {
    ...(labels === undefined ? {} : { matching: matchingNode(on !== undefined, labels, groupLeft, groupRight) }),
    ...(fill === undefined ? {} : { fill: fillNode(fill) }),
  };
}

function matchingNode(
  on: boolean,
  labels: readonly string[],
  groupLeft: readonly string[] | undefined,
  groupRight: readonly string[] | undefined,
): MatchingNode {
  const include = groupLeft ?? groupRight;
  return Object.freeze({
    mode: on ? 'on' : 'ignoring',
    labels: Object.freeze([...labels]),
    ...(include === undefined ? {} : { group: groupLeft === undefined ? ('right' as const) : ('left' as const) }),
    ...(include === undefined || include.length === 0 ? {} : { include: Object.freeze([...include]) }),
  });
}

function fillNode(fill: FillValues): Fill {
  const { left, right } = typeof fill === 'number' ? { left: fill, right: fill } : fill;
  return Object.freeze({
    ...(left === undefined ? {} : { left: numberNode(left) }),
    ...(right === undefined ? {} : { right: numberNode(right) }),
  });
}
