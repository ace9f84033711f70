/** The panels of a dashboard in reading order, with the ids that they get. */
import type { DashboardModel, PanelModel, RowModel } from './model.ts';
import { panelIds, type PanelKey } from './panel-ids.ts';

export interface PlacedPanel {
  readonly panel: PanelModel;
  /** The row that it stands in; absent above the first row. */
  readonly row?: RowModel;
  readonly id: number;
}

/** Ids of the panels above the rows, of the rows, and of their panels, in reading order. */
export interface DashboardIds {
  readonly panels: readonly number[];
  readonly rows: readonly { readonly id: number; readonly panels: readonly number[] }[];
}

export function dashboardIds(dashboard: DashboardModel): DashboardIds {
  const keys: PanelKey[] = dashboard.panels.map((panel) => panelKey(panel, ''));
  for (const row of dashboard.rows) {
    keys.push({ key: `row\u{0}${row.title}` }, ...row.panels.map((panel) => panelKey(panel, row.title)));
  }
  const ids = panelIds(keys).values();
  const next = (): number => ids.next().value as number;
  return {
    panels: dashboard.panels.map(next),
    rows: dashboard.rows.map((row) => ({ id: next(), panels: row.panels.map(next) })),
  };
}

export function placedPanels(dashboard: DashboardModel): readonly PlacedPanel[] {
  const ids = dashboardIds(dashboard);
  const above = dashboard.panels.map((panel, index) => ({ panel, id: ids.panels[index] ?? 0 }));
  const within = dashboard.rows.flatMap((row, rowIndex) =>
    row.panels.map((panel, index) => ({ panel, row, id: ids.rows[rowIndex]?.panels[index] ?? 0 })),
  );
  return [...above, ...within];
}

/** A key of the author's own holds across rows: the panel keeps its id when it moves. */
function panelKey(panel: PanelModel, row: string): PanelKey {
  const key = panel.key === undefined ? `panel\u{0}${row}\u{0}${panel.title}` : `key\u{0}${panel.key}`;
  return panel.id === undefined ? { key } : { key, id: panel.id };
}
