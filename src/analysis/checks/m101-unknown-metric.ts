import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { isBuiltIn } from '../facts/built-in-series.ts';
import { selectedName } from '../facts/selector.ts';
import { nameFault, namesOf } from '../metric-names.ts';
import { fixOfBareHistogram } from '../histogram-parts.ts';
import { renamed } from '../rewrite.ts';
import { didYouMean, list, nearest } from '../wording.ts';

export const unknownMetricCheck: Check = defineCheck({
  code: 'M101',
  nodes: {
    VectorSelector(node, query) {
      const { world } = query;
      const name = selectedName(node);
      if (!world.closed || name === undefined || name === '' || world.series(name) || isBuiltIn(name)) return undefined;
      if (nameFault(name, world) || isExplained(node, name, query)) return undefined;
      const { all, families } = namesOf(world);
      const family = families.get(name);
      const parts = family && all.filter((one) => one.startsWith(`${name}_`) && ENDINGS.has(one.slice(name.length)));
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `The catalogue has no metric \`${name}\`.${family ? '' : didYouMean(name, all)}`,
        why: family
          ? `\`${name}\` is a ${family.kind}, which is stored as ${list(parts ?? [])}; no series has the bare name.`
          : 'A selector of a name that no series has is always empty, so the query is, too.',
        fix: family ? fixOfBareHistogram(node, family, query) : fixOf(node, name, query),
        related: family ? [{ message: `\`${name}\` is declared here`, position: family.position }] : [],
      };
    },
  },
});

function fixOf(node: VectorSelector, name: string, query: Query): Advice | string {
  const near = nearest(name, namesOf(query.world).all);
  if (near === undefined)
    return `If Prometheus has \`${name}\`, add it to the catalogue (in a project, export it from a file in metrics/). If not, this part of the query has to go: no name in the catalogue is like it.`;
  return advice`Write ${renamed(node, near, query)}. If Prometheus really has \`${name}\`, add it to the catalogue: in a project, export it from a file in metrics/.`;
}

const ENDINGS: ReadonlySet<string> = new Set(['_bucket', '_sum', '_count']);
const QUANTILES: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

/** Other checks know better what was meant: Q224, Q231 and Q233. */
function isExplained(node: VectorSelector, name: string, query: Query): boolean {
  const { families } = namesOf(query.world);
  const family = name.replace(/_(?:bucket|sum|count)$/, '');
  const metric = families.get(family);
  if (family !== name && metric?.kind === 'nativeHistogram') return true;
  if (name === `${family}_bucket` && metric?.kind === 'summary') return true;
  if (family === name && metric?.kind === 'histogram' && node.matchers.some((matcher) => matcher.name === 'quantile'))
    return true;
  const unbucketed = /_(?:sum|count)$/.test(name) || families.get(name)?.kind === 'histogram';
  return unbucketed && isInQuantile(node, query);
}

function isInQuantile(node: Expr, query: Query): boolean {
  const parent = query.parentOf(node);
  if (!parent) return false;
  return (parent.type === 'Call' && QUANTILES.has(parent.func)) || isInQuantile(parent, query);
}
