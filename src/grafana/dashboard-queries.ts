/** Every query of a dashboard, for those who want to know what it means. */
import { emittedQuery, emittedVariableQuery } from './compile/queries.ts';
import { refIds } from './compile/targets.ts';
import { minIntervalSeconds } from './min-interval.ts';
import type { DashboardModel, PanelModel, TargetFormat, Thresholds, VariableModel } from './model.ts';
import { PANEL_TYPES } from './panel-types.ts';
import { placedPanels } from './placed-panels.ts';
import type { GrafanaUnit } from './units.ts';
import type { PanelType } from './panel-builders.ts';
import type { QueryValue } from '../query/query.ts';
import type { CapturedPosition } from '../source/position.ts';

/** A query, where it stands, and what the dashboard makes of its result. */
export interface LocatedQuery {
  /**
   * The query as it is emitted, its automatic ranges filled in with Grafana's variables. A timestamp is still in
   * seconds: panels and annotations ask for its product with 1000.
   */
  readonly query: QueryValue;
  /** From outer to inner, such as `dashboard "x"`, `panel "y"`, `target A`. */
  readonly where: readonly string[];
  readonly usage: 'panel' | 'variable' | 'annotation';
  /** Texts with labels in double braces that the author wrote: a legend, an annotation's title and text. */
  readonly legends: readonly string[];
  readonly panel?: {
    readonly type: PanelType;
    /** Chosen by the author, and that of all values: overrides give none of them another one. */
    readonly unit?: GrafanaUnit;
    /** Absent where the limits are in percent of a range. */
    readonly thresholds?: Thresholds;
    /** Transformations may rename fields and change values. */
    readonly transformed: boolean;
    readonly min?: number;
    readonly max?: number;
    readonly format: TargetFormat;
    readonly instant: boolean;
    /** The shortest step that the query asks for. */
    readonly minIntervalSeconds?: number;
  };
  /** Where the author wrote the panel, variable or annotation. */
  readonly position: CapturedPosition;
  /** The variable whose values it gives, and which label's values where it asks for those of one. */
  readonly variable?: { readonly name: string; readonly label?: string };
}

/** The queries of panels, variables and annotations, in the order of the dashboard. */
export function dashboardQueries(dashboard: DashboardModel): readonly LocatedQuery[] {
  const where = [`dashboard "${dashboard.title}"`];
  return [
    ...dashboard.variables.flatMap((variable) => variableQueries(variable, where)),
    ...dashboard.annotations.map(({ name, query, title, text, tagKeys, position }): LocatedQuery => {
      const tags = tagKeys.map((label) => `{{${label}}}`);
      return {
        query: emittedQuery(query),
        where: [...where, `annotation "${name}"`],
        usage: 'annotation',
        legends: [title, text, ...tags],
        position,
      };
    }),
    ...placedPanels(dashboard).flatMap(({ panel, row }) =>
      panelQueries(panel, [...where, ...(row === undefined ? [] : [`row "${row.title}"`]), `panel "${panel.title}"`]),
    ),
  ];
}

function variableQueries(variable: VariableModel, where: readonly string[]): readonly LocatedQuery[] {
  const source = variable.type === 'query' ? variable.source : undefined;
  const query = source === undefined ? undefined : emittedVariableQuery(source);
  if (source === undefined || query === undefined) return [];
  return [
    {
      query,
      where: [...where, `variable "${variable.name}"`],
      usage: 'variable',
      legends: [],
      variable: { name: variable.name, ...(source.type === 'labelValues' ? { label: source.label } : {}) },
      position: variable.position,
    },
  ];
}

function panelQueries(panel: PanelModel, where: readonly string[]): readonly LocatedQuery[] {
  const letters = refIds(panel.targets);
  const type = PANEL_TYPES[panel.type];
  return panel.targets.flatMap((target, index): LocatedQuery[] => {
    if (target.kind === 'foreign') return [];
    const minInterval = minIntervalSeconds(target.interval, panel.interval);
    return [
      {
        query: emittedQuery(target.query),
        where: [...where, `target ${letters[index]}`],
        usage: 'panel',
        legends: target.legend === undefined ? [] : [target.legend],
        panel: {
          type: panel.type,
          ...(panel.unit === undefined || someSeriesDiffer(panel) ? {} : { unit: panel.unit }),
          ...(panel.thresholds === undefined || panel.thresholdsMode === 'percentage'
            ? {}
            : { thresholds: panel.thresholds }),
          transformed: (panel.transformations ?? []).some(({ disabled }) => disabled !== true),
          ...(panel.min === undefined ? {} : { min: panel.min }),
          ...(panel.max === undefined ? {} : { max: panel.max }),
          format: target.format ?? type.format,
          instant: target.instant ?? (type.asks === 'instant' && panel.sparkline !== true),
          ...(minInterval === undefined ? {} : { minIntervalSeconds: minInterval }),
        },
        position: panel.position,
      },
    ];
  });
}

/** Some series get another unit, so the panel's says nothing about a single query. */
function someSeriesDiffer({ overrides }: PanelModel): boolean {
  return overrides.some(({ unit }) => unit !== undefined);
}
