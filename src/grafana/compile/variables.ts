/**
 * Variables as Grafana writes them. Grafana asks Prometheus for the values of query variables when a dashboard
 * opens, but takes the options of all other kinds from the file, so those are complete here.
 */
import type { DashboardModel, Selection, VariableModel, VariableQuery } from '../model.ts';
import type { PrometheusDatasource } from '../context.ts';
import type { Json, JsonObject } from '../json.ts';
import { datasourceOf } from './datasource.ts';
import { variableQueryText } from './queries.ts';

const HIDE = { no: 0, label: 1, variable: 2 } as const;

/** Ask again when the time range changes: a pipeline that ran last week has a series only last week. */
const ON_TIME_RANGE_CHANGE = 2;
const ON_DASHBOARD_LOAD = 1;

/** `qryType` of the Prometheus data source's editor for variables. */
const QUERY_TYPES: Readonly<Record<VariableQuery['type'], number>> = {
  labelNames: 0,
  labelValues: 1,
  metrics: 2,
  queryResult: 3,
  text: 5,
};

const ALL = { text: 'All', value: '$__all' };

/** The variable that every query of a dashboard goes through, so that the dashboard runs in any Grafana. */
export function datasourceVariableJson({ name, uid }: PrometheusDatasource): JsonObject {
  return {
    current: { selected: true, text: name, value: uid },
    hide: HIDE.no,
    includeAll: false,
    label: 'Data source',
    multi: false,
    name: 'datasource',
    options: [],
    query: 'prometheus',
    refresh: ON_DASHBOARD_LOAD,
    regex: '',
    skipUrlSync: false,
    type: 'datasource',
  };
}

export function variableJson(variable: VariableModel, dashboard: DashboardModel): JsonObject {
  return {
    ...(variable.description === undefined ? {} : { description: variable.description }),
    hide: HIDE[variable.hide],
    ...(variable.label === undefined ? {} : { label: variable.label }),
    name: variable.name,
    skipUrlSync: variable.skipUrlSync,
    type: variable.type,
    ...ownJson(variable, dashboard),
  };
}

function ownJson(variable: VariableModel, dashboard: DashboardModel): JsonObject {
  switch (variable.type) {
    case 'query': {
      const text = variableQueryText(variable.source);
      return {
        ...selectionJson(variable, []),
        datasource: datasourceOf(dashboard),
        definition: text,
        options: [],
        query: {
          qryType: QUERY_TYPES[variable.source.type],
          query: text,
          refId: 'PrometheusVariableQueryEditor-VariableQuery',
        },
        refresh: ON_TIME_RANGE_CHANGE,
        regex: variable.regex,
        sort: variable.sort,
      };
    }
    case 'custom':
      return {
        ...selectionJson(variable, variable.choices),
        query: variable.choices
          .map(({ text, value }) => (text === value ? escaped(value) : `${escaped(text)} : ${escaped(value)}`))
          .join(','),
      };
    case 'datasource':
      return {
        ...selectionJson(variable, []),
        options: [],
        query: variable.plugin,
        refresh: ON_DASHBOARD_LOAD,
        regex: variable.regex,
      };
    case 'interval': {
      const auto = { text: 'auto', value: `$__auto_interval_${variable.name}` };
      const choices = variable.intervals.map((interval) => ({ text: interval, value: interval }));
      const all = variable.auto === undefined ? choices : [auto, ...choices];
      const chosen = all.find(({ text }) => text === variable.initial) ?? auto;
      return {
        auto: variable.auto !== undefined,
        ...(variable.auto === undefined ? {} : { auto_count: variable.auto.count, auto_min: variable.auto.min }),
        current: { selected: true, ...chosen },
        options: all.map((choice) => ({ selected: choice === chosen, ...choice })),
        query: variable.intervals.join(','),
        refresh: ON_TIME_RANGE_CHANGE,
      };
    }
    case 'constant':
    case 'textbox': {
      const chosen = { selected: true, text: variable.value, value: variable.value };
      return { current: chosen, options: [chosen], query: variable.value };
    }
    case 'adhoc':
      return { datasource: datasourceOf(dashboard) };
  }
}

interface Choice {
  readonly text: string;
  readonly value: string;
}

/** What is chosen when the dashboard opens; nothing where only Prometheus knows the first value. */
function selectionJson(selection: Selection, choices: readonly Choice[]): JsonObject {
  const offered = selection.includeAll ? [ALL, ...choices] : choices;
  const initial = selection.initial ?? offered.slice(0, 1).map(({ value }) => value);
  const chosen = initial.map((value) => offered.find((choice) => choice.value === value) ?? { text: value, value });
  return {
    ...(selection.allValue === undefined ? {} : { allValue: selection.allValue }),
    ...(chosen.length === 0 ? {} : { current: currentJson(chosen, selection.multi) }),
    includeAll: selection.includeAll,
    multi: selection.multi,
    options: offered.map((choice) => ({ selected: initial.includes(choice.value), ...choice })),
  };
}

function currentJson(chosen: readonly Choice[], multi: boolean): JsonObject {
  const list = (key: keyof Choice): Json => (multi ? chosen.map((choice) => choice[key]) : (chosen[0]?.[key] ?? ''));
  return { selected: true, text: list('text'), value: list('value') };
}

/** A comma ends a choice unless a backslash stands before it. */
function escaped(text: string): string {
  return text.replaceAll(',', '\\,');
}
