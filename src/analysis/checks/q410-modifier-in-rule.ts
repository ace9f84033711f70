import type { SubqueryExpr, VectorSelector } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { secondsOf } from '../facts/call.ts';
import { duration } from '../wording.ts';

export const modifierInRule: Check = defineCheck({
  code: 'Q410',
  nodes: { VectorSelector: modifiers, SubqueryExpr: modifiers },
});

function modifiers(node: VectorSelector | SubqueryExpr, { place }: Query): readonly Finding[] {
  if (place.type !== 'alert' && place.type !== 'record') return [];
  const findings: Finding[] = [];
  const offset = secondsOf(node.offset);
  if (offset !== undefined && offset < 0) {
    findings.push({
      node,
      span: node.offset?.span,
      message: `An offset of -${duration(-offset)} reads the future.`,
      why: 'A rule is evaluated now, and there are no samples after now: the result is empty, or the last sample at best.',
      fix: 'Leave the offset out, or shift the other side back instead.',
    });
  }
  const at = node.at?.at;
  if (at === 'start' || at === 'end') {
    findings.push({
      node,
      span: node.at?.span,
      message: `\`@ ${at}()\` has no effect in a rule.`,
      why: 'A rule is evaluated at one moment, which is both the start and the end.',
      fix: 'Leave it out.',
    });
  }
  return findings;
}
