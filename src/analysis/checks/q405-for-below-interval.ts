import { defineCheck, type Check, type Finding } from '../check.ts';
import { duration } from '../wording.ts';

export const forBelowInterval: Check = defineCheck({
  code: 'Q405',
  query({ place }) {
    if (place.type !== 'alert' || !place.intervalSeconds) return undefined;
    const { intervalSeconds, forSeconds, keepFiringForSeconds } = place;
    return [
      ...uneven('for', forSeconds, intervalSeconds),
      ...uneven('keepFiringFor', keepFiringForSeconds, intervalSeconds),
    ];
  },
});

const WRITTEN = { for: 'for', keepFiringFor: 'keep_firing_for' } as const;

function uneven(part: keyof typeof WRITTEN, seconds: number | undefined, interval: number): readonly Finding[] {
  if (!seconds || seconds % interval === 0) return [];
  const rounded = Math.ceil(seconds / interval) * interval;
  return [
    {
      part: { part },
      message: `\`${WRITTEN[part]}: ${duration(seconds)}\` is ${seconds < interval ? 'shorter than' : 'no multiple of'} the group's interval of ${duration(interval)}.`,
      why: `Rules are evaluated every ${duration(interval)}, so the time is up only at the next evaluation: it really takes ${duration(rounded)}.`,
      fix: `Write \`${WRITTEN[part]}: ${duration(rounded)}\`, or give the group a shorter interval.`,
    },
  ];
}
