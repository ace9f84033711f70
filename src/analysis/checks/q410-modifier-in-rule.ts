import type { SubqueryExpr, VectorSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { instead } from '../rewrite.ts';
import { duration } from '../wording.ts';

export const modifierInRule: Check = defineCheck({
  code: 'Q410',
  nodes: { VectorSelector: modifiers, SubqueryExpr: modifiers },
});

function modifiers(node: VectorSelector | SubqueryExpr, query: Query): readonly Finding[] {
  const { place } = query;
  if (place.type !== 'alert' && place.type !== 'record') return [];
  const findings: Finding[] = [];
  const offset = secondsOf(node.offset);
  if (offset !== undefined && offset < 0) {
    findings.push({
      node,
      span: node.offset?.span,
      message: `An offset of -${duration(-offset)} reads the future.`,
      why: 'A rule is evaluated now, and there are no samples after now: the result is empty, or the last sample at best.',
      fix: withoutModifier(node, 'offset', query),
    });
  }
  const at = node.at?.at;
  if (at === 'start' || at === 'end') {
    findings.push({
      node,
      span: node.at?.span,
      message: `\`@ ${at}()\` has no effect in a rule.`,
      why: 'A rule is evaluated at one moment, which is both the start and the end.',
      fix: withoutModifier(node, 'at', query),
    });
  }
  return findings;
}

function withoutModifier(node: VectorSelector | SubqueryExpr, modifier: 'offset' | 'at', query: Query): Advice {
  const { [modifier]: _modifier, ...rest } = node;
  const range = query.parentOf(node);
  const [whole, by] =
    range?.type === 'MatrixSelector' && rest.type === 'VectorSelector'
      ? [range, { ...range, selector: rest }]
      : [node, rest];
  return advice`Leave it out: ${instead(whole, by, query)}.`;
}
