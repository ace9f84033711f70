/** Options that the Foundation SDK refuses when it builds a panel, or that its types do not have. */
import { isObject, type Json } from '../json.ts';
import { dashboardProblems, panelProblems, rowProblems, type SchemaProblem } from '../schema/problems.ts';
import { dashboardRule, dashboardWhere, panelWhere, type DeliveryRule, type Finding } from './rule.ts';

const schema = dashboardRule('D670', (dashboard, { validators }) => {
  const found = (problems: readonly SchemaProblem[], place: Pick<Finding, 'where' | 'position'>): readonly Finding[] =>
    problems.map(({ path, message }) => ({
      message: `${path === '' ? 'It' : path} ${message}.`,
      why: "The types of Grafana's Foundation SDK say so; Grafana ignores what it does not know, or fails to draw the panel.",
      fix: 'Correct the option, or leave it out.',
      ...place,
    }));
  const rows = (dashboard.json['panels'] as readonly Json[]).filter(
    (panel) => isObject(panel) && panel['type'] === 'row',
  );
  return [
    ...found(dashboardProblems(dashboard.json, validators), {
      where: dashboardWhere(dashboard),
      position: dashboard.model.position,
    }),
    ...rows.flatMap((row) =>
      isObject(row)
        ? found(rowProblems(row, validators), {
            where: [...dashboardWhere(dashboard), `row ${JSON.stringify(row['title'] ?? '')}`],
            position: dashboard.model.position,
          })
        : [],
    ),
    ...dashboard.panels.flatMap(({ json, panel, row }) =>
      found(panelProblems(json, panel.type, validators), {
        where: panelWhere(dashboard, panel, row),
        position: panel.position,
      }),
    ),
  ];
});

const refused = dashboardRule('D671', (dashboard) =>
  dashboard.refused.map(({ panel, row, reason }) => ({
    message: `The panel "${panel.title}" cannot be built: ${reason.replace(/\.$/, '')}.`,
    why: "The Foundation SDK or the panel's own function threw this.",
    fix: "Correct the option that the message names, in the panel's options or in its panel function.",
    where: panelWhere(dashboard, panel, row),
    position: panel.position,
  })),
);

export const SCHEMA_RULES: readonly DeliveryRule[] = [schema, refused];
