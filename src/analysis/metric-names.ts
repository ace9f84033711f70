/** Why a name of a query is not in the catalogue: several codes share the search. */
import { isAtLeast } from '../promql/options.ts';
import { sampleNames } from '../metrics/lookup.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { Code } from './codes.ts';
import type { World } from './facts/world.ts';
import { namingOf } from './client-libraries.ts';

export interface NameFault {
  readonly code: Code;
  readonly metric: MetricModel;
  /** The name that the series really has. */
  readonly instead: string;
  /** The name is that of a whole histogram, and `instead` only one of its series. */
  readonly bare?: boolean;
}

interface Names {
  /** Names of series, as queries select them. */
  readonly all: readonly string[];
  /** From the name that a series had before it was renamed. */
  readonly former: ReadonlyMap<string, NameFault>;
  readonly families: ReadonlyMap<string, MetricModel>;
  /** What was found out of names that no series has; three checks ask for each. */
  readonly faults: Map<string, NameFault | undefined>;
}

const cache = new WeakMap<World, Names>();

/** The names that the catalogue knows. */
export function namesOf(world: World): Names {
  let names = cache.get(world);
  if (!names) {
    const former = new Map<string, NameFault>();
    for (const metric of world.metrics) {
      for (const instead of sampleNames(metric)) {
        const suffix = instead.slice(metric.name.length);
        for (const name of metric.renamedFrom ?? []) former.set(name + suffix, { code: 'M112', metric, instead });
      }
    }
    const families = new Map(world.metrics.map((metric) => [metric.name, metric]));
    names = { all: world.metrics.flatMap(sampleNames), former, families, faults: new Map() };
    cache.set(world, names);
  }
  return names;
}

/**
 * The reason why a name that no series of the catalogue has was taken for one.
 *
 * M112: the metric was renamed; M121: what the client library makes of names; M122: what happens to names of
 * OpenTelemetry.
 */
export function nameFault(name: string, world: World): NameFault | undefined {
  if (world.series(name)) return undefined;
  const { faults, former } = namesOf(world);
  if (!faults.has(name)) faults.set(name, former.get(name) ?? byLibrary(name, world) ?? byOpenTelemetry(name, world));
  return faults.get(name);
}

function known(name: string, code: Code, world: World): NameFault | undefined {
  const series = world.series(name);
  return series && !series.recorded ? { code, metric: series.metric, instead: name } : undefined;
}

function byLibrary(name: string, world: World): NameFault | undefined {
  for (const [suffix, kind] of [
    ['_total', 'counter'],
    ['_info', 'info'],
  ] as const) {
    const longer = known(name + suffix, 'M121', world);
    if (longer?.metric.kind === kind && namingOf(longer.metric)?.adds.includes(suffix)) return longer;
    const shorter = name.endsWith(suffix) ? known(name.slice(0, -suffix.length), 'M121', world) : undefined;
    if (shorter?.metric.kind === kind && namingOf(shorter.metric)?.adds.length === 0) return shorter;
  }
  return undefined;
}

/** First words of the names in OpenTelemetry's semantic conventions. */
const CONVENTIONS =
  /^(?:http_(?:server|client)|rpc_(?:server|client)|db_client|messaging|jvm|system|k8s|gen_ai|otel|dns_lookup|faas|aspnetcore|kestrel|signalr|go_(?:memory|goroutine)|nodejs|v8js|cpython|process_runtime)_/;

const ROLES = ['_bucket', '_sum', '_count'];

function byOpenTelemetry(name: string, world: World): NameFault | undefined {
  const dotted = /[^a-zA-Z0-9_:]/.test(name);
  const stored = name.replaceAll(/[^a-zA-Z0-9_:]/g, '_');
  const direct = dotted ? known(stored, 'M122', world) : undefined;
  if (direct) return direct;
  const role = ROLES.find((suffix) => stored.endsWith(suffix)) ?? '';
  const family = role === '' ? stored : stored.slice(0, -role.length);
  for (const metric of world.metrics) {
    if (!metric.name.startsWith(`${family}_`)) continue;
    if (!APPENDED.test(metric.name.slice(family.length))) continue;
    if (!dotted && !CONVENTIONS.test(name) && !/open-?telemetry|otel/i.test(metric.exporter?.clientLibrary ?? ''))
      continue;
    const samples = sampleNames(metric);
    const instead = samples.find((sample) => sample === metric.name + role) ?? samples[0];
    if (instead === undefined) continue;
    const bare = metric.kind === 'histogram' && instead !== metric.name + role;
    return { code: 'M122', metric, instead, ...(bare ? { bare } : {}) };
  }
  return undefined;
}

/** What is put behind a name: the unit, `_ratio` of a plain gauge, `_total` of a counter. */
const APPENDED =
  /^(?:_(?:seconds|milliseconds|microseconds|nanoseconds|minutes|hours|days|bytes|kibibytes|mebibytes|gibibytes|bits|ratio|percent|celsius|kelvin|watts|joules|hertz|volts|amperes|grams|meters|cores|usd)(?:_per_second)?)?(?:_total)?$/;

/** Whether a version is at least another; texts such as `kube-state-metrics 2.3` are read for their number. */
export function reaches(version: string | undefined, since: string | undefined): boolean | undefined {
  const [have, need] = [version, since].map((text) => /\d+(?:\.\d+)*/.exec(text ?? '')?.[0]);
  return have === undefined || need === undefined ? undefined : isAtLeast(have, need);
}
