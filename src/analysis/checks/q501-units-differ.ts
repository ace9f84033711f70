import type { BinaryExpr } from '../../promql/ast.ts';
import { measureOf, type UnitName } from '../../metrics/units.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { COMPARISONS } from '../facts/binary.ts';
import { selectedNames } from '../facts/selected-names.ts';
import { instead, replaced, scaledBy } from '../rewrite.ts';
import { unitFault, type UnitFault } from '../unit-faults.ts';
import { list } from '../wording.ts';

const VERBS: Readonly<Record<string, string>> = {
  '+': 'added to',
  '-': 'taken from',
  '%': 'divided with',
  or: 'joined with',
};

export const unitsDiffer: Check = defineCheck({
  code: 'Q501',
  nodes: {
    BinaryExpr(node, query) {
      const fault = unitFault(node, query);
      if (fault?.code !== 'Q501') return undefined;
      const verb = COMPARISONS.has(node.op) ? 'compared with' : (VERBS[node.op] ?? 'combined with');
      const [first, second] = node.op === '-' ? [fault.right, fault.left] : [fault.left, fault.right];
      return {
        node,
        message: `${capital(first)} are ${verb} ${second}.`,
        why: `\`${query.print(node.lhs)}\` is in ${fault.left} and \`${query.print(node.rhs)}\` in ${fault.right}, so the result means nothing.`,
        fix: fixOf(node, fault, query),
      };
    },
  },
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The larger unit in the smaller where both measure the same; else one of the metrics is the wrong one. */
function fixOf(node: BinaryExpr, { left, right }: UnitFault, query: Query): Advice {
  const [l, r] = [measureOf(left), measureOf(right)];
  if (l.dimension !== r.dimension) return otherMetrics(node, left, right, query);
  const [side, factor] = l.factor > r.factor ? [node.lhs, l.factor / r.factor] : [node.rhs, r.factor / l.factor];
  return advice`Bring both sides to one unit: ${instead(node, replaced(node, side, scaledBy(side, factor)), query)}.`;
}

/** More names than these are no help. */
const SHOWN = 5;

function otherMetrics(node: BinaryExpr, left: UnitName, right: UnitName, { world }: Query): Advice {
  const used = selectedNames(node);
  const inUnit = (unit: UnitName): string => {
    const names = world.metrics.filter((metric) => metric.unit === unit).map(({ name }) => name);
    const others = names.filter((name) => !used.includes(name));
    return others.length > 0 && others.length <= SHOWN ? ` Others in ${unit}: ${list(others)}.` : '';
  };
  return advice`No factor makes one of the other: take another metric on one of the sides.${inUnit(left)}${inUnit(right)}`;
}
