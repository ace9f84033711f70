import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { children, withChildren } from '../../promql/walk.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import { plainText } from '../facts/selector.ts';
import { quantileAbove } from '../histogram-parts.ts';
import { overRange, usualRange } from '../rated.ts';
import { call, dropping, instead, numeral, withMatcher } from '../rewrite.ts';
import { list } from '../wording.ts';

export const nativeAsClassic: Check = defineCheck({
  code: 'Q233',
  nodes: {
    AggregateExpr(node, query) {
      const index = node.grouping?.mode === 'by' ? node.grouping.labels.indexOf('le') : -1;
      const { sources } = query.of(node.expr);
      if (index < 0 || !sources.every(({ sample }) => sample === 'histogram')) return undefined;
      const names = sources.flatMap(({ origins }) => origins.flatMap(({ name }) => name ?? []));
      return {
        node,
        span: node.grouping?.labelSpans?.[index],
        message: `${list(names)} is a native histogram, which has no label \`le\`.`,
        why: 'All its buckets are in one sample, so there is nothing to group by; `le` belongs to classic histograms.',
        fix: advice`Leave \`le\` out: ${instead(node, dropping(node, ['le']), query)}.`,
      };
    },
    VectorSelector(node, query) {
      const { world } = query;
      if (typeof node.name !== 'string') return undefined;
      const family = node.name.replace(/_(?:bucket|sum|count)$/, '');
      const metric = node.name === family ? undefined : world.metrics.find(({ name }) => name === family);
      if (metric?.kind !== 'nativeHistogram') return undefined;
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `\`${family}\` is a native histogram, which has no series \`${node.name}\`.`,
        why: 'A native histogram is one series whose samples hold all buckets, the sum and the count.',
        fix: fixOf(node, family, query),
        related: [{ message: `\`${family}\` is declared here`, position: metric.position }],
      };
    },
  },
});

function fixOf(node: VectorSelector, family: string, query: Query): Advice {
  const ending = plainText(node.name)?.slice(family.length + 1) ?? '';
  const whole = { ...withMatcher(node, 'le'), name: family };
  const range = query.parentOf(node);
  const rate = range?.type === 'MatrixSelector' ? query.parentOf(range) : undefined;
  if (ending !== 'bucket') {
    const taken = rate?.type === 'Call' && range ? ofFamily(rate, node, whole) : whole;
    return advice`Write ${instead(rate ?? node, call(`histogram_${ending}`, taken), query)}.`;
  }
  const quantile = quantileAbove(node, query);
  if (quantile) return advice`Write ${instead(quantile, ofFamily(quantile, node, whole), query)}.`;
  const over = rate?.type === 'Call' ? ofFamily(rate, node, whole) : overRange('rate', whole, usualRange(whole, query));
  return advice`For a quantile write ${instead(rate ?? node, call('histogram_quantile', numeral(0.95), over), query)}.`;
}

/** The same of the histogram itself, without `le`. */
function ofFamily(node: Expr, selector: VectorSelector, whole: VectorSelector): Expr {
  if (node === selector) return whole;
  const made = withChildren(
    node,
    children(node).map((child) => ofFamily(child, selector, whole)),
  );
  return made.type === 'AggregateExpr' ? dropping(made, ['le']) : made;
}
