/** The validators that `npm run generate:schema` makes, loaded for the kinds of panels that are used. */
import type { PanelType } from '../panel-builders.ts';

/** What ajv says of a value that does not fit its schema. */
export interface SchemaError {
  /** JSON pointer into the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

type Part = 'dashboard' | 'panel' | 'row' | 'target';

type Importers = { readonly [Name in Part | PanelType]: () => Promise<{ readonly validate: unknown }> };

const IMPORTERS: Importers = {
  dashboard: () => import('./generated/dashboard.ts'),
  panel: () => import('./generated/panel.ts'),
  row: () => import('./generated/row.ts'),
  target: () => import('./generated/target.ts'),
  annotationslist: () => import('./generated/annotationslist.ts'),
  barchart: () => import('./generated/barchart.ts'),
  bargauge: () => import('./generated/bargauge.ts'),
  candlestick: () => import('./generated/candlestick.ts'),
  canvas: () => import('./generated/canvas.ts'),
  dashboardlist: () => import('./generated/dashboardlist.ts'),
  datagrid: () => import('./generated/datagrid.ts'),
  gauge: () => import('./generated/gauge.ts'),
  geomap: () => import('./generated/geomap.ts'),
  heatmap: () => import('./generated/heatmap.ts'),
  histogram: () => import('./generated/histogram.ts'),
  logs: () => import('./generated/logs.ts'),
  news: () => import('./generated/news.ts'),
  nodegraph: () => import('./generated/nodegraph.ts'),
  piechart: () => import('./generated/piechart.ts'),
  stat: () => import('./generated/stat.ts'),
  statetimeline: () => import('./generated/statetimeline.ts'),
  statushistory: () => import('./generated/statushistory.ts'),
  table: () => import('./generated/table.ts'),
  text: () => import('./generated/text.ts'),
  timeseries: () => import('./generated/timeseries.ts'),
  trend: () => import('./generated/trend.ts'),
  xychart: () => import('./generated/xychart.ts'),
};

export type Validators = ReadonlyMap<string, Validate>;

/** Loads the validators of the parts of every dashboard and of these kinds of panels. */
export async function loadValidators(types: Iterable<PanelType>): Promise<Validators> {
  const names = [...new Set<Part | PanelType>(['dashboard', 'panel', 'row', 'target', ...types])];
  const modules = await Promise.all(names.map((name) => IMPORTERS[name]()));
  return new Map(names.map((name, index) => [name, modules[index]?.validate as Validate]));
}
