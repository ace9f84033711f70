import { printVariable } from '../../promql/grafana.ts';
import { ownVariables } from '../../promql/variables.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { Expr } from '../../promql/ast.ts';
import { mayHoldVariables } from '../variables.ts';

export const variableInRule: Check = defineCheck({
  code: 'Q407',
  query(query) {
    if (query.place.type !== 'alert' && query.place.type !== 'record') return undefined;
    if (!mayHoldVariables(query.text)) return undefined;
    return query.facts.nodes
      .filter(({ expr }) => !isReplacement(expr, query))
      .flatMap(({ expr }) =>
        ownVariables(expr).map((variable) => ({
          node: expr,
          span: variable.span,
          message: `\`${printVariable(variable)}\` is a Grafana variable, and rules are run by Prometheus.`,
          why: 'Only Grafana fills variables in. Prometheus refuses the rule, or looks for that very text and finds nothing.',
          fix: variable.name.startsWith('__')
            ? 'Write a fixed range, at least four scrape intervals long.'
            : 'Write the value, or leave the matcher out and keep the label in the result.',
        })),
      );
  },
});

/** `$name` in the replacement of label_replace() is a group of its regular expression. */
function isReplacement(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  return parent?.type === 'Call' && parent.func === 'label_replace' && parent.args[2] === node;
}
