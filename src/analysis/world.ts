/** Puts together what the analysis may assume: the catalogue, what rules record, and the server. */
import { findSample } from '../metrics/lookup.ts';
import type { Catalogue, LabelModel, MetricKind, MetricModel } from '../metrics/model.ts';
import type { Expr } from '../promql/ast.ts';
import { isTooDeep } from './depth.ts';
import { METRIC_NAME, withFacts } from './facts/labels.ts';
import { oneOfValues } from './facts/label-values.ts';
import type { LabelFact } from './facts/labels.ts';
import type { Source } from './facts/facts.ts';
import { infer } from './facts/infer.ts';
import { selectedNames } from './facts/selected-names.ts';
import { changed, keyWithin, subset, uniteSources } from './facts/source.ts';
import type { KnownSeries, Server, World } from './facts/world.ts';
import type { SourcePosition } from '../source/position.ts';

/** A recording rule, as far as its result goes. */
export interface RecordedRule {
  readonly name: string;
  readonly expr: Expr;
  /** The expression as text, for messages. */
  readonly text: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly intervalSeconds?: number;
  readonly position?: SourcePosition;
}

export interface WorldOptions {
  readonly catalogue?: Catalogue;
  /** Default: closed where there is a catalogue. */
  readonly closed?: boolean;
  readonly rules?: readonly RecordedRule[];
  readonly server?: Partial<Server>;
}

const SERVER: Server = { features: new Set(), lookbackSeconds: 300, evaluationIntervalSeconds: 60 };

/**
 * The world that queries are judged in.
 *
 * Recording rules become metrics: what their expressions were found to give is what a selector of their name gives,
 * also through several levels of rules. Rules that record the same name are alternatives.
 */
export function createWorld(options: WorldOptions = {}): World {
  const { catalogue = { metrics: [] }, rules = [], server } = options;
  const recorded = new Map<string, KnownSeries>();
  const world: World = {
    closed: options.closed ?? catalogue.metrics.length > 0,
    series: (name) => recorded.get(name) ?? catalogued(catalogue, name),
    metric: (name) => recorded.get(name)?.metric ?? findSample(catalogue, name)?.metric,
    metrics: catalogue.metrics,
    externalLabels: catalogue.externalLabels ?? {},
    server: { ...SERVER, ...server },
  };
  for (const [name, alternatives] of inOrder(rules)) {
    const sources = alternatives.flatMap((rule) =>
      infer(rule.expr, world).root.sources.map((source) => record(source, rule)),
    );
    recorded.set(name, { name, metric: recordedMetric(alternatives, sources), role: 'value', recorded: sources });
  }
  return world;
}

function catalogued(catalogue: Catalogue, name: string): KnownSeries | undefined {
  const sample = findSample(catalogue, name);
  return sample && { name, ...sample };
}

/** Rules by name, each after those that it reads. A rule in a circle reads the others as unknown metrics. */
function inOrder(rules: readonly RecordedRule[]): ReadonlyMap<string, readonly RecordedRule[]> {
  const byName = grouped(rules.filter(({ expr }) => !isTooDeep(expr)));
  const ordered = new Map<string, readonly RecordedRule[]>();
  const begun = new Set<string>();
  const visit = (name: string): void => {
    const alternatives = byName.get(name);
    if (!alternatives || begun.has(name)) return;
    begun.add(name);
    for (const { expr } of alternatives) for (const read of selectedNames(expr)) visit(read);
    ordered.set(name, alternatives);
  };
  for (const name of byName.keys()) visit(name);
  return ordered;
}

function grouped(rules: readonly RecordedRule[]): ReadonlyMap<string, readonly RecordedRule[]> {
  const byName = new Map<string, RecordedRule[]>();
  for (const rule of rules) byName.set(rule.name, [...(byName.get(rule.name) ?? []), rule]);
  return byName;
}

/** The result of an expression under its recorded name, with the rule's own labels. */
function record(source: Source, rule: RecordedRule): Source {
  const set: [string, LabelFact][] = Object.entries(rule.labels ?? {}).map(([name, value]) => [
    name,
    value === ''
      ? { presence: 'impossible', values: oneOfValues([]) }
      : { presence: 'guaranteed', values: oneOfValues([value]) },
  ]);
  const overwritten = new Set(set.map(([name]) => name));
  const keeps = (label: string): boolean => !overwritten.has(label);
  return changed(source, {
    labels: withFacts(source.labels, [
      ...set,
      [METRIC_NAME, { presence: 'guaranteed', values: oneOfValues([rule.name]) }],
    ]),
    // series that a label told apart are told apart by others, or the rule fails
    key: keyWithin(source.key, keeps),
    varying: subset(source.varying, keeps),
  });
}

/** The metric that a rule makes, in the catalogue's words. */
function recordedMetric(rules: readonly RecordedRule[], sources: readonly Source[]): MetricModel {
  const [rule] = rules;
  const source = uniteSources(sources);
  const labels: Record<string, LabelModel> = {};
  for (const [name, fact] of source.labels.named) {
    if (name !== METRIC_NAME && fact.presence !== 'impossible') labels[name] = labelModel(fact);
  }
  const [buckets, ...others] = new Set(source.origins.map(({ metric }) => metric?.buckets));
  const { min, max } = source.value;
  const range = { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
  return {
    name: rule?.name ?? '',
    kind: kindOf(source),
    labels,
    ...(source.unit ? { unit: source.unit } : {}),
    ...(source.key ? { key: [...source.key] } : {}),
    ...(Object.keys(range).length > 0 ? { range } : {}),
    ...(source.kind === 'boolean' ? { boolean: true } : {}),
    ...(source.role === 'bucket' && buckets && others.length === 0 ? { buckets } : {}),
    recordedBy: {
      expr: rule?.text ?? '',
      ...(rule?.intervalSeconds === undefined ? {} : { intervalSeconds: rule.intervalSeconds }),
    },
    ...(rule?.position ? { position: rule.position } : {}),
  };
}

function labelModel({ presence, values }: LabelFact): LabelModel {
  return {
    values: values.oneOf ? { type: 'oneOf', values: values.oneOf } : { type: 'any' },
    presence: presence === 'guaranteed' ? 'always' : 'sometimes',
  };
}

function kindOf(source: Source): MetricKind {
  if (source.sample === 'histogram') return 'nativeHistogram';
  switch (source.kind) {
    case 'counter':
      return 'counter';
    case 'info':
      return 'info';
    case 'stateset':
      return 'stateset';
    case 'unknown':
      return 'untyped';
    default:
      return 'gauge';
  }
}
