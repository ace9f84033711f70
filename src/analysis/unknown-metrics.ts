/** Names that the catalogue does not have, and what was probably meant: several codes share the fact. */
import { sampleNames } from '../metrics/lookup.ts';
import type { MetricModel } from '../metrics/model.ts';
import type { VectorSelector } from '../promql/ast.ts';
import type { Query } from './check.ts';
import type { Code } from './codes.ts';
import { isBuiltIn } from './facts/built-in-series.ts';
import { selectedName } from './facts/selector.ts';
import type { World } from './facts/world.ts';
import { nearest } from './wording.ts';

export interface UnknownMetric {
  readonly code: Code;
  readonly name: string;
  /** The series that was probably meant, and its metric. */
  readonly meant?: string | undefined;
  readonly metric?: MetricModel | undefined;
}

/**
 * What a selector's name is instead of a metric's.
 *
 * M112: an old name; M121: a counter without the `_total` that its client library adds; M122: a name from
 * OpenTelemetry; M101: any other name that a closed world does not have.
 */
export function unknownMetric(selector: VectorSelector, { world }: Query): UnknownMetric | undefined {
  const name = selectedName(selector);
  if (name === undefined || isBuiltIn(name) || world.series(name)) return undefined;
  const renamed = renamedFrom(name, world);
  if (renamed) return { code: 'M112', name, ...renamed };
  if (!world.closed) return undefined;
  const total = world.series(`${name}_total`);
  if (total?.metric.kind === 'counter') return { code: 'M121', name, meant: `${name}_total`, metric: total.metric };
  const names = seriesNames(world);
  const translated = names.find((known) => withoutUnits(known) === withoutUnits(name.replaceAll('.', '_')));
  if (translated !== undefined) return { code: 'M122', name, meant: translated, metric: world.metric(translated) };
  const meant = nearest(name, names);
  return { code: 'M101', name, meant, metric: meant === undefined ? undefined : world.metric(meant) };
}

const cache = new WeakMap<World, readonly string[]>();

/** Names of all series of the catalogue. */
export function seriesNames(world: World): readonly string[] {
  let names = cache.get(world);
  if (!names) cache.set(world, (names = world.metrics.flatMap(sampleNames)));
  return names;
}

const ROLES = ['', '_bucket', '_sum', '_count', '_total'];

function renamedFrom(name: string, world: World): { readonly meant: string; readonly metric: MetricModel } | undefined {
  for (const metric of world.metrics) {
    for (const old of metric.renamedFrom ?? []) {
      const role = ROLES.find((suffix) => name === old + suffix);
      if (role === undefined) continue;
      const meant = metric.name + role;
      return { meant: world.series(meant) ? meant : (sampleNames(metric)[0] ?? metric.name), metric };
    }
  }
  return undefined;
}

/** What the OpenTelemetry collector adds to a name on the way into Prometheus. */
const ADDED = /_(?:seconds|milliseconds|bytes|ratio|percent|meters|joules|watts|volts|amperes|celsius|total)(?=_|$)/g;

function withoutUnits(name: string): string {
  return name.replaceAll(ADDED, '');
}
