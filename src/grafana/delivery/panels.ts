/** What every panel needs. */
import { legendLabels } from '../authoring/legend.ts';
import type { PanelSource } from '../compile/dashboard.ts';
import type { PanelType } from '../panel-builders.ts';
import { PANEL_TYPES } from '../panel-types.ts';
import { dashboardRule, panelRule, panelWhere, type DeliveryRule, type Finding } from './rule.ts';

/** Kinds that say themselves what they show. */
const SPEAK_FOR_THEMSELVES: ReadonlySet<PanelType> = new Set(['text', 'news', 'dashboardlist', 'annotationslist']);

const title = panelRule('D655', ({ panel, row }, dashboard) => {
  if (panel.title.trim() !== '' || SPEAK_FOR_THEMSELVES.has(panel.type)) return [];
  return [
    {
      message: `A panel of the kind ${panel.type} has no title.`,
      why: 'A reader cannot tell what it shows, and an alert cannot link to it.',
      fix: 'Say what it shows, with the window where there is one: "Failed runs, 7 days".',
      where: panelWhere(dashboard, panel, row),
      position: panel.position,
    },
  ];
});

const description = panelRule('D656', ({ panel, row }, dashboard) => {
  if ((panel.description ?? '').trim() !== '' || SPEAK_FOR_THEMSELVES.has(panel.type)) return [];
  return [
    {
      message: `The panel "${panel.title}" has no description.`,
      why: 'Who reads it at night has to know what the number means and what to do when it is bad.',
      fix: "Add { description: '…' }.",
      where: panelWhere(dashboard, panel, row),
      position: panel.position,
    },
  ];
});

const query = panelRule('D657', ({ panel, row }, dashboard) => {
  const shown = panel.targets.some((target) => target.hide !== true);
  if (shown || PANEL_TYPES[panel.type].asks === 'none') return [];
  return [
    {
      message: `The panel "${panel.title}" shows no query.`,
      why: panel.targets.length === 0 ? 'Its list of queries is empty.' : 'Every one of its queries is hidden.',
      fix: 'Give it a query, or use textPanel() for text.',
      where: panelWhere(dashboard, panel, row),
      position: panel.position,
    },
  ];
});

const refIds = panelRule('D661', ({ panel, row, targets }, dashboard) => {
  const seen = new Set<string>();
  return targets.flatMap(({ refId }): Finding[] => {
    const valid = /^[A-Za-z][A-Za-z0-9_ -]*$/.test(refId);
    const isNew = !seen.has(refId);
    seen.add(refId);
    if (valid && isNew) return [];
    return [
      {
        message: valid ? `Two queries have the letter ${refId}.` : `"${refId}" is no letter for a query.`,
        why: 'Grafana, transformations and overrides know a query by its letter; of two alike one is lost.',
        fix: 'Leave refId out, or give each query its own, such as A, B, C.',
        where: [...panelWhere(dashboard, panel, row), `target ${refId}`],
        position: panel.position,
      },
    ];
  });
});

const keys = dashboardRule('D660', (dashboard) => {
  const first = new Map<string, PanelSource>();
  return dashboard.panels.flatMap((source): Finding[] => {
    const { panel, row } = source;
    if (panel.id !== undefined) return [];
    const key = panel.key === undefined ? `${row?.title ?? ''}\u{0}${panel.title}` : `key\u{0}${panel.key}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, source);
      return [];
    }
    return [
      {
        message:
          panel.key === undefined
            ? `Two panels in one row have the title "${panel.title}".`
            : `Two panels have the key "${panel.key}".`,
        why: 'Their ids then depend on their order, so a link or an alert can lead to the wrong one after a change.',
        fix:
          panel.key === undefined
            ? "Give one of them another title, or a key: { key: '…' }."
            : 'Give one of them another key.',
        where: panelWhere(dashboard, panel, row),
        position: panel.position,
        related: [{ message: 'the other one', position: other.panel.position }],
      },
    ];
  });
});

/** Kinds that name series; the others show rows, cells or buckets. */
const NAMES_SERIES: ReadonlySet<PanelType> = new Set([
  'timeseries',
  'stat',
  'gauge',
  'bargauge',
  'barchart',
  'piechart',
  'trend',
  'statetimeline',
  'statushistory',
]);

const series = panelRule('D673', ({ panel, row, targets }, dashboard) => {
  if (!NAMES_SERIES.has(panel.type)) return [];
  const seen = new Map<string, string>();
  return targets.flatMap(({ refId, json, model }): Finding[] => {
    const legend = json['legendFormat'];
    if (model.hide === true || model.kind === 'foreign' || typeof legend !== 'string') return [];
    if (legend === '__auto' || legendLabels(legend).length > 0) return [];
    const other = seen.get(legend);
    seen.set(legend, refId);
    if (other === undefined) return [];
    return [
      {
        message: `The queries ${other} and ${refId} both name their series "${legend}".`,
        why: 'A reader cannot tell two lines or numbers of one name apart.',
        fix: "Name each query: target(query, { legend: '…' }).",
        where: [...panelWhere(dashboard, panel, row), `target ${refId}`],
        position: panel.position,
      },
    ];
  });
});

export const PANEL_RULES: readonly DeliveryRule[] = [title, description, query, refIds, keys, series];
