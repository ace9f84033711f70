import type { Matcher, VectorSelector } from '../../promql/ast.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { matcherValues } from '../facts/selector.ts';
import { mayBe } from '../facts/label-values.ts';
import { number } from '../wording.ts';

export const bucketNotExported: Check = defineCheck({
  code: 'Q227',
  nodes: {
    VectorSelector(node, query) {
      return node.matchers.flatMap((matcher) => missing(matcher, node, query));
    },
  },
});

function missing(matcher: Matcher, node: VectorSelector, query: Query): readonly Finding[] {
  if (typeof matcher.value !== 'string' || (matcher.op !== '=' && matcher.op !== '=~')) return [];
  const origin = query.of(node).sources[0]?.origins[0];
  const exported = origin && boundsOf(matcher.name, origin);
  if (!origin?.name || !exported) return [];
  const { passesAbsent, values } = matcherValues(matcher.op, matcher.value);
  if (passesAbsent || exported.flatMap(spellings).some((text) => mayBe(values, text))) return [];
  const what = matcher.name === 'le' ? 'bucket' : 'quantile';
  const known = exported.map((n) => number(n));
  return [
    {
      node,
      span: matcher.valueSpan ?? matcher.span,
      message: `\`${origin.name}\` has no ${what} \`${matcher.value}\`.`,
      why: `${what === 'bucket' ? 'The upper bounds' : 'The quantiles'} that it exports are ${known.join(', ')}, so the selector selects nothing.`,
      fix: `Choose one of them${what === 'bucket' ? ', or have the exporter declare the bound' : ''}.`,
      related: [
        { message: `\`${origin.metric?.name ?? origin.name}\` is declared here`, position: origin.metric?.position },
      ],
    },
  ];
}

type Origin = NonNullable<ReturnType<Query['of']>['sources'][0]>['origins'][0];

function boundsOf(label: Matcher['name'], { role, metric }: Origin): readonly number[] | undefined {
  if (label === 'le' && role === 'bucket' && metric?.buckets) return [...metric.buckets, Infinity];
  return label === 'quantile' && role === 'quantile' ? metric?.quantiles : undefined;
}

/** Client libraries write `1`, Prometheus 3 stores `1.0`. */
function spellings(value: number): readonly string[] {
  if (value === Infinity) return ['+Inf'];
  return Number.isInteger(value) ? [String(value), `${value}.0`] : [String(value)];
}
