/** A small catalogue and what an analysis would know of its queries. */
import {
  any,
  catalogue,
  counter,
  dashboard,
  exporter,
  gauge,
  histogram,
  oneOf,
  type Catalogue,
  type Dashboard,
  type DashboardOptions,
  type Panel,
} from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import type { DashboardContext, QueryDescription } from '../../src/grafana/context.ts';
import type { DashboardModel } from '../../src/grafana/model.ts';
import type { Expr } from '../../src/promql/ast.ts';
import { visit } from '../../src/promql/walk.ts';

const github = exporter('github-actions-exporter', { scrapeInterval: '30s' });
const node = exporter('node', { scrapeInterval: '15s' });

export const runs = counter('cicd_pipeline_runs_total', {
  help: 'Finished runs.',
  unit: 'count',
  labels: { pipeline_name: any, status: oneOf('success', 'failure') },
  from: github,
});
export const duration = histogram('cicd_pipeline_duration_seconds', {
  help: 'Wall time of a run.',
  unit: 'seconds',
  labels: { pipeline_name: any },
  buckets: [15, 60, 300],
  from: github,
});
export const finished = gauge('cicd_last_run_timestamp_seconds', {
  help: 'When the last run ended.',
  unit: 'timestamp_seconds',
  labels: { pipeline_name: any },
  from: github,
});
export const memory = gauge('memory_bytes', {
  help: 'Memory in use.',
  unit: 'bytes',
  labels: { pod: any },
  from: node,
});
export const full = gauge('disk_full_ratio', {
  help: 'Share in use.',
  unit: 'ratio',
  labels: { pod: any },
  from: node,
});

const metrics: Catalogue = catalogue([runs, duration, finished, memory, full]);

/** Stands in for the analysis: the unit of the first metric, and the labels of the outermost `by`. */
function describe(expr: Expr): QueryDescription {
  let unit: QueryDescription['unit'];
  visit(expr, (part) => {
    if (part.type !== 'VectorSelector') return;
    unit ??= metrics.metrics.find(({ name }) => part.name === name)?.unit;
  });
  const labels = expr.type === 'AggregateExpr' ? (expr.grouping?.labels ?? []) : undefined;
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(labels === undefined ? {} : { labels: labels.filter((label) => typeof label === 'string') }),
  };
}

export const context: DashboardContext = { catalogue: metrics, describe };

/** What a compiled panel, variable or dashboard looks like to a test. */
// oxlint-disable-next-line typescript/no-explicit-any -- the output is JSON of every shape
export type Output = any;

/** A dashboard of some panels without a row. */
export function dashboardOf(panels: readonly Panel[], options: Partial<DashboardOptions<string>> = {}): Dashboard {
  return dashboard('Test', { uid: 'test', panels, ...options });
}

/** Compiles one dashboard and reads its file. */
export async function compiled(model: DashboardModel, more: DashboardContext = {}): Promise<Output> {
  const { artefacts } = await compileDashboards([model], { ...context, ...more });
  return JSON.parse(artefacts.find(({ path }) => path.endsWith(`/${model.uid}.json`))?.text ?? 'null');
}

/** Compiles panels and reads them from the file. */
export async function compiledPanels(...panels: readonly Panel[]): Promise<readonly Output[]> {
  const { panels: found } = await compiled(dashboardOf(panels));
  return found;
}
