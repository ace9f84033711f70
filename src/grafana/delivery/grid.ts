/** Places and ids of panels in the file, however they came there. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import { GRID_COLUMNS, type GridPos } from '../layout.ts';
import type { CompiledDashboard } from '../compile/dashboard.ts';
import { dashboardRule, dashboardWhere, type DeliveryRule, type Finding } from './rule.ts';

/** The largest number that JavaScript and every decoder of JSON keep exact. */
const MAX_ID = Number.MAX_SAFE_INTEGER;

/** Panels of the file that share one stretch of the grid: those at the top, and those of each collapsed row. */
function levels(dashboard: JsonObject): readonly (readonly JsonObject[])[] {
  const top = objects(dashboard['panels']);
  return [top, ...top.flatMap((panel) => (panel['collapsed'] === true ? [objects(panel['panels'])] : []))];
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => isObject(item)) : [];
}

const grid = dashboardRule('D658', (dashboard) =>
  levels(dashboard.json).flatMap((panels) => [
    ...panels.flatMap((panel) => outside(dashboard, panel)),
    ...overlaps(dashboard, panels),
  ]),
);

const name = (panel: JsonObject): string => `panel ${JSON.stringify(panel['title'] ?? '')}`;
const place = (panel: JsonObject): GridPos => panel['gridPos'] as unknown as GridPos;

function finding(dashboard: CompiledDashboard, panel: JsonObject, message: string, why: string): Finding {
  const source = dashboard.panels.find(({ json }) => json === panel);
  return {
    message,
    why,
    fix: 'Give it a whole width of 1 to 24 columns and a whole height of at least 1, or leave both out.',
    where: [...dashboardWhere(dashboard), name(panel)],
    position: source?.panel.position ?? dashboard.model.position,
  };
}

function outside(dashboard: CompiledDashboard, panel: JsonObject): readonly Finding[] {
  const { x, y, w, h } = place(panel);
  if ([x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= GRID_COLUMNS) return [];
  const message = `The panel is ${w} columns wide and ${h} high, at column ${x} and line ${y}.`;
  return [finding(dashboard, panel, message, `Grafana's grid has ${GRID_COLUMNS} columns and whole units.`)];
}

function overlaps(dashboard: CompiledDashboard, panels: readonly JsonObject[]): readonly Finding[] {
  const byTop = panels.toSorted((a, b) => place(a).y - place(b).y);
  return byTop.flatMap((panel, index) => {
    const a = place(panel);
    const found: Finding[] = [];
    for (let next = index + 1; next < byTop.length; next++) {
      const other = byTop[next] as JsonObject;
      const b = place(other);
      if (b.y >= a.y + a.h) break;
      if (a.x < b.x + b.w && b.x < a.x + a.w) {
        found.push(
          finding(dashboard, other, `The panel lies on top of ${name(panel)}.`, 'Grafana moves one of them elsewhere.'),
        );
      }
    }
    return found;
  });
}

const ids = dashboardRule('D659', (dashboard) => {
  const panels = objects(dashboard.json['panels']).flatMap((panel) => [panel, ...objects(panel['panels'])]);
  const seen = new Map<Json | undefined, JsonObject>();
  return panels.flatMap((panel): Finding[] => {
    const { id } = panel;
    const valid = typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= MAX_ID;
    const other = seen.get(id);
    seen.set(id, panel);
    if (valid && other === undefined) return [];
    const source = dashboard.panels.find(({ json }) => json === panel);
    return [
      {
        message: valid
          ? `The id ${id} is that of ${name(other ?? panel)} too.`
          : `${JSON.stringify(id)} is no panel id.`,
        why: 'Grafana drops panels without a positive id of their own when it converts a dashboard, and links lead to the wrong one.',
        fix: 'Leave id out, or choose another whole number of at least 1.',
        where: [...dashboardWhere(dashboard), name(panel)],
        position: source?.panel.position ?? dashboard.model.position,
      },
    ];
  });
});

export const GRID_RULES: readonly DeliveryRule[] = [grid, ids];
