import type { AggregateExpr, Expr } from '../../promql/ast.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { constantOf } from '../facts/source.ts';
import { plainText } from '../facts/selector.ts';
import { aggregation, instead, numeral, replaced } from '../rewrite.ts';
import { list, seriesName } from '../wording.ts';

const PICKS: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk']);

export const infoJoinChanges: Check = defineCheck({
  code: 'Q214',
  nodes: {
    BinaryExpr(node, query) {
      const { matching } = node;
      if (matching?.mode !== 'on' || !matching.group) return undefined;
      const one = matching.group === 'left' ? node.rhs : node.lhs;
      if (picksOne(one, query)) return undefined;
      const on = new Set(matching.labels.map(plainText));
      for (const { labels, kind, origins } of query.of(one).sources) {
        const [origin] = origins;
        if (kind !== 'info' && kind !== 'boolean') continue;
        if (origin?.metric?.kind !== 'info') continue;
        const changing = [...labels.named]
          .filter(([name, fact]) => fact.presence !== 'impossible' && fact.model?.mutable === true && !on.has(name))
          .map(([name]) => name);
        if (changing.length === 0) continue;
        const per = [...on].filter((label) => label !== undefined).join(', ');
        const pick: AggregateExpr = {
          ...aggregation('topk', one, { mode: 'by', labels: matching.labels }),
          param: numeral(1),
        };
        return {
          node: one,
          message: `${seriesName(origin)} can have two series for one ${per} for a while after ${list(changing)} changes.`,
          why: 'Prometheus ends the old series at once only where it scrapes the new one from the same target. One that comes from an old target, was pushed or has timestamps of its own lives on, for up to the look-back of five minutes. In that time the join meets two partners, and the whole query fails: "found duplicate series".',
          fix: advice`Pick one of them: ${instead(node, replaced(node, one, pick), query)}.`,
          related: [{ message: `${seriesName(origin)} is declared here`, position: origin.metric.position }],
        };
      }
      return undefined;
    },
  },
});

function picksOne(node: Expr, query: Query): boolean {
  return (
    node.type === 'AggregateExpr' &&
    PICKS.has(node.op) &&
    node.param !== undefined &&
    constantOf(query.of(node.param)) === 1
  );
}
