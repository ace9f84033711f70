import type { Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { labelFact } from '../facts/labels.ts';
import { instead, keptThrough } from '../rewrite.ts';

const QUANTILES: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

/** Only of buckets that had `le` and lost it: series that never had one are Q224's and Q231's. */
export const quantileWithoutLe: Check = defineCheck({
  code: 'Q221',
  nodes: {
    Call(node, query) {
      if (!QUANTILES.has(node.func)) return undefined;
      const argument = node.args.find((arg) => query.of(arg).type === 'vector');
      if (!argument) return undefined;
      for (const source of query.of(argument).sources) {
        const le = labelFact(source.labels, 'le');
        const buckets = source.sample === 'float' && source.role === 'bucket';
        if (!buckets || le.presence !== 'impossible' || !le.reason) continue;
        const dropped = le.reason.node;
        return {
          node: argument,
          message: `\`${node.func}()\` needs the label \`le\`, which its argument does not have.`,
          why: `${le.reason.text}; without \`le\` there are no buckets to read a quantile from, so the result is always empty.`,
          fix: fixOf(dropped, argument, query),
          related: dropped === argument ? [] : [{ message: '`le` is dropped here', node: dropped }],
        };
      }
      return undefined;
    },
  },
});

function fixOf(dropped: Expr, argument: Expr, query: Query): Advice | string {
  const kept = keptThrough(['le'], dropped, argument, query);
  return kept ? advice`Keep \`le\`: ${instead(argument, kept, query)}.` : 'Keep `le` on the way to the function.';
}
