/**
 * Samples for every metric of a catalogue: a small world in which each label has the same few values
 * everywhere, so that whatever is joined finds its partner.
 */
import type { Catalogue, LabelModel, MetricModel } from 'dashwright';
import { walk, type Expr } from 'dashwright/promql';

/** Values of labels by name. */
export type Values = ReadonlyMap<string, readonly string[]>;

/** The values that queries ask for by name, of labels that can have every value. */
export function askedFor(queries: readonly Expr[]): Values {
  const found = new Map<string, Set<string>>();
  const ask = (name: string, value: string): void => void found.set(name, (found.get(name) ?? new Set()).add(value));
  for (const query of queries) {
    walk(query, (node) => {
      if (node.type !== 'VectorSelector') return;
      for (const { name, op, value } of node.matchers) {
        if (typeof name !== 'string' || typeof value !== 'string' || value === '') continue;
        if (op === '=') ask(name, value);
        if (op === '=~' && /^[\w|.:]+$/.test(value) && !value.includes('.'))
          value.split('|').forEach((one) => ask(name, one));
      }
    });
  }
  return new Map([...found].map(([name, values]) => [name, [...values]]));
}

/**
 * The text of an OpenMetrics file with samples of every metric, a minute apart.
 *
 * @param asked values of labels that can have every value; one that is missing gets a value of its own
 * @param from first moment, seconds since 1970
 * @param to last moment
 */
export function openMetrics({ metrics }: Catalogue, asked: Values, from: number, to: number): string {
  const lines = metrics.flatMap((metric) => seriesOf(metric, asked).flatMap((one) => samplesOf(one, from, to)));
  return [...lines, '# EOF', ''].join('\n');
}

interface Series {
  readonly name: string;
  readonly labels: string;
  readonly value: (age: number, at: number, first: number) => number;
}

const MINUTE = 60;

function samplesOf({ name, labels, value }: Series, from: number, to: number): string[] {
  const moments = Array.from({ length: Math.floor((to - from) / MINUTE) + 1 }, (_, index) => from + index * MINUTE);
  return moments.map((at) => `${name}{${labels}} ${value(to - at, at, from)} ${at}`);
}

function seriesOf(metric: MetricModel, asked: Values): readonly Series[] {
  const labels = { ...metric.labels, ...metric.exporter?.targetLabels };
  return combinations(labels, metric, asked).flatMap((values) => familyOf(metric, values));
}

function familyOf(metric: MetricModel, values: ReadonlyMap<string, string>): readonly Series[] {
  const { name, kind } = metric;
  const text = (more: readonly (readonly [string, string])[] = []): string =>
    [...values, ...more].map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',');
  const rising = (step: number) => (_: number, at: number, first: number) => ((at - first) / MINUTE) * step;
  if (kind === 'counter') return [{ name, labels: text(), value: rising(1) }];
  if (kind === 'histogram') {
    const bounds = metric.buckets ?? [1, 2, 5];
    const buckets = [...bounds.map(String), '+Inf'].map((le, index): Series => ({
      name: `${name}_bucket`,
      labels: text([['le', le]]),
      value: rising(index + 1),
    }));
    const all = rising(bounds.length + 1);
    return [
      ...buckets,
      { name: `${name}_sum`, labels: text(), value: all },
      { name: `${name}_count`, labels: text(), value: all },
    ];
  }
  if (kind === 'summary') {
    return (metric.quantiles ?? []).map((quantile): Series => ({
      name,
      labels: text([['quantile', String(quantile)]]),
      value: () => 1,
    }));
  }
  if (metric.unit === 'timestamp_seconds') return [{ name, labels: text(), value: (_, __, first) => first }];
  const { min = 0, max = 10 } = metric.range ?? {};
  return [{ name, labels: text(), value: () => Math.max(min, Math.min(max, 1)) }];
}

function combinations(
  labels: Readonly<Record<string, LabelModel>>,
  { unitByLabel }: MetricModel,
  asked: Values,
): readonly ReadonlyMap<string, string>[] {
  return Object.entries(labels).reduce<readonly ReadonlyMap<string, string>[]>(
    (before, [label, { values }]) => {
      const units = unitByLabel?.label === label ? Object.keys(unitByLabel.units) : undefined;
      const choices = values.type === 'oneOf' ? values.values : (units ?? asked.get(label) ?? [`some-${label}`]);
      return before.flatMap((one) => choices.map((value) => new Map([...one, [label, value]])));
    },
    [new Map()],
  );
}
