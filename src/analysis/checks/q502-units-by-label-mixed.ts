import type { AggregateExpr, AggregateOp, BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { labelFact } from '../facts/labels.ts';
import { constantOf } from '../facts/source.ts';
import { mixedUnits, type MixedUnits } from '../mixed-units.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { instead, keeping, replaced, withMatcher } from '../rewrite.ts';
import { list, number, placeName } from '../wording.ts';

/** Aggregations that look at the values; the others only count series. */
const OF_VALUES: ReadonlySet<AggregateOp> = new Set<AggregateOp>([
  'sum',
  'avg',
  'min',
  'max',
  'stddev',
  'stdvar',
  'quantile',
  'topk',
  'bottomk',
]);

export const unitsByLabelMixed: Check = defineCheck({
  code: 'Q502',
  nodes: {
    AggregateExpr(node, query) {
      if (!OF_VALUES.has(node.op)) return undefined;
      const mixed = mixedUnits(node.expr, query);
      if (!mixed) return undefined;
      const { grouping } = node;
      const names = grouping?.labels ?? [];
      const isKept = grouping?.mode === 'without' ? !names.includes(mixed.label) : names.includes(mixed.label);
      if (isKept || names.some((name) => typeof name !== 'string')) return undefined;
      // of topk() the labels stay, but the choice was made between different things
      if (labelFact(query.of(node.expr).sources[0]!.labels, mixed.label).presence === 'impossible') return undefined;
      return finding(node, mixed, (units) => `\`${node.op}()\` puts ${units} together.`, query);
    },
    BinaryExpr(node, query) {
      if (!COMPARISONS.has(node.op)) return undefined;
      const [side, limit] =
        constantOf(query.of(node.lhs)) === undefined
          ? [node.lhs, constantOf(query.of(node.rhs))]
          : [node.rhs, constantOf(query.of(node.lhs))];
      // nothing is nothing in every unit
      if (limit === undefined || limit === 0) return undefined;
      const mixed = mixedUnits(side, query);
      return (
        mixed && finding(node, mixed, (units) => `\`${node.op} ${number(limit)}\` is one limit for ${units}.`, query)
      );
    },
  },
});

function finding(
  node: AggregateExpr | BinaryExpr,
  mixed: MixedUnits,
  message: (units: string) => string,
  query: Query,
): Finding {
  const { source, label, units } = mixed;
  const [first, second] = [units[0]!, units.find(([, unit]) => unit !== units[0]![1])!];
  const [origin] = source.origins;
  const name = origin?.name ?? query.print(node);
  return {
    node,
    message: message(`${inWords(first[1])} and ${inWords(second[1])} of \`${name}\``),
    why: `The unit of \`${name}\` depends on \`${label}\`: ${units.map(([value, unit]) => `\`${value}\` is ${inUnit(unit)}`).join(', ')}.`,
    fix: fixOf(node, mixed, query),
    related: [{ message: `\`${name}\` is declared here`, position: origin?.metric?.position }],
  };
}

const inUnit = (unit: string): string => (unit === 'count' ? 'a plain number' : `in ${unit}`);

const inWords = (unit: string): string => (unit === 'count' ? 'plain numbers' : unit);

/** One of the units by its label; an aggregation that nothing compares can also keep the label. */
function fixOf(node: AggregateExpr | BinaryExpr, { source, label, units }: MixedUnits, query: Query): Advice {
  const values = units.map(([value]) => value);
  const selector = source.origins[0]?.selector;
  const isThere = selector && selectorsIn(node).includes(selector);
  if (!isThere)
    return advice`Choose one by its label: ${list(
      values.map((value) => `${label}="${value}"`),
      'or',
    )}.`;
  const whole = comparisonOf(node, query);
  const one = instead(whole, replaced(whole, selector, withMatcher(selector, label, values[0])), query);
  return whole.type === 'BinaryExpr' || node.type === 'BinaryExpr'
    ? advice`Write a ${placeName(query.place)} for each, with a limit in its own unit: ${one} where the limit is ${inUnit(units[0]![1])}, and in the same way for ${list(values.slice(1))}.`
    : advice`Choose one: ${one}; or keep them apart: ${instead(node, keeping(node, label), query)}.`;
}

/** The comparison that a part of a query is in, or the part itself. */
function comparisonOf(node: AggregateExpr | BinaryExpr, query: Query): AggregateExpr | BinaryExpr {
  for (let above: Expr | undefined = node; above; above = query.parentOf(above))
    if (above.type === 'BinaryExpr' && COMPARISONS.has(above.op)) return above;
  return node;
}
