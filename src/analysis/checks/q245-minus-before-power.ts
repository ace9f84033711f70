import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';

export const minusBeforePower: Check = defineCheck({
  code: 'Q245',
  nodes: {
    UnaryExpr(node, query) {
      const { expr: power } = node;
      if (node.op !== '-' || power.type !== 'BinaryExpr' || power.op !== '^' || power.parens) return undefined;
      const [base, exponent] = [query.print(power.lhs), query.print(power.rhs)];
      const span = node.span ?? { start: 0, end: query.text.length };
      return {
        node,
        message: `\`-${base} ^ ${exponent}\` is \`-(${base} ^ ${exponent})\`.`,
        why: '`^` binds tighter than a sign, as in mathematics and unlike in some languages.',
        fix: advice`Write ${{ span, text: `-(${base} ^ ${exponent})` }} for the same as now, or ${{ span, text: `(-${base}) ^ ${exponent}` }} if the sign belongs to the base.`,
      };
    },
  },
});
