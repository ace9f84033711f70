/** Declarations of variables. */
import { print } from '../../promql/print.ts';
import { DATASOURCE_VARIABLE } from '../compile/datasource.ts';
import type { VariableModel } from '../model.ts';
import { dashboardRule, dashboardWhere, type DeliveryRule, type Finding } from './rule.ts';

/** Grafana's editor takes word characters; a name that begins with a digit is not found by `$name`. */
const NAME = /^[A-Za-z_]\w*$/;

const names = dashboardRule('D665', (dashboard) => {
  const seen = new Map<string, VariableModel>();
  return dashboard.model.variables.flatMap((variable): Finding[] => {
    const problem = nameProblem(variable, seen.get(variable.name));
    seen.set(variable.name, variable);
    return problem === undefined
      ? []
      : [
          {
            message: problem[0],
            why: problem[1],
            fix: problem[2],
            where: [...dashboardWhere(dashboard), `variable "${variable.name}"`],
            position: variable.position,
          },
        ];
  });
});

function nameProblem(
  variable: VariableModel,
  other: VariableModel | undefined,
): readonly [message: string, why: string, fix: string] | undefined {
  const { name } = variable;
  if (other !== undefined) {
    return [`Two variables are called "${name}".`, 'Grafana keeps one of them.', 'Give one of them another name.'];
  }
  if (name.startsWith('__')) {
    return [
      `The variable "${name}" begins with two underscores.`,
      'Such names are those of Grafana itself.',
      'Choose another name.',
    ];
  }
  if (!NAME.test(name)) {
    return [
      `Grafana does not accept the variable name "${name}".`,
      'A name is letters, digits and "_", and begins with no digit.',
      'Choose another name.',
    ];
  }
  if (name === DATASOURCE_VARIABLE && !(variable.type === 'datasource' && variable.plugin === 'prometheus')) {
    return [
      `The variable "${name}" is not a choice of Prometheus data sources.`,
      'Every query of the dashboard goes through the variable of this name.',
      "Choose another name, or make it datasourceVariable('datasource', 'prometheus').",
    ];
  }
  return undefined;
}

const choices = dashboardRule('D666', (dashboard) =>
  dashboard.model.variables.flatMap((variable): Finding[] => {
    const problem = choiceProblem(variable);
    if (problem === undefined) return [];
    return [
      {
        message: problem[0],
        why: problem[1],
        fix: problem[2],
        where: [...dashboardWhere(dashboard), `variable "${variable.name}"`],
        position: variable.position,
      },
    ];
  }),
);

function choiceProblem(variable: VariableModel): readonly [message: string, why: string, fix: string] | undefined {
  const offered = offeredValues(variable);
  if (offered?.length === 0) {
    return [
      `The variable "${variable.name}" offers nothing to choose.`,
      'Queries that use it would find nothing.',
      'Give it at least one value.',
    ];
  }
  const initial = 'initial' in variable ? [variable.initial ?? []].flat() : [];
  const unknown = initial.filter((value) => offered !== undefined && !offered.includes(value));
  if (unknown.length > 0) {
    return [
      `The variable "${variable.name}" opens with "${unknown.join('", "')}", which it does not offer.`,
      `It offers ${offered?.map((value) => `"${value}"`).join(', ')}.`,
      'Open with one of these, or offer it.',
    ];
  }
  if ('multi' in variable && !variable.multi && initial.length > 1) {
    return [
      `The variable "${variable.name}" opens with several values.`,
      'Only one may be chosen.',
      'Add { multi: true }, or open with one value.',
    ];
  }
  if (
    'includeAll' in variable &&
    !variable.includeAll &&
    (initial.includes('$__all') || variable.allValue !== undefined)
  ) {
    return [
      `The variable "${variable.name}" does not offer "All".`,
      'It says what All is, or opens with it.',
      'Add { includeAll: true }.',
    ];
  }
  return undefined;
}

/** Values that the file itself lists; `undefined` where only a data source knows them. */
function offeredValues(variable: VariableModel): readonly string[] | undefined {
  if (variable.type === 'interval') return [...variable.intervals, ...(variable.auto === undefined ? [] : ['auto'])];
  if (variable.type !== 'custom') return undefined;
  return [...variable.choices.map(({ value }) => value), ...(variable.includeAll ? ['$__all'] : [])];
}

const selectors = dashboardRule('D674', (dashboard) =>
  dashboard.model.variables.flatMap((variable): Finding[] => {
    const source = variable.type === 'query' ? variable.source : undefined;
    if (source?.type !== 'labelValues' || source.query === undefined) return [];
    const { expr } = source.query;
    if (expr.type === 'VectorSelector' && expr.offset === undefined && expr.at === undefined) return [];
    return [
      {
        message: `label_values() of "${print(expr)}" finds nothing.`,
        why: 'Prometheus gives the values of labels of series, chosen by name and matchers alone.',
        fix: 'Give labelValues() a metric with matchers; for the values in a result use queryResult() with a regex.',
        where: [...dashboardWhere(dashboard), `variable "${variable.name}"`],
        position: source.query.position,
      },
    ];
  }),
);

export const VARIABLE_RULES: readonly DeliveryRule[] = [names, choices, selectors];
