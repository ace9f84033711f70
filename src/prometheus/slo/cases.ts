/**
 * Unit tests of an objective's alerts: each fires a little above its threshold, is silent a little below, ends
 * when the errors end, and does not fire for a short burst.
 */
import type { SeriesInput } from '../../query/series.ts';
import type { CapturedPosition } from '../../source/position.ts';
import type { AlertCase } from '../model.ts';
import type { BurnRate } from './windows.ts';

/** Series to which one bad event, and one good event, adds 1. */
interface Events {
  readonly bad: readonly SeriesInput[];
  readonly good: readonly SeriesInput[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Context {
  readonly slo: string;
  readonly minimumEvents: number | undefined;
  readonly position: CapturedPosition;
}

/** Part of a test: for so many samples so many events come, of which a share is bad. */
interface Phase {
  readonly samples: number;
  readonly badShare: number;
}

// Enough events per sample that a share of them is a whole number.
const MANY_EVENTS = 1_000_000;
const ABOVE = 1.05;
const BELOW = 0.95;

export function burnCases(burn: BurnRate, events: Events, context: Context): readonly AlertCase[] {
  const { long, short, threshold } = burn;
  // Five samples in the shorter window: a rate needs two, and the ends of a window may miss one.
  const interval = (short ?? long / 5) / 5;
  const samples = Math.ceil(long / interval) + 1;
  const labels = { ...events.labels, slo: context.slo };
  const make = (
    kind: AlertCase['kind'],
    name: string,
    phases: readonly Phase[],
    perSample = MANY_EVENTS,
  ): AlertCase => ({
    kind,
    name: `${name} (${burn.longText})`,
    series: series(events, phases, perSample),
    at: phases.reduce((sum, phase) => sum + phase.samples, 0) * interval,
    interval,
    alerts: kind === 'firing' ? [{ labels }] : [],
    position: context.position,
  });
  const above = Math.min(threshold * ABOVE, 1);
  const steady = [
    make('firing', 'errors above the threshold', [{ samples, badShare: above }]),
    make('silent', 'errors below the threshold', [{ samples, badShare: threshold * BELOW }]),
  ];
  if (short === undefined) return [...steady, ...rare(context, samples, make)];
  const shortSamples = Math.ceil(short / interval) + 1;
  return [
    ...steady,
    make('silent', 'the errors have ended', [
      { samples, badShare: above },
      { samples: shortSamples, badShare: 0 },
    ]),
    make('silent', 'a burst of errors', [
      { samples, badShare: 0 },
      { samples: shortSamples, badShare: Math.min(threshold * 2, 1) },
    ]),
  ];
}

type Make = (kind: AlertCase['kind'], name: string, phases: readonly Phase[], perSample?: number) => AlertCase;

function rare({ minimumEvents }: Context, samples: number, make: Make): readonly AlertCase[] {
  if (minimumEvents === undefined) return [];
  // Half of the events that are needed, all of them bad.
  return [make('silent', 'too few events to tell', [{ samples, badShare: 1 }], minimumEvents / 2 / samples)];
}

/** Tests of the alert that there is nothing to count. */
export function absenceCases(
  events: Events,
  expected: Readonly<Record<string, string>>,
  absentFor: number,
  position: CapturedPosition,
): readonly AlertCase[] {
  const interval = 60_000;
  const samples = Math.ceil(absentFor / interval) + 2;
  const base = { interval, at: samples * interval, position };
  return [
    { ...base, kind: 'firing', name: 'nothing is counted', series: [], alerts: [{ labels: expected }] },
    {
      ...base,
      kind: 'silent',
      name: 'events are counted',
      series: series(events, [{ samples, badShare: 0 }], 1),
      alerts: [],
    },
  ];
}

/** The counters of the events, each with the bad and the good ones that it counts. */
function series({ bad, good }: Events, phases: readonly Phase[], perSample: number): readonly SeriesInput[] {
  const names = [...new Set([...bad, ...good].map((input) => input.series))];
  return names.map((name) => {
    const counts = (inputs: readonly SeriesInput[]): boolean => inputs.some((input) => input.series === name);
    let value = 0;
    const parts = phases.map(({ samples, badShare }) => {
      const badEvents = counts(bad) ? perSample * badShare : 0;
      const goodEvents = counts(good) ? perSample * (1 - badShare) : 0;
      const step = rounded(badEvents + goodEvents);
      const start = value;
      value = rounded(value + step * samples);
      // The last sample of a phase is the first of the next one.
      return `${start}+${step}x${samples - 1}`;
    });
    return { series: name, values: [...parts, String(value)].join(' ') };
  });
}

function rounded(count: number): number {
  return Number(count.toPrecision(12));
}
