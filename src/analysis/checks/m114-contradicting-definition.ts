import type { MetricModel } from '../../metrics/model.ts';
import { own } from '../../metrics/own.ts';
import { defineCheck, type Check } from '../check.ts';
import { reaches } from '../metric-names.ts';
import { agrees, unitInName } from '../naming.ts';

export const contradictingDefinition: Check = defineCheck({
  code: 'M114',
  metric(metric) {
    if (metric.recordedBy) return undefined;
    return contradictions(metric).map(([message, fix]) => ({
      message: `The definition of \`${metric.name}\` contradicts itself: ${message}.`,
      why: 'Every check that reads the definition can be right about one half only.',
      fix,
    }));
  },
});

type Contradiction = readonly [message: string, fix: string];

function contradictions(metric: MetricModel): readonly Contradiction[] {
  const { name, kind, unit, unitByLabel, labels, key, range, boolean, buckets, quantiles } = metric;
  const found: Contradiction[] = [];
  const word = unitInName(name);
  if (unit && word && !agrees(word, unit))
    found.push([`its name says ${word}, its unit ${unit}`, 'Correct the unit or the name.']);
  if (unit && unitByLabel) found.push(['it has a unit and one that depends on a label', 'Keep one of the two.']);
  if (unitByLabel && !own(labels, unitByLabel.label))
    found.push([`its unit depends on \`${unitByLabel.label}\`, which it does not have`, 'Declare the label.']);
  // every scrape attaches the first two, whether they are declared or not
  const known = new Set([
    'job',
    'instance',
    ...Object.keys(labels),
    ...Object.keys(metric.exporter?.targetLabels ?? {}),
  ]);
  const unknown = metric.exporter ? key?.find((label) => !known.has(label)) : undefined;
  if (unknown !== undefined) found.push([`its key has \`${unknown}\`, which is no label of it`, 'Correct the key.']);
  const { min = -Infinity, max = Infinity } = range ?? {};
  if (min > max) found.push([`its range begins at ${min} and ends at ${max}`, 'Swap the bounds.']);
  if (kind === 'counter' && max < 0) found.push(['a counter is never below 0, but its range is', 'Correct the range.']);
  if (boolean && (min > 1 || max < 0 || (unit !== undefined && unit !== 'count')))
    found.push(['a value that is 1 or 0 has no unit and no other range', 'Take `boolean` or the unit and range out.']);
  if (boolean && kind !== 'gauge' && kind !== 'untyped')
    found.push([`a ${kind} is no value of 1 or 0`, 'Take `boolean` out, or declare a gauge.']);
  if (buckets && kind !== 'histogram') found.push([`a ${kind} has no buckets`, 'Take the buckets out.']);
  if (quantiles && kind !== 'summary') found.push([`a ${kind} has no quantiles`, 'Take the quantiles out.']);
  if (buckets?.some((bound, index) => index > 0 && bound <= buckets[index - 1]!))
    found.push(['its buckets do not ascend', 'Sort the bounds.']);
  if (metric.renamedTo === name) found.push(['it was renamed to itself', 'Correct `renamedTo`.']);
  if (metric.removed !== undefined && reaches(metric.since, metric.removed) === true)
    found.push([`it was removed in ${metric.removed} but exists since ${metric.since ?? ''}`, 'Correct the versions.']);
  return found;
}
