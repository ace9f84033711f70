import type { GrafanaVariable } from '../../promql/ast.ts';
import { printVariable } from '../../promql/grafana.ts';
import { ownVariables } from '../../promql/variables.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { declaredVariables, isBuiltIn, mayHoldVariables } from '../variables.ts';
import { didYouMean, list, nearest } from '../wording.ts';

export const variableNotDeclared: Check = defineCheck({
  code: 'D608',
  query(query) {
    const declared = declaredVariables(query.place);
    if (!declared || !mayHoldVariables(query.text)) return undefined;
    const known = [...declared.keys()];
    return query.facts.nodes.flatMap(({ expr }): Finding[] =>
      ownVariables(expr)
        .filter(({ name }) => !declared.has(name) && !isBuiltIn(name) && !isGroup(expr.type, name, query.text))
        .map((variable) => ({
          node: expr,
          span: variable.span,
          message: `The dashboard declares no variable \`${variable.name}\`.${didYouMean(variable.name, known)}`,
          why: `Grafana leaves what it does not know as it is, so \`${printVariable(variable)}\` itself is sent to Prometheus.`,
          fix: fixOf(variable, known),
        })),
    );
  },
});

function fixOf(variable: GrafanaVariable, known: readonly string[]): Advice | string {
  const declare = `declare a variable \`${variable.name}\` on the dashboard`;
  const near = nearest(variable.name, known);
  if (near !== undefined && variable.span) {
    const text = printVariable({ ...variable, name: near });
    return advice`Write ${{ span: variable.span, text }}, or ${declare}.`;
  }
  const others = list(
    known.map((name) => `$${name}`),
    'or',
  );
  return known.length > 0 ? `Write ${others}, or ${declare}.` : `D${declare.slice(1)}.`;
}

/** `$name` in the replacement of label_replace() is a group of its regular expression. */
function isGroup(type: string, name: string, text: string): boolean {
  return type === 'StringLiteral' && text.includes(`(?P<${name}>`);
}
