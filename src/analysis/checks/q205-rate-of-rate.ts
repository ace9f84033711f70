import type { Call, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { Source } from '../facts/facts.ts';
import { instead } from '../rewrite.ts';
import { seriesName } from '../wording.ts';
import { RATES } from '../facts/call.ts';

export const rateOfRate: Check = defineCheck({
  code: 'Q205',
  nodes: {
    Call(node, query) {
      const [range] = node.args;
      if (!RATES.has(node.func) || !range) return undefined;
      const already = query.of(range).sources.map(whatItIs);
      const [what] = already;
      if (what === undefined || already.includes(undefined)) return undefined;
      return {
        node,
        message: `\`${node.func}()\` needs a counter, but ${what}.`,
        why: `Such a value goes up and down. \`${node.func}()\` takes every fall for a restart and adds it back, so the result means nothing.`,
        fix: fixOf(node, range, query),
      };
    },
  },
});

/** Why a source is no counter any more, where that is known. */
function whatItIs({ ranges, origins, counter, estimated, sample }: Source): string | undefined {
  if (sample === 'histogram') return undefined;
  const rate = ranges.find(({ func }) => RATES.has(func));
  if (rate) return `its argument is already the result of \`${rate.func}()\``;
  const [origin] = origins;
  const recorded = origin?.metric?.recordedBy && counter === undefined && estimated === true;
  return recorded ? `${seriesName(origin)} is recorded from an expression that gives a rate or a mean` : undefined;
}

/** One rate instead of two; or what can be asked of a rate. */
function fixOf(node: Call, range: Expr, query: Query): Advice {
  const over = (func: string): ReturnType<typeof instead> => instead(node, { ...node, func }, query);
  const more = advice`${over('avg_over_time')} for its mean, ${over('max_over_time')} for its peak`;
  const once = onlyOnce(node, range);
  return once ? advice`It is a rate already: write ${instead(node, once, query)}, or ${more}.` : advice`Write ${more}.`;
}

function onlyOnce(node: Call, range: Expr): Expr | undefined {
  if (range.type === 'MatrixSelector') return range.selector;
  if (range.type !== 'SubqueryExpr' || range.offset || range.at) return undefined;
  const [inner] = range.expr.type === 'Call' && RATES.has(range.expr.func) ? range.expr.args : [];
  return inner?.type === 'MatrixSelector' ? { ...node, args: [{ ...inner, range: range.range }] } : undefined;
}
