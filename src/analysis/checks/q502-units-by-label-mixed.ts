import type { AggregateOp, Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { labelFact } from '../facts/labels.ts';
import { constantOf } from '../facts/source.ts';
import { mixedUnits, type MixedUnits } from '../mixed-units.ts';
import { number } from '../wording.ts';

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
      return finding(node, mixed, `\`${node.op}()\` puts`, query);
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
      return mixed && finding(node, mixed, `\`${node.op} ${number(limit)}\` puts`, query);
    },
  },
});

function finding(node: Expr, { source, label, units }: MixedUnits, subject: string, query: Query): Finding {
  const [first, second] = [units[0]!, units.find(([, unit]) => unit !== units[0]![1])!];
  const [origin] = source.origins;
  const name = origin?.name ?? query.print(node);
  return {
    node,
    message: `${subject} ${first[1]} and ${second[1]} of \`${name}\` together.`,
    why: `The unit of \`${name}\` depends on \`${label}\`: ${units.map(([value, unit]) => `\`${value}\` is in ${unit}`).join(', ')}.`,
    fix: `Choose one, such as \`${label}="${first[0]}"\`, or keep \`${label}\` with \`by (${label})\`.`,
    related: [{ message: `\`${name}\` is declared here`, position: origin?.metric?.position }],
  };
}
