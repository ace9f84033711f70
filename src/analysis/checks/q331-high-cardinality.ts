import type { AggregateExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { METRIC_NAME } from '../facts/labels.ts';
import { grouped, instead } from '../rewrite.ts';
import { number } from '../wording.ts';

interface Size {
  readonly name: string;
  readonly size: number;
}

/** More recorded series than this cost more than the query that they save. */
const BUDGET = 10_000;

export const highCardinality: Check = defineCheck({
  code: 'Q331',
  query(query) {
    const aggregation = query.place.type === 'record' ? outerAggregation(query.expr) : undefined;
    if (aggregation?.grouping?.mode !== 'without') return undefined;
    const [source] = query.facts.root.sources;
    const kept = [...(source?.labels.named ?? [])].flatMap(([name, { presence, values, model }]): Size[] => {
      const size = values.oneOf?.length ?? model?.cardinality;
      return name !== METRIC_NAME && presence !== 'impossible' && size !== undefined ? [{ name, size }] : [];
    });
    const left = kept.filter(({ size }) => size > 1);
    const series = left.reduce((product, { size }) => product * size, 1);
    if (series <= BUDGET) return undefined;
    const largest = left.toSorted((a, b) => b.size - a.size).map(({ name, size }) => `\`${name}\` (${number(size)})`);
    return {
      node: aggregation,
      span: aggregation.grouping.span,
      message: `The rule records up to ${number(series)} series; more than ${number(BUDGET)} cost more than they save.`,
      why: `\`without (…)\` keeps every label that it does not name, also those that come later: ${largest.join(', ')}.`,
      fix: fixOf(aggregation, kept, query),
    };
  },
});

/** As many labels as stay below the budget, the smallest first. */
function fixOf(node: AggregateExpr, labels: readonly Size[], query: Query): Advice {
  const kept: string[] = [];
  let series = 1;
  for (const { name, size } of labels.toSorted((a, b) => a.size - b.size)) {
    if (series * size > BUDGET) break;
    kept.push(name);
    series *= size;
  }
  return advice`Name the labels to keep, such as ${instead(node, grouped(node, 'by', kept), query)}, which is up to ${number(series)} series.`;
}

function outerAggregation(expr: Expr): AggregateExpr | undefined {
  if (expr.type === 'AggregateExpr') return expr;
  return expr.type === 'BinaryExpr' ? (outerAggregation(expr.lhs) ?? outerAggregation(expr.rhs)) : undefined;
}
