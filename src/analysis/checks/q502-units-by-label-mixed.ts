import { defineCheck, type Check } from '../check.ts';
import type { Source } from '../facts/facts.ts';
import { labelFact } from '../facts/labels.ts';
import { list } from '../wording.ts';

/** Counting and grouping do not look at the values. */
const LOOK_AT_VALUES: ReadonlySet<string> = new Set([
  'sum',
  'avg',
  'min',
  'max',
  'stddev',
  'stdvar',
  'quantile',
  'topk',
  'bottomk',
]);

export const unitsByLabelMixed: Check = defineCheck({
  code: 'Q502',
  nodes: {
    AggregateExpr(node, query) {
      if (!LOOK_AT_VALUES.has(node.op)) return undefined;
      for (const source of query.of(node.expr).sources) {
        const label = source.unitByLabel?.label;
        if (label === undefined || source.presence === 'never') continue;
        const mixed = unitsOf(source);
        const kept = node.grouping?.labels.includes(label) === (node.grouping?.mode === 'by');
        if (mixed.length < 2 || (node.grouping && kept)) continue;
        const [origin] = source.origins;
        const value = Object.keys(source.unitByLabel?.units ?? {})[0] ?? '…';
        return {
          node,
          message: `\`${node.op}\` mixes values in ${list(mixed)}.`,
          why: `The unit of ${origin?.name === undefined ? 'these series' : `\`${origin.name}\``} depends on the label \`${label}\`, and all its values are put together here.`,
          fix: `Select one value, such as \`${label}="${value}"\`, or keep \`${label}\` in the grouping.`,
          related: [{ message: `the units by \`${label}\` are declared here`, position: origin?.metric?.position }],
        };
      }
      return undefined;
    },
  },
});

/** The different units that the values left of the label can have. */
function unitsOf({ unitByLabel, labels }: Source): readonly string[] {
  if (!unitByLabel) return [];
  const { values } = labelFact(labels, unitByLabel.label);
  const possible = values.oneOf ?? Object.keys(unitByLabel.units);
  return [...new Set(possible.flatMap((value) => unitByLabel.units[value] ?? []))];
}
