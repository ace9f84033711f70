import type { Matcher, VectorSelector } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { matcherValues } from '../facts/selector.ts';
import { mayBe } from '../facts/label-values.ts';
import { list, number } from '../wording.ts';

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
      why: `${what === 'bucket' ? 'The upper bounds' : 'The quantiles'} that it exports are ${list(known)}, so the selector selects nothing.`,
      fix: fixOf(matcher, exported, what),
      related: [
        { message: `\`${origin.metric?.name ?? origin.name}\` is declared here`, position: origin.metric?.position },
      ],
    },
  ];
}

/** The exported ones on both sides of the number that was asked for. */
function fixOf({ op, value, span }: Matcher, exported: readonly number[], what: 'bucket' | 'quantile'): Advice {
  const asked = op === '=' && typeof value === 'string' ? Number(value) : NaN;
  const below = exported.findLast((one) => one < asked);
  const above = exported.find((one) => one > asked);
  const exact = Number.isNaN(asked) ? 'another bound' : `${number(asked)} itself`;
  const declare = what === 'bucket' ? ` For ${exact} the exporter has to declare the bucket.` : '';
  if (!span || (below === undefined && above === undefined)) return advice`Write one of them.${declare}`;
  const written = (one: number): { readonly span: typeof span; readonly text: string } => ({
    span,
    text: `${what === 'bucket' ? 'le' : 'quantile'}="${number(one)}"`,
  });
  if (below === undefined || above === undefined)
    return advice`The nearest is ${written((below ?? above)!)}.${declare}`;
  return what === 'bucket'
    ? advice`Write ${written(below)}, which counts fewer, or ${written(above)}, which counts more.${declare}`
    : advice`The nearest are ${written(below)} and ${written(above)}.`;
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
