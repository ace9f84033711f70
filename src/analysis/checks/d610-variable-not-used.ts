import { variablesIn } from '../../promql/variables.ts';
import { splitVariables } from '../../promql/grafana.ts';
import { defineCheck, type Check } from '../check.ts';
import { mayHoldVariables } from '../variables.ts';

/** Kinds that work without being named in a query. */
const WORK_ALONE: ReadonlySet<string> = new Set(['adhoc', 'datasource', 'groupby', 'switch']);

export const variableNotUsed: Check = defineCheck({
  code: 'D610',
  dashboard(dashboard, { trees }) {
    const used = new Set<string>();
    for (const subject of dashboard.queries) {
      const tree = mayHoldVariables(subject.text) ? trees.get(subject) : undefined;
      if (tree) for (const { name } of variablesIn(tree)) used.add(name);
      // a query that cannot be read may use any variable
      else for (const name of namesIn(subject.text)) used.add(name);
      if (subject.place.type === 'panel' && subject.place.legend !== undefined)
        for (const name of namesIn(subject.place.legend)) used.add(name);
    }
    for (const text of dashboard.otherTexts) for (const name of namesIn(text)) used.add(name);
    return dashboard.variables
      .filter(({ name, type }) => !used.has(name) && !WORK_ALONE.has(type))
      .map(({ name, position }) => ({
        message: `Nothing on the dashboard uses the variable \`${name}\`.`,
        why: 'People choose a value and nothing changes, so they believe what they see is filtered.',
        fix: `Add \`${name}\` to the queries, or take the variable away.`,
        where: [...dashboard.where, `variable "${name}"`],
        position,
      }));
  },
});

function namesIn(text: string): readonly string[] {
  const split = splitVariables(text);
  return typeof split === 'string' ? [] : split.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}
