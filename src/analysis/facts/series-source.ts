/** From what the catalogue says of a series to the facts of a bare selector of it. */
import type { ExporterModel, LabelModel, LabelValues, MetricModel } from '../../metrics/model.ts';
import type { UnitName } from '../../metrics/units.ts';
import { ANY_NUMBER, NOT_NEGATIVE, ONE, WHOLE, ZERO_OR_ONE, withNaN, type Interval } from './interval.ts';
import { ANY_VALUE, matchingValues, onlyValue, oneOfValues, type ValueSet } from './label-values.ts';
import { impossible, METRIC_NAME, POSSIBLE, type LabelFact, type LabelSet } from './labels.ts';
import type { SeriesKind, Source } from './facts.ts';
import { sourceOf } from './source.ts';
import type { KnownSeries, World } from './world.ts';

const cache = new WeakMap<World, Map<string, Source>>();

/** The facts of a series of the catalogue before any matcher; the selector is still missing among its origins. */
export function seriesSource(known: KnownSeries, world: World): Source {
  let sources = cache.get(world);
  if (!sources) cache.set(world, (sources = new Map()));
  let source = sources.get(known.name);
  if (!source) sources.set(known.name, (source = describe(known, world)));
  return source;
}

/** The facts of a series that nothing is known of. */
export function unknownSeriesSource(name: string | undefined): Source {
  const named = new Map<string, LabelFact>();
  const buckets = name?.endsWith('_bucket') === true;
  named.set(METRIC_NAME, {
    presence: 'guaranteed',
    values: name === undefined ? ANY_VALUE : oneOfValues([name]),
  });
  const up = name === 'up';
  return sourceOf({
    labels: { named, rest: POSSIBLE },
    kind: up ? 'boolean' : 'unknown',
    // no other series than those of classic histograms end so and reach a quantile
    role: buckets ? 'bucket' : 'value',
    sample: buckets || up ? 'float' : 'unknown',
    value: up ? ZERO_OR_ONE : withNaN(ANY_NUMBER),
  });
}

function describe(known: KnownSeries, world: World): Source {
  const { metric, role } = known;
  const labels = labelsOf(known, world);
  const identity = identityOf(metric, role, labels);
  const observed = unitOf(metric);
  const unit = role === 'bucket' || role === 'count' ? 'count' : role === 'created' ? 'timestamp_seconds' : observed;
  const kind = kindOf(known);
  const interval = metric.recordedBy?.intervalSeconds ?? metric.exporter?.scrapeIntervalSeconds;
  return sourceOf({
    labels,
    key: identity.key,
    varying: identity.varying,
    kind,
    role,
    counter: kind === 'counter' ? 'raw' : undefined,
    sample: metric.kind === 'nativeHistogram' ? 'histogram' : metric.kind === 'untyped' ? 'unknown' : 'float',
    unit,
    unitByLabel: role === 'value' ? metric.unitByLabel : undefined,
    observed: role !== 'value' || metric.kind === 'nativeHistogram' ? observed : undefined,
    value: valueOf(known, kind),
    resolutionSeconds: interval,
  });
}

function unitOf(metric: MetricModel): UnitName | undefined {
  if (metric.unit) return metric.unit;
  return metric.kind === 'stateset' || metric.kind === 'info' ? 'count' : undefined;
}

function kindOf({ name, metric, role }: KnownSeries): SeriesKind {
  if (role === 'bucket' || role === 'count' || role === 'sum') return 'counter';
  if (role === 'quantile' || role === 'created') return 'gauge';
  if (name === 'up' || metric.boolean) return 'boolean';
  switch (metric.kind) {
    case 'counter':
      return 'counter';
    case 'gauge':
      return 'gauge';
    case 'info':
      return 'info';
    case 'stateset':
      return 'stateset';
    case 'nativeHistogram':
      return 'counter';
    default:
      return 'unknown';
  }
}

function valueOf({ metric, role }: KnownSeries, kind: SeriesKind): Interval {
  if (role === 'bucket' || role === 'count') return WHOLE;
  if (role === 'created') return NOT_NEGATIVE;
  const { min, max } = metric.range ?? {};
  const declared = { min: min ?? -Infinity, max: max ?? Infinity };
  if (role === 'sum') return (min ?? -1) >= 0 || observesNoNegative(metric) ? NOT_NEGATIVE : ANY_NUMBER;
  // an empty summary says NaN for each of its quantiles
  if (role === 'quantile') return withNaN(declared);
  if (kind === 'info') return ONE;
  if (kind === 'stateset' || kind === 'boolean') return ZERO_OR_ONE;
  if (kind === 'counter') return { min: Math.max(0, declared.min), max: declared.max };
  return metric.kind === 'untyped' && !metric.range ? withNaN(ANY_NUMBER) : declared;
}

/** Lengths of time and sizes are never below zero when they are observed. */
function observesNoNegative(metric: MetricModel): boolean {
  return (metric.unit === 'seconds' || metric.unit === 'bytes') && (metric.buckets?.[0] ?? 1) >= 0;
}

function labelsOf(known: KnownSeries, world: World): LabelSet {
  const { metric, role, name } = known;
  const named = new Map<string, LabelFact>();
  named.set(METRIC_NAME, { presence: 'guaranteed', values: oneOfValues([name]) });
  const add = (label: string, model: LabelModel, target?: string): void => {
    named.set(label, { ...factOf(model), model, ...(target === undefined ? {} : { target }) });
  };
  for (const [label, model] of Object.entries(world.externalLabels)) add(label, { ...model, presence: 'sometimes' });
  const { exporter } = metric;
  if (exporter) addTargetLabels(exporter, add);
  else if (world.closed && !metric.recordedBy) {
    named.set('job', POSSIBLE);
    named.set('instance', POSSIBLE);
  }
  for (const [label, model] of Object.entries(metric.labels)) {
    // Prometheus keeps the scrape's own label and stores the exposed one beside it
    const clash = exporter?.honorLabels !== true && Object.hasOwn(exporter?.targetLabels ?? {}, label);
    add(clash ? `exported_${label}` : label, model);
  }
  if (role === 'bucket')
    named.set('le', numberLabel([...(metric.buckets ?? []), Infinity], metric.buckets !== undefined));
  if (role === 'quantile') named.set('quantile', numberLabel(metric.quantiles ?? [], metric.quantiles !== undefined));
  const open = !exporter && !world.closed && !metric.recordedBy;
  return { named, rest: open ? POSSIBLE : impossible() };
}

function addTargetLabels(exporter: ExporterModel, add: (l: string, m: LabelModel, target: string) => void): void {
  const declared = exporter.targetLabels;
  if (!('job' in declared)) add('job', { values: { type: 'oneOf', values: [exporter.job] } }, exporter.name);
  if (!('instance' in declared)) add('instance', { values: { type: 'any' } }, exporter.name);
  for (const [label, model] of Object.entries(declared)) add(label, model, exporter.name);
}

/** Both spellings of a number: Prometheus 3 writes `1.0` where a client library exposed `1`. */
function numberLabel(numbers: readonly number[], closed: boolean): LabelFact {
  const values = numbers.flatMap((n) => {
    const short = n === Infinity ? '+Inf' : String(n);
    return Number.isInteger(n) ? [short, `${short}.0`] : [short];
  });
  return { presence: 'guaranteed', values: closed ? oneOfValues(values) : ANY_VALUE };
}

function factOf(model: LabelModel): LabelFact {
  return { presence: model.presence === 'sometimes' ? 'possible' : 'guaranteed', values: valuesOf(model.values) };
}

function valuesOf(values: LabelValues): ValueSet {
  switch (values.type) {
    case 'any':
      return ANY_VALUE;
    case 'oneOf':
      return oneOfValues(values.values);
    case 'pattern':
      return matchingValues(values.regex);
  }
}

/**
 * The labels that key the series, and those known to have several values side by side.
 *
 * A declared key is taken at its word. Without one, all labels together are the key; its own labels are then
 * taken to vary, but target labels only where the exporter has several targets, because a job with a single
 * target is common.
 */
function identityOf(
  metric: MetricModel,
  role: string,
  labels: LabelSet,
): { readonly key?: ReadonlySet<string>; readonly varying: ReadonlySet<string> } {
  const extra = role === 'bucket' ? ['le'] : role === 'quantile' ? ['quantile'] : [];
  const several = (label: string): boolean => onlyValue(labels.named.get(label)?.values ?? ANY_VALUE) === undefined;
  // most labels of an info metric describe what the others name, and only the author knows which
  const own = metric.kind === 'info' ? [] : Object.keys(metric.labels);
  const identity = [...(metric.key ?? own), ...extra];
  if ((metric.exporter?.targets?.length ?? 0) > 1) identity.push('instance');
  const varying = new Set(identity.filter((label) => labels.named.has(label) && several(label)));
  if (metric.key) return { key: new Set([...metric.key, ...extra].filter(several)), varying };
  if (labels.rest.presence !== 'impossible') return { varying };
  const all = [...labels.named.keys()].filter((label) => label !== METRIC_NAME && several(label));
  return { key: new Set(all), varying };
}
