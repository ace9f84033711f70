import { sampleNames } from '../../metrics/lookup.ts';
import type { MetricModel } from '../../metrics/model.ts';
import { defineCheck, type Check } from '../check.ts';
import type { World } from '../facts/world.ts';

/** For a catalogue that was read from a file; what a project defines twice is reported before it comes here. */
export const duplicateMetric: Check = defineCheck({
  code: 'M111',
  metric(metric, world) {
    const owners = ownersOf(world);
    const sample = sampleNames(metric).find((name) => owners.get(name) !== metric);
    const other = sample === undefined ? undefined : owners.get(sample);
    if (!other || sample === undefined) return undefined;
    return {
      message:
        metric.name === other.name
          ? `The metric \`${metric.name}\` is defined twice.`
          : `The ${metric.kind} \`${metric.name}\` and the ${other.kind} \`${other.name}\` both expose \`${sample}\`.`,
      why: 'A query of that name could mean either, and the two definitions need not agree.',
      fix: 'Keep one of them, or rename the other.',
      related: [{ message: 'first defined here', position: other.position }],
    };
  },
});

const cache = new WeakMap<World, ReadonlyMap<string, MetricModel>>();

/** The first metric that exposes each name. */
function ownersOf(world: World): ReadonlyMap<string, MetricModel> {
  let owners = cache.get(world);
  if (!owners) {
    const made = new Map<string, MetricModel>();
    for (const metric of world.metrics)
      for (const name of sampleNames(metric)) if (!made.has(name)) made.set(name, metric);
    cache.set(world, (owners = made));
  }
  return owners;
}
