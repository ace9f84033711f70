/** What the compiler refuses, and that a person can read why. */
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPILERS, messages, type CompilerName, type Messages } from './compile.ts';

const METRICS = `
import * as dw from 'dashwright';
const node = dw.exporter('node', { scrapeInterval: '15s' });
const app = dw.exporter('app', { scrapeInterval: '30s' });
const runs = dw.counter('runs_total', { labels: { pipeline_name: dw.any, status: dw.oneOf('success', 'failure') }, from: app });
const received = dw.counter('received_bytes_total', { unit: 'bytes', labels: { device: dw.any }, from: node });
const memory = dw.gauge('memory_bytes', { unit: 'bytes', from: node });
const latencyNow = dw.gauge('latency_now_seconds', { unit: 'seconds', from: node });
const done = dw.gauge('done_timestamp_seconds', { unit: 'timestamp_seconds', labels: { pipeline_name: dw.any }, from: app });
const duration = dw.histogram('duration_seconds', {
  unit: 'seconds', labels: { stage: dw.oneOf('total', 'build') }, buckets: [15, 30, 60], from: app });
const native = dw.nativeHistogram('native_seconds', { unit: 'seconds', labels: { stage: dw.any }, from: app });
const build = dw.info('build_info', { labels: { version: dw.any }, from: app });
const team: { kind: 'variable'; name: string } = { kind: 'variable', name: 'team' };
`;

interface Refusal {
  readonly code: string;
  /** What a person must find in the message. */
  readonly says: readonly string[];
}

const REFUSED: Readonly<Record<string, Refusal>> = {
  'an unknown label of a selector': {
    code: `runs({ pipelin_name: 'x' })`,
    says: [`'pipelin_name' does not exist`, `Did you mean to write 'pipeline_name'?`],
  },
  'an unknown label of an aggregation': {
    code: `dw.sum(dw.rate(runs), { by: ['pipelin_name'] })`,
    says: [`"pipelin_name"`, `Did you mean '"pipeline_name"'?`],
  },
  'an unknown label of without': {
    code: `dw.sum(dw.rate(runs), { without: ['instanc'] })`,
    says: [`"instanc"`, `Did you mean '"instance"'?`],
  },
  'by a label where an aggregation inside has kept none': {
    code: `dw.max(dw.sum(dw.rate(runs)), { by: ['job'] })`,
    says: [`"job"`, 'no label, because this query has none', 'as in sum(…, { by: […] })'],
  },
  'the largest by a label where an aggregation inside has kept none': {
    code: `dw.topk(5, dw.sum(dw.rate(runs)), { by: ['job'] })`,
    says: [`"job"`, 'no label, because this query has none', 'as in sum(…, { by: […] })'],
  },
  'a share by a label where an aggregation inside has kept none': {
    code: `dw.share(dw.sum(memory), { by: ['job'] })`,
    says: [`"job"`, 'no label, because this query has none'],
  },
  'a label to copy where an aggregation inside has kept none': {
    code: `dw.labelReplace(dw.sum(memory), { target: 'node', replacement: '$1', source: 'instance', regex: /(.*):\\d+/ })`,
    says: [`"instance"`, 'no label, because this query has none'],
  },
  'an unknown value of a closed set': {
    code: `runs({ status: 'sucess' })`,
    says: [`"sucess"`, `Did you mean '"success"'?`],
  },
  'an unknown value in a list': {
    code: `runs({ status: ['success', 'cancelled'] })`,
    says: [`"cancelled"`, `"success"`],
  },
  'an unknown value in a negation': {
    code: `runs({ status: dw.not('sucess') })`,
    says: [`"sucess"`, `"success"`],
  },
  'a bucket bound that the histogram does not have': {
    code: `duration.bucket({ le: 20 })`,
    says: [`20`, `15`],
  },
  'a job that the exporter does not have': {
    code: `memory({ job: 'app' })`,
    says: [`"app"`, `"node"`],
  },
  'rate of a gauge': {
    code: `dw.rate(memory)`,
    says: ['rate() needs a counter, but memory_bytes is a gauge'],
  },
  'irate of a gauge': {
    code: `dw.irate(memory)`,
    says: ['irate() needs a counter, but memory_bytes is a gauge'],
  },
  'increase of a gauge': {
    code: `dw.increase(memory({ instance: 'x' }), '1h')`,
    says: ['increase() needs a counter, but memory_bytes is a gauge'],
  },
  'resets of a gauge': {
    code: `dw.resets(memory)`,
    says: ['resets() needs a counter, but memory_bytes is a gauge'],
  },
  'rate of an aggregation': {
    code: `dw.rate(dw.sum(runs), '5m')`,
    says: ['write sum(rate(runs_total)), not rate(sum(runs_total))'],
  },
  'increase of a subquery of an aggregation': {
    code: `dw.increase(dw.subquery(dw.sum(runs), '1h', '1m'))`,
    says: ['write sum(increase(runs_total)), not increase(sum(runs_total))'],
  },
  'rate of a rate': {
    code: `dw.rate(dw.rate(runs), '5m')`,
    says: ['rate() needs a counter, but runs_total is a gauge'],
  },
  'delta of a counter': {
    code: `dw.delta(runs, '1h')`,
    says: ['delta() is for gauges, but runs_total is a counter'],
  },
  'deriv of a counter': {
    code: `dw.deriv(received, '1h')`,
    says: ['deriv() is for gauges, but received_bytes_total is a counter'],
  },
  'predictLinear of a counter': {
    code: `dw.predictLinear(received, '4h', '1h')`,
    says: ['predict_linear() is for gauges, but received_bytes_total is a counter'],
  },
  'avgOverTime of a counter': {
    code: `dw.avgOverTime(runs, '1h')`,
    says: ['avg_over_time() is for gauges, but runs_total is a counter'],
  },
  'quantileOverTime of a counter': {
    code: `dw.quantileOverTime(0.9, runs, '1h')`,
    says: ['quantile_over_time() is for gauges, but runs_total is a counter'],
  },
  'sides with different labels': {
    code: `dw.div(dw.sum(dw.rate(runs), { by: ['pipeline_name'] }), dw.sum(dw.rate(runs), { by: ['job'] }))`,
    says: ['the two sides have different labels', 'add { on: […] } or { ignoring: […] }', '"pipeline_name"', '"job"'],
  },
  'a comparison of sides with different labels': {
    code: `dw.gt(dw.rate(runs), dw.sum(dw.rate(runs)))`,
    says: ['the two sides have different labels', '"pipeline_name"'],
  },
  'unless of sides with different labels': {
    code: `dw.unless(runs, memory)`,
    says: ['the two sides have different labels', '"pipeline_name"'],
  },
  'on of a label that only one side has': {
    code: `dw.div(dw.rate(runs), dw.rate(received), { on: ['device'] })`,
    says: [`"device"`, `"instance"`],
  },
  'ignoring of too few labels': {
    code: `dw.div(dw.rate(runs), dw.sum(dw.rate(runs), { by: ['job'] }), { ignoring: ['status'] })`,
    says: ['the two sides have different labels', '"pipeline_name"'],
  },
  'groupLeft of a label that the other side lacks': {
    code: `dw.mul(dw.rate(runs), build, { on: ['instance'], groupLeft: ['verson'] })`,
    says: [`"verson"`, `Did you mean '"version"'?`],
  },
  'groupRight of a label that the other side lacks': {
    code: `dw.mul(build, dw.rate(runs), { on: ['instance'], groupRight: ['status'] })`,
    says: [`"status"`, `"version"`],
  },
  'histogramQuantile without le': {
    code: `dw.histogramQuantile(0.9, dw.sum(dw.rate(duration.bucket), { by: ['stage'] }))`,
    says: ['histogram_quantile() needs the label le', 'duration_seconds_bucket', '"stage"'],
  },
  'histogramQuantile of a sum': {
    code: `dw.histogramQuantile(0.9, dw.rate(duration.sum))`,
    says: ['histogram_quantile() needs the label le', 'duration_seconds_sum'],
  },
  'statistics of a native histogram from something else': {
    code: `dw.histogramAvg(dw.rate(runs))`,
    says: ['histogram_avg() needs a native histogram, but runs_total is a gauge'],
  },
  'a histogram as a query': {
    code: `dw.rate(duration)`,
    says: ['duration_seconds'],
  },
  'bytes plus seconds': {
    code: `dw.add(memory, latencyNow)`,
    says: ['cannot add seconds to bytes'],
  },
  'bytes less seconds': {
    code: `dw.sub(memory, latencyNow)`,
    says: ['cannot subtract seconds from bytes'],
  },
  'bytes compared with seconds': {
    code: `dw.gt(memory, latencyNow)`,
    says: ['cannot compare bytes with seconds'],
  },
  'a moment compared with a length of time': {
    code: `dw.gt(done, dw.vector(dw.mul(dw.pi(), dw.sub(dw.time(), dw.time()))), { on: [], groupLeft: [] })`,
    says: ['cannot compare timestamp_seconds with seconds'],
  },
  'bytes beside seconds': {
    code: `dw.or(memory, latencyNow)`,
    says: ['cannot put seconds beside bytes'],
  },
  'bytes compared with bytes per second': {
    code: `dw.gt(dw.sum(memory), dw.sum(dw.rate(received)))`,
    says: ['cannot compare bytes with bytes/second'],
  },
  'a percentage compared with a ratio': {
    code: `dw.gt(dw.mul(dw.div(dw.sum(memory), dw.sum(memory)), 100), dw.div(dw.sum(memory), dw.sum(memory)))`,
    says: ['cannot compare percent with ratio'],
  },
  'the age of a length of time': {
    code: `dw.age(latencyNow)`,
    says: ['age() needs a moment in seconds since 1970, but latency_now_seconds is in seconds'],
  },
  'a ratio of an aggregated counter': {
    code: `dw.ratio(dw.sum(runs({ status: 'success' })), dw.sum(runs))`,
    says: ['ratio() adds up by itself', 'pass runs_total as it is'],
  },
  'a ratio by a label that the whole lacks': {
    code: `dw.ratio(received, memory, { by: ['device'] })`,
    says: [`"device"`, `"instance"`],
  },
  'a share by an unknown label': {
    code: `dw.share(memory, { by: ['instanc'] })`,
    says: [`"instanc"`, `Did you mean '"instance"'?`],
  },
  'the mean of an unknown stage': {
    code: `dw.mean(duration, { where: { stage: 'tota' } })`,
    says: [`"tota"`, `"total"`],
  },
  'an unknown duration': {
    code: `dw.rate(runs, '5 minutes')`,
    says: [`"5 minutes"`, `Range<"such as 5m, 1h30m or 7d">`],
  },
  'a duration with a fraction': {
    code: `dw.rate(runs, '1.5h')`,
    says: [`"1.5h"`, `Range<"such as 5m, 1h30m or 7d">`],
  },
  'a number as a range': {
    code: `dw.increase(runs, 3600)`,
    says: [`3600`, `Range<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown duration as an offset': {
    code: `dw.offset(memory, 'yesterday')`,
    says: [`"yesterday"`, `Range<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown duration of a pattern': {
    code: `dw.ratio(runs({ status: 'success' }), runs, { over: '7 days' })`,
    says: [`"7 days"`, `Range<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown duration ahead': {
    code: `dw.predictLinear(memory, '4 hours', '1h')`,
    says: [`"4 hours"`, `Duration<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown duration of an alert': {
    code: `dw.alert('A', { expr: memory, for: '5min', severity: 'page', summary: 's', description: 'd' })`,
    says: [`"5min"`, `Duration<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown interval of a group': {
    code: `dw.ruleGroup('g', { interval: '1 m' }, [])`,
    says: [`"1 m"`, `Duration<"such as 5m, 1h30m or 7d">`],
  },
  'an unknown unit': {
    code: `dw.gauge('x', { unit: 'secnds' })`,
    says: [`"secnds"`, `Did you mean '"seconds"'?`],
  },
  'an unknown scrape interval': {
    code: `dw.exporter('x', { scrapeInterval: 'often' })`,
    says: [`"often"`, `ScrapeInterval<"such as 15s or 1m">`],
  },
  'a label that the expression dropped, in another room’s text': {
    code: `
      declare function legend<Q extends dw.AnyQuery, const Used extends string>(query: Q, used: Used & dw.OnlyLabelsOf<Q, Used>): void;
      legend(dw.sum(dw.rate(runs), { by: ['job'] }), 'status')`,
    says: ['the expression has no label status'],
  },
  'an unknown label of labelReplace': {
    code: `dw.labelReplace(memory, { target: 'node', replacement: '$1', source: 'instanc', regex: /(.*):\\d+/ })`,
    says: [`"instanc"`, `Did you mean '"instance"'?`],
  },
};

const ACCEPTED: Readonly<Record<string, string>> = {
  'labels of the exporter': `dw.sum(dw.rate(runs({ job: 'app', instance: 'x' })), { by: ['job', 'instance'] })`,
  'every form of a matcher': `runs({ status: dw.not(['success']), pipeline_name: dw.matching(/tr.*/), instance: team, job: ['app'] });
      runs({ status: dw.not(dw.matching(/s.*/)), pipeline_name: dw.not(team), instance: dw.not({ ...team, more: 1 }) }); dw.selector('x', { y: dw.not(dw.matching(/a/)) })`,
  'a matcher that was made before': `
      const noTests = dw.not(dw.matching('test-.*')); const others = { instance: dw.not(team), pipeline_name: noTests };
      runs({ pipeline_name: noTests, status: dw.not('failure') }); runs({ status: noTests }); runs(others); duration.bucket({ le: noTests })
      dw.mean(duration, { where: { stage: noTests } }); const given: dw.Match = noTests; dw.selector('x', { y: given })`,
  'functions of the author’s own': `
      function top<L extends string>(query: dw.Vector<L>, by: readonly L[], over: dw.Duration) {
        return dw.topk(5, dw.max(dw.maxOverTime(query, over), { by }), { by });
      }
      top(memory, ['job'], '1h30m'); const ranges: readonly dw.Range[] = ['5m', team]; dw.rate(runs, ranges[0] ?? '1d')`,
  'an aggregation of an aggregation': `dw.max(dw.sum(memory)); dw.topk(5, dw.sum(memory)); dw.sum(dw.sum(memory), { by: [] })`,
  'rates of a histogram’s series': `dw.rate(duration.bucket({ le: 30 })); dw.rate(duration.sum); dw.increase(duration.count, '1d')`,
  'sides aggregated alike': `dw.div(dw.sum(dw.rate(runs), { by: ['job'] }), dw.sum(dw.rate(runs), { by: ['job'] }))`,
  'a join with an info metric': `dw.sum(dw.mul(dw.rate(runs), build, { on: ['job', 'instance'], groupLeft: ['version'] }), { by: ['version'] })`,
  'a match on no label': `dw.div(dw.rate(runs), dw.sum(dw.rate(runs)), { on: [], groupLeft: [] })`,
  'numbers on both sides': `dw.gt(dw.sub(1, dw.div(dw.sum(memory), dw.sum(memory))), 0.9)`,
  'a moment less a moment': `dw.gt(dw.sub(dw.time(), done), 3600); dw.sub(done, done)`,
  'CPU seconds per second compared with cores': `
      const cpu = dw.counter('cpu_seconds_total', { unit: 'seconds', from: node });
      const requested = dw.gauge('requested_cores', { unit: 'cores', from: node });
      dw.gt(dw.sum(dw.rate(cpu)), dw.sum(requested))`,
  'raw PromQL everywhere': `
      const raw = dw.promql\`topk(5, \${dw.rate(runs)})\`;
      dw.sum(dw.rate(raw, '5m'), { by: ['anything'] }); dw.div(raw, dw.rate(runs)); dw.histogramQuantile(0.9, raw); dw.add(raw, memory)`,
  'compound durations': `dw.rate(runs, '1h30m'); dw.rate(runs, '90s'); dw.offset(memory, '-1d12h'); dw.rate(runs, team)`,
  'a metric without a declared unit beside one with': `dw.add(dw.sum(memory), dw.sum(dw.gauge('x', { from: node })))`,
  'a quantile of a native histogram': `dw.histogramQuantile(0.9, dw.sum(dw.rate(native), { by: ['stage'] }))`,
  patterns: `
      dw.ratio(runs({ status: 'success' }), runs, { by: ['pipeline_name'], over: '7d' });
      dw.mean(duration, { where: { stage: 'total' }, by: ['instance'] }); dw.percentile(0.9, duration); dw.percentile(0.9, native, { by: ['stage'] });
      dw.age(done); dw.share(memory, { by: ['job', 'instance'], of: ['job'] })`,
  'a dashboard variable as a threshold': `dw.gt(memory, team); dw.topk(team, memory)`,
};

const fixtures: Messages = Object.fromEntries([
  ...Object.values(REFUSED).map(({ code }, index) => [`refused-${index}`, METRICS + code]),
  ...Object.values(ACCEPTED).map((code, index) => [`accepted-${index}`, METRICS + code]),
]);

describe.each(Object.keys(COMPILERS) as CompilerName[])('%s', (compiler) => {
  let said: Messages = {};
  beforeAll(async () => {
    said = await messages(compiler, fixtures);
  });

  test.each(Object.entries(REFUSED))('refuses %s', (name, { says }) => {
    const message = said[`refused-${Object.keys(REFUSED).indexOf(name)}`];
    for (const text of says) expect(message).toContain(text);
  });

  test.each(Object.keys(ACCEPTED))('accepts %s', (name) => {
    expect(said[`accepted-${Object.keys(ACCEPTED).indexOf(name)}`]).toBe('');
  });
});
