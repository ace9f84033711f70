import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { Expr } from '../../promql/ast.ts';
import { children, withChildren } from '../../promql/walk.ts';
import type { Source } from '../facts/facts.ts';
import { rated } from '../rated.ts';
import { instead, keeping } from '../rewrite.ts';

const QUANTILES: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

export const quantileOfNoBuckets: Check = defineCheck({
  code: 'Q224',
  nodes: {
    Call(node, query) {
      if (!QUANTILES.has(node.func)) return undefined;
      const argument = node.args.find((arg) => query.of(arg).type === 'vector');
      const names = argument && query.of(argument).sources.map((source) => nameWithoutBuckets(source, query));
      const name = names?.[0];
      if (!argument || !names || name === undefined || names.includes(undefined)) return undefined;
      const family = name.replace(/_(?:sum|count)$/, '');
      return {
        node: argument,
        message: `\`${node.func}()\` needs buckets, but \`${name}\` has none.`,
        why:
          name === family
            ? `\`${family}\` is a classic histogram. It is stored as \`${family}_bucket\`, \`_sum\` and \`_count\`; there are no series of the bare name.`
            : `\`${name}\` is one number for all observations and has no label \`le\`, so the result is always empty.`,
        fix: fixOf(argument, `${family}_bucket`, query),
      };
    },
  },
});

function fixOf(argument: Expr, buckets: string, query: Query): Advice | string {
  const rates = rated(ofBuckets(argument, buckets), query);
  return rates ? advice`Write ${instead(argument, rates, query)}.` : `Write \`${buckets}\`, and keep \`le\`.`;
}

/** The same of the buckets, with `le` kept. */
function ofBuckets(node: Expr, name: string): Expr {
  if (node.type === 'VectorSelector') return { ...node, name };
  const made = withChildren(
    node,
    children(node).map((child) => ofBuckets(child, name)),
  );
  return made.type === 'AggregateExpr' ? keeping(made, 'le') : made;
}

/** The series that was taken for buckets, where that is certain. */
function nameWithoutBuckets({ origins }: Source, { world }: Query): string | undefined {
  const [origin, more] = origins;
  if (!origin?.name || more) return undefined;
  const { name, metric, role } = origin;
  if (metric) return (role === 'sum' || role === 'count') && metric.kind === 'histogram' ? name : undefined;
  // no native histogram is called so: client libraries keep these endings for their own series
  if (/_(?:sum|count)$/.test(name)) return name;
  return world.metrics.some((one) => one.name === name && one.kind === 'histogram') ? name : undefined;
}
