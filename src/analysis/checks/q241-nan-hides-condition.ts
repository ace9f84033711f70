import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { nanDivision } from '../divisions.ts';
import { constantOf } from '../facts/source.ts';
import { instead, numeral, operation } from '../rewrite.ts';

/** With `>` no traffic means no errors, which is as it should be; with `<` it means no successes. */
export const nanHidesCondition: Check = defineCheck({
  code: 'Q241',
  nodes: {
    BinaryExpr(node, query) {
      if ((node.op !== '<' && node.op !== '<=') || node.bool === true || !isAlert(query) || isCovered(query))
        return undefined;
      if (constantOf(query.of(node.rhs)) === undefined) return undefined;
      const division = nanDivision(node.lhs, query);
      if (!division) return undefined;
      const divisor = query.print(division.rhs);
      return {
        node,
        message: `The condition cannot hold while \`${divisor}\` is 0.`,
        why: '0 divided by 0 is NaN, and every comparison with NaN is false: when all traffic stops, the alert is silent.',
        fix: advice`Add that case: ${instead(node, operation('or', node, operation('==', division.rhs, numeral(0))), query)}.`,
        related: division === node.lhs ? [] : [{ message: 'the division is here', node: division }],
      };
    },
  },
});

function isAlert({ place }: Query): boolean {
  return place.type === 'alert' || place.type === 'query';
}

/** Somebody thought of the case: another branch asks for 0 or for absence. */
function isCovered(query: Query): boolean {
  return query.facts.nodes.some(({ expr }) => {
    if (expr.type === 'Call') return expr.func.startsWith('absent');
    return expr.type === 'BinaryExpr' && expr.op === '==' && constantOf(query.of(expr.rhs)) === 0;
  });
}
