import type { MetricKind } from '../../metrics/model.ts';
import { RESERVED_SUFFIXES } from '../../metrics/names.ts';
import { defineCheck, type Check } from '../check.ts';
import { isNamedFreely } from '../naming.ts';

const OWNERS: Readonly<Record<string, string>> = {
  _bucket: 'histograms',
  _sum: 'histograms and summaries',
  _count: 'histograms and summaries',
  _created: 'counters, histograms and summaries',
  _info: 'info metrics',
};

const INFO: ReadonlySet<MetricKind> = new Set<MetricKind>(['info']);

export const reservedSuffix: Check = defineCheck({
  code: 'M105',
  metric(metric) {
    const { name, kind } = metric;
    if (!isNamedFreely(metric) || kind === 'untyped') return undefined;
    const suffix =
      RESERVED_SUFFIXES.find((one) => name.endsWith(one)) ??
      (name.endsWith('_info') && !INFO.has(kind) ? '_info' : undefined);
    if (suffix === undefined) return undefined;
    return {
      message: `The ${kind} \`${name}\` ends in \`${suffix}\`, which belongs to ${OWNERS[suffix] ?? ''}.`,
      why: 'Those kinds add the suffix to their own name, so a reader and a tool take this for one of their series.',
      fix: 'Declare the metric under the name before the suffix, rename it, or say `nameAsExposed` if the exporter really calls it so.',
    };
  },
});
