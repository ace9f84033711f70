import { printVariable } from '../../promql/grafana.ts';
import { ownVariables } from '../../promql/variables.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import { declaredVariables, isBuiltIn, mayHoldVariables } from '../variables.ts';
import { didYouMean, list } from '../wording.ts';

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
          fix: known.length > 0 ? `Declare it, or use one of ${list(known)}.` : 'Declare it on the dashboard.',
        })),
    );
  },
});

/** `$name` in the replacement of label_replace() is a group of its regular expression. */
function isGroup(type: string, name: string, text: string): boolean {
  return type === 'StringLiteral' && text.includes(`(?P<${name}>`);
}
