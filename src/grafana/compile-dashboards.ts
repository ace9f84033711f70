/** Dashboards to the files that Grafana mounts. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Artefact } from '../project/artefact.ts';
import { compileDashboard } from './compile/dashboard.ts';
import type { DashboardContext } from './context.ts';
import { checkDelivery } from './delivery/check.ts';
import { stableJson } from './json.ts';
import type { DashboardModel } from './model.ts';
import { dashboardPath } from './output-paths.ts';
import { loadSdk } from './panel-builders.ts';
import { placedPanels } from './placed-panels.ts';
import { dashboardProviders, datasourceFile } from './provisioning.ts';
import { loadValidators } from './schema/validators.ts';

export interface CompiledDashboards {
  /** Dashboards and provisioning files, sorted by path. */
  readonly artefacts: readonly Artefact[];
  /** What Grafana would refuse, lose or show wrongly. Nothing must be written where one is an error. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles all dashboards of a project. The same dashboards give the same bytes, in whatever order they come.
 *
 * @param dashboards of the whole project: uids, titles and links are checked across all of them
 * @param context what is known of queries and of the Grafana that the files are for
 */
export async function compileDashboards(
  dashboards: readonly DashboardModel[],
  context: DashboardContext = {},
): Promise<CompiledDashboards> {
  const sorted = dashboards.toSorted((a, b) => compare(sortKey(a), sortKey(b)));
  const types = new Set(sorted.flatMap((dashboard) => placedPanels(dashboard).map(({ panel }) => panel.type)));
  const [sdk, validators] = await Promise.all([loadSdk(types), loadValidators(types)]);
  const compiled = sorted.map((dashboard) => compileDashboard(dashboard, sdk, context));
  const texts = compiled.map(({ json }) => stableJson(json));
  const files = compiled.map(({ model }, index) => ({ path: dashboardPath(model, context), text: texts[index] ?? '' }));
  const provisioning = sorted.length === 0 ? [] : [dashboardProviders(sorted, context), datasourceFile(context)];
  return {
    artefacts: [...files, ...provisioning].toSorted((a, b) => compare(a.path, b.path)),
    diagnostics: checkDelivery({ dashboards: compiled, texts, context, validators }),
  };
}

const sortKey = (dashboard: DashboardModel): string =>
  `${dashboard.uid}\u{0}${dashboard.folder?.uid ?? ''}\u{0}${dashboard.title}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
