import { defineCheck, type Check, type Finding } from '../check.ts';
import { hasNoLabels, labelFact, possibleLabels } from '../facts/labels.ts';
import { labelsOf, presenceOf } from '../facts/source.ts';
import { didYouMean, list } from '../wording.ts';

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
          fix:
            has.length > 0
              ? `Use ${list(has)}, or keep \`${label}\` in the query.`
              : `Write a plain text, or keep \`${label}\` in the query.`,
          ...(reason ? { related: [{ message: `\`${label}\` is dropped here`, node: reason.node }] } : {}),
        },
      ];
    });
  },
});
