import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { hasNoLabels, labelFact, possibleLabels, type Reason } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { instead, keptThrough } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

/** `{{name}}`, as Grafana's legend replaces it. */
const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** Panels that do not show the name of a series that is alone. */
const NAMELESS: ReadonlySet<string> = new Set(['stat', 'gauge', 'singlestat']);

export const legendLabelDropped: Check = defineCheck({
  code: 'D603',
  query(query) {
    const { place } = query;
    if (place.type !== 'panel' || place.legend === undefined || place.format === 'table') return undefined;
    if (presenceOf(query.facts.root) === 'never') return undefined;
    const labels = labelsOf(query.facts.root);
    if (NAMELESS.has(place.panelType ?? '') && hasNoLabels(labels)) return undefined;
    const has = possibleLabels(labels);
    return [...place.legend.matchAll(PLACEHOLDER)].flatMap(([written, label = '']): Finding[] => {
      const { presence, reason } = labelFact(labels, label);
      if (presence !== 'impossible') return [];
      const start = place.legend?.indexOf(written) ?? 0;
      return [
        {
          part: { part: 'legend', span: { start, end: start + written.length } },
          message: `The legend \`${place.legend}\` uses \`${label}\`, which the query's result does not have.${reason ? '' : didYouMean(label, has)}`,
          why: `${reason ? reason.text : 'The catalogue gives these series no such label'}, so Grafana puts nothing in its place, and the name does not tell which series it is.`,
          fix: reason ? fixOfDropped(label, reason, has, query) : fixOfUnknown(label, has),
          ...(reason ? { related: [{ message: `\`${label}\` is dropped here`, node: reason.node }] } : {}),
        },
      ];
    });
  },
});

const placeholders = (labels: readonly string[]): readonly string[] => labels.map((label) => `{{${label}}}`);

function fixOfUnknown(label: string, has: readonly string[]): string {
  const near = nearest(label, has);
  if (near !== undefined) return `Write \`{{${near}}}\`. The result has ${list(has)}.`;
  return has.length > 0
    ? `Write ${list(placeholders(has), 'or')} in the legend, or a plain text.`
    : 'Write a plain text.';
}

function fixOfDropped(label: string, reason: Reason, has: readonly string[], query: Query): Advice | string {
  const legend = has.length > 0 ? list(placeholders(has), 'or') : 'a plain text';
  const kept = keptThrough([label], reason.node, query.expr, query);
  return kept
    ? advice`For a line per \`${label}\` write the query ${instead(query.expr, kept, query)}; else write ${legend} in the legend.`
    : `Write ${legend} in the legend, or keep \`${label}\` in the query.`;
}
