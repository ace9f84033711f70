import { own } from '../../metrics/own.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';

const OWNERS: Readonly<Record<string, string>> = { le: 'histograms', quantile: 'summaries' };

export const reservedLabel: Check = defineCheck({
  code: 'M106',
  metric({ name, kind, labels, recordedBy }) {
    if (recordedBy || kind === 'untyped') return undefined;
    return Object.keys(labels).flatMap((label): Finding[] => {
      const owner = label.startsWith('__') ? 'Prometheus itself' : own(OWNERS, label);
      if (owner === undefined) return [];
      return [
        {
          message: `The label \`${label}\` of \`${name}\` belongs to ${owner}.`,
          why: label.startsWith('__')
            ? 'Labels that begin with `__` are dropped before a sample is stored.'
            : `A histogram's buckets and a summary's quantiles are told apart by it; it is added by itself and must not be declared.`,
          fix: 'Rename the label, or leave it out.',
        },
      ];
    });
  },
});
