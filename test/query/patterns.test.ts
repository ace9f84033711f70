/** The ready-made patterns on real samples: promtool says what they return. */
import { age, mean, percentile, promql, ratio, selector, share, sum } from 'dashwright';
import type { QueryValue, SeriesInput } from 'dashwright';
import { print } from 'dashwright/promql';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluateAll, type EvaluationResult } from '../engines/promtool.ts';
import { duration, finished, finishedMs, limit, memory, native, runs } from './metrics.ts';

interface Claim {
  readonly query: QueryValue;
  readonly on: readonly SeriesInput[];
  /** What comes out: value by labels. */
  readonly gives: Readonly<Record<string, number>>;
}

const train = { pipeline_name: 'train' } as const;
const idle = { pipeline_name: 'idle' } as const;
const broken = { pipeline_name: 'broken' } as const;
const byPipeline = { by: ['pipeline_name'], over: '1h' } as const;

const CLAIMS: Readonly<Record<string, Claim>> = {
  'a ratio counts both sides by the same labels': {
    query: ratio(runs({ status: 'success' }), runs, byPipeline),
    on: [
      runs.series({ ...train, status: 'success' }, '0+3x60'),
      runs.series({ ...train, status: 'failure' }, '0+1x60'),
    ],
    gives: { '{pipeline_name="train"}': 0.75 },
  },
  'a ratio is 0 where nothing of the part was ever seen': {
    query: ratio(runs({ status: 'success' }), runs, byPipeline),
    on: [runs.series({ ...broken, status: 'failure' }, '0+1x60')],
    gives: { '{pipeline_name="broken"}': 0 },
  },
  'a ratio is absent, not 0/0, where there was nothing to count': {
    query: ratio(runs({ status: 'success' }), runs, byPipeline),
    on: [runs.series({ ...idle, status: 'success' }, '5+0x60'), runs.series({ ...idle, status: 'failure' }, '1+0x60')],
    gives: {},
  },
  'a ratio without labels is one number': {
    query: ratio(runs({ status: 'success' }), runs, { over: '1h' }),
    on: [
      runs.series({ ...train, status: 'success' }, '0+1x60'),
      runs.series({ ...broken, status: 'failure' }, '0+3x60'),
    ],
    gives: { '{}': 0.25 },
  },
  'a ratio of gauges adds them up as they are': {
    query: ratio(memory, limit, { by: ['job'] }),
    on: [
      memory.series({ job: 'app', instance: 'a' }, '1x60'),
      memory.series({ job: 'app', instance: 'b' }, '2x60'),
      limit.series({ job: 'app', instance: 'a' }, '6x60'),
      limit.series({ job: 'app', instance: 'b' }, '6x60'),
    ],
    gives: { '{job="app"}': 0.25 },
  },
  'a ratio of gauges over time weighs every moment': {
    query: ratio(memory, limit, { over: '59m' }),
    on: [memory.series({}, '0x30 4x29'), limit.series({}, '4x60')],
    gives: { '{}': 0.5 },
  },
  'a ratio of a bucket is the share of fast observations': {
    query: ratio(duration.bucket({ le: 1 }), duration.count, { by: ['stage'], over: '1h' }),
    on: [
      duration.bucket.series({ stage: 'total', le: 1 }, '0+1x60'),
      duration.count.series({ stage: 'total' }, '0+4x60'),
    ],
    gives: { '{stage="total"}': 0.25 },
  },
  'a mean is the sum of observations by their number': {
    query: mean(duration, { where: { stage: 'total' }, by: ['stage'], over: '1h' }),
    on: [
      duration.sum.series({ stage: 'total', instance: 'a' }, '0+10x60'),
      duration.sum.series({ stage: 'total', instance: 'b' }, '0+20x60'),
      duration.count.series({ stage: 'total', instance: 'a' }, '0+1x60'),
      duration.count.series({ stage: 'total', instance: 'b' }, '0+2x60'),
      duration.sum.series({ stage: 'build' }, '0+900x60'),
      duration.count.series({ stage: 'build' }, '0+1x60'),
    ],
    gives: { '{stage="total"}': 10 },
  },
  'a mean is absent where nothing was observed': {
    query: mean(duration, { over: '1h' }),
    on: [duration.sum.series({}, '3x60'), duration.count.series({}, '3x60')],
    gives: {},
  },
  'a percentile keeps le until it is used': {
    query: percentile(0.5, duration, { by: ['stage'], over: '1h' }),
    on: [
      duration.bucket.series({ stage: 'total', le: 0.5 }, '0+0x60'),
      duration.bucket.series({ stage: 'total', le: 1 }, '0+4x60'),
      duration.bucket.series({ stage: 'total', le: '+Inf' }, '0+4x60'),
    ],
    gives: { '{stage="total"}': 0.75 },
  },
  'an age is time since the moment': {
    query: age(finished({ pipeline_name: 'train' })),
    on: [finished.series({ ...train, job: 'app' }, '600x60')],
    gives: { '{job="app", pipeline_name="train"}': 3000 },
  },
  'an age by labels is that of the newest moment': {
    query: age(finished, { by: ['pipeline_name'] }),
    on: [
      finished.series({ ...train, instance: 'a' }, '600x60'),
      finished.series({ ...train, instance: 'b' }, '1200x60'),
    ],
    gives: { '{pipeline_name="train"}': 2400 },
  },
  'an age of milliseconds is in seconds': {
    query: age(finishedMs),
    on: [finishedMs.series({}, '600000x60')],
    gives: { '{}': 3000 },
  },
  'shares are of the total': {
    query: share(memory, { by: ['instance'] }),
    on: [memory.series({ instance: 'a' }, '1x60'), memory.series({ instance: 'b' }, '3x60')],
    gives: { '{instance="a"}': 0.25, '{instance="b"}': 0.75 },
  },
  'shares can be of a group': {
    query: share(memory, { by: ['job', 'instance'], of: ['job'] }),
    on: [
      memory.series({ job: 'app', instance: 'a' }, '1x60'),
      memory.series({ job: 'app', instance: 'b' }, '1x60'),
      memory.series({ job: 'app2' as 'app', instance: 'a' }, '7x60'),
    ],
    gives: { '{instance="a", job="app"}': 0.5, '{instance="b", job="app"}': 0.5, '{instance="a", job="app2"}': 1 },
  },
  'shares of a counter are of what was counted in the range': {
    query: share(runs, { by: ['status'], over: '1h' }),
    on: [runs.series({ status: 'success' }, '1000+3x60'), runs.series({ status: 'failure' }, '5+1x60')],
    gives: { '{status="success"}': 0.75, '{status="failure"}': 0.25 },
  },
};

function written(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, value]) => `${name}="${value}"`).join(', ')}}`;
}

describe('on real samples', () => {
  let results: readonly EvaluationResult[] = [];
  beforeAll(async () => {
    results = await evaluateAll(
      Object.values(CLAIMS).map(({ query, on }) => ({
        expr: print(query.expr),
        series: Object.fromEntries(on.map(({ series, values }) => [series, values])),
        at: '1h',
      })),
    );
  });

  test.each(Object.entries(CLAIMS))('%s', (name, { gives }) => {
    const result = results[Object.keys(CLAIMS).indexOf(name)];
    expect(result?.error).toBeUndefined();
    const samples = (result?.error === undefined ? result?.samples : undefined) ?? [];
    const found = Object.fromEntries(samples.map(({ labels, value }) => [written(labels), value]));
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(gives).toSorted());
    for (const [labels, value] of Object.entries(gives)) expect(found[labels]).toBeCloseTo(value, 9);
  });
});

describe('as text', () => {
  test('a mean and a percentile of a native histogram need no buckets', () => {
    expect(print(mean(native, { by: ['stage'], over: '5m' }).expr)).toBe(
      'histogram_sum(sum by (stage) (rate(native_seconds[5m]))) / (histogram_count(sum by (stage) (rate(native_seconds[5m]))) > 0)',
    );
    expect(print(percentile(0.9, native, { over: '5m' }).expr)).toBe(
      'histogram_quantile(0.9, sum(rate(native_seconds[5m])))',
    );
  });

  test('a range left out is automatic', () => {
    expect(print(ratio(runs({ status: 'success' }), runs).expr)).toContain('[$__auto_range]');
  });
});

describe('bad input', () => {
  test('a ratio of raw selectors over a range says what to write', () => {
    const raw = selector('jobs_total');
    expect(() => ratio(raw, raw, { over: '1h' })).toThrow(
      'ratio() cannot know whether jobs_total is a counter, as no definition says so: pass increase(…) or sumOverTime(…)',
    );
  });

  test('a ratio of expressions takes no second range', () => {
    const expression = promql`rate(${runs}[5m])`;
    expect(() => ratio(expression, sum(expression), { over: '1h' })).toThrow('the expression has its own ranges');
  });

  test('a percentile of 95 asks whether 0.95 was meant', () => {
    expect(() => percentile(95, duration)).toThrow('lies between 0 and 1, but it is 95. Did you mean 0.95?');
  });
});
