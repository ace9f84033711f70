/** Every function and operator as text, and what promtool says of it. */
import * as dw from 'dashwright';
import { parse, equal, print, functions, aggregations } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';
import { checkRulesText } from '../engines/promtool.ts';
import { build, cpu, duration, finished, latency, limit, memory, native, phase, runs, team } from './metrics.ts';

interface Case {
  readonly query: dw.QueryValue;
  readonly text: string;
  /** Why promtool 2.42 cannot be asked. */
  readonly newer?: true;
}

/** The linter takes every `.sort(…)` for that of an array. */
const { sort: inOrder } = dw;

const byJob = { by: ['job'] } as const;

const STABLE: readonly (readonly [dw.QueryValue, string])[] = [
  // Selectors
  [runs, 'runs_total'],
  [runs(), 'runs_total'],
  [runs({ status: 'success' }), 'runs_total{status="success"}'],
  [runs({ status: ['success', 'failure'] }), 'runs_total{status=~"success|failure"}'],
  [runs({ status: ['success'] }), 'runs_total{status="success"}'],
  [runs({ status: dw.not('success') }), 'runs_total{status!="success"}'],
  [runs({ status: dw.not(['success', 'failure']) }), 'runs_total{status!~"success|failure"}'],
  [runs({ pipeline_name: dw.matching(/tr.*n/) }), 'runs_total{pipeline_name=~"tr.*n"}'],
  [runs({ pipeline_name: dw.matching(/a\/b/) }), 'runs_total{pipeline_name=~"a/b"}'],
  [runs({ pipeline_name: dw.not(dw.matching('(?i)x')) }), 'runs_total{pipeline_name!~"(?i)x"}'],
  [runs({ pipeline_name: ['a.b', 'c+d'] }), 'runs_total{pipeline_name=~"a\\\\.b|c\\\\+d"}'],
  [runs({ pipeline_name: team }), 'runs_total{pipeline_name=~"$team"}'],
  [runs({ pipeline_name: dw.not(team) }), 'runs_total{pipeline_name!~"$team"}'],
  [runs({ job: 'app', instance: 'a "b" \\ c' }), 'runs_total{job="app",instance="a \\"b\\" \\\\ c"}'],
  [duration.bucket({ le: 0.5 }), 'duration_seconds_bucket{le="0.5"}'],
  [duration.bucket({ le: 1 }), 'duration_seconds_bucket{le=~"1(\\\\.0)?"}'],
  [duration.bucket({ le: '+Inf' }), 'duration_seconds_bucket{le="+Inf"}'],
  [duration.bucket({ le: [0.5, 60] }), 'duration_seconds_bucket{le=~"0\\\\.5|60(\\\\.0)?"}'],
  [duration.bucket({ le: dw.not(1) }), 'duration_seconds_bucket{le!~"1(\\\\.0)?"}'],
  [latency.quantile({ quantile: 0.99 }), 'latency_seconds{quantile="0.99"}'],
  [latency.quantile({ quantile: 1 }), 'latency_seconds{quantile=~"1(\\\\.0)?"}'],
  [latency.count, 'latency_seconds_count'],
  [dw.selector('ALERTS', { alertstate: 'firing' }), 'ALERTS{alertstate="firing"}'],
  [dw.selector({ __name__: dw.matching(/job:.+/) }), '{__name__=~"job:.+"}'],
  // Aggregations
  [dw.sum(memory), 'sum(memory_bytes)'],
  [dw.sum(memory, { by: ['job', 'instance'] }), 'sum by (job, instance) (memory_bytes)'],
  [dw.sum(memory, { without: ['instance'] }), 'sum without (instance) (memory_bytes)'],
  [dw.sum(memory, { without: [] }), 'sum without () (memory_bytes)'],
  [dw.avg(memory, byJob), 'avg by (job) (memory_bytes)'],
  [dw.min(memory, byJob), 'min by (job) (memory_bytes)'],
  [dw.max(memory, byJob), 'max by (job) (memory_bytes)'],
  [dw.count(memory, byJob), 'count by (job) (memory_bytes)'],
  [dw.group(memory, byJob), 'group by (job) (memory_bytes)'],
  [dw.stddev(memory, byJob), 'stddev by (job) (memory_bytes)'],
  [dw.stdvar(memory, byJob), 'stdvar by (job) (memory_bytes)'],
  [dw.topk(5, memory), 'topk(5, memory_bytes)'],
  [dw.bottomk(dw.scalar(dw.count(phase)), memory, byJob), 'bottomk by (job) (scalar(count(phase)), memory_bytes)'],
  [dw.quantile(0.9, memory, byJob), 'quantile by (job) (0.9, memory_bytes)'],
  [dw.countValues('bytes', memory, byJob), 'count_values by (job) ("bytes", memory_bytes)'],
  // Over time
  [dw.rate(runs, '5m'), 'rate(runs_total[5m])'],
  [dw.irate(runs, '1h30m'), 'irate(runs_total[1h30m])'],
  [dw.increase(runs({ status: 'failure' }), '7d'), 'increase(runs_total{status="failure"}[1w])'],
  [dw.resets(runs, '5m'), 'resets(runs_total[5m])'],
  [dw.changes(memory, '5m'), 'changes(memory_bytes[5m])'],
  [dw.delta(memory, '5m'), 'delta(memory_bytes[5m])'],
  [dw.idelta(memory, '5m'), 'idelta(memory_bytes[5m])'],
  [dw.deriv(memory, '5m'), 'deriv(memory_bytes[5m])'],
  [dw.predictLinear(memory, '4h', '1h'), 'predict_linear(memory_bytes[1h], 14400)'],
  [dw.predictLinear(memory, 60, '1h'), 'predict_linear(memory_bytes[1h], 60)'],
  [dw.avgOverTime(memory, '5m'), 'avg_over_time(memory_bytes[5m])'],
  [dw.minOverTime(memory, '5m'), 'min_over_time(memory_bytes[5m])'],
  [dw.maxOverTime(memory, '5m'), 'max_over_time(memory_bytes[5m])'],
  [dw.sumOverTime(memory, '5m'), 'sum_over_time(memory_bytes[5m])'],
  [dw.countOverTime(memory, '5m'), 'count_over_time(memory_bytes[5m])'],
  [dw.stddevOverTime(memory, '5m'), 'stddev_over_time(memory_bytes[5m])'],
  [dw.stdvarOverTime(memory, '5m'), 'stdvar_over_time(memory_bytes[5m])'],
  [dw.quantileOverTime(0.9, memory, '5m'), 'quantile_over_time(0.9, memory_bytes[5m])'],
  [dw.lastOverTime(memory, '5m'), 'last_over_time(memory_bytes[5m])'],
  [dw.presentOverTime(memory, '5m'), 'present_over_time(memory_bytes[5m])'],
  [dw.absentOverTime(memory, '5m'), 'absent_over_time(memory_bytes[5m])'],
  [dw.maxOverTime(dw.subquery(dw.rate(runs, '5m'), '1h', '1m')), 'max_over_time(rate(runs_total[5m])[1h:1m])'],
  [dw.maxOverTime(dw.rate(runs, '5m'), '1h'), 'max_over_time(rate(runs_total[5m])[1h:])'],
  [dw.rate(dw.range(runs, '5m')), 'rate(runs_total[5m])'],
  [dw.rate(runs), 'rate(runs_total[$__auto_range])'],
  [dw.rate(runs, team), 'rate(runs_total[$team])'],
  // Functions
  [dw.abs(memory), 'abs(memory_bytes)'],
  [dw.ceil(memory), 'ceil(memory_bytes)'],
  [dw.floor(memory), 'floor(memory_bytes)'],
  [dw.sgn(memory), 'sgn(memory_bytes)'],
  [dw.exp(memory), 'exp(memory_bytes)'],
  [dw.ln(memory), 'ln(memory_bytes)'],
  [dw.log2(memory), 'log2(memory_bytes)'],
  [dw.log10(memory), 'log10(memory_bytes)'],
  [dw.sqrt(memory), 'sqrt(memory_bytes)'],
  [dw.rad(memory), 'rad(memory_bytes)'],
  [dw.deg(memory), 'deg(memory_bytes)'],
  [dw.sin(memory), 'sin(memory_bytes)'],
  [dw.cos(memory), 'cos(memory_bytes)'],
  [dw.tan(memory), 'tan(memory_bytes)'],
  [dw.asin(memory), 'asin(memory_bytes)'],
  [dw.acos(memory), 'acos(memory_bytes)'],
  [dw.atan(memory), 'atan(memory_bytes)'],
  [dw.sinh(memory), 'sinh(memory_bytes)'],
  [dw.cosh(memory), 'cosh(memory_bytes)'],
  [dw.tanh(memory), 'tanh(memory_bytes)'],
  [dw.asinh(memory), 'asinh(memory_bytes)'],
  [dw.acosh(memory), 'acosh(memory_bytes)'],
  [dw.atanh(memory), 'atanh(memory_bytes)'],
  [inOrder(memory), 'sort(memory_bytes)'],
  [dw.sortDesc(memory), 'sort_desc(memory_bytes)'],
  [dw.absent(runs({ job: 'app' })), 'absent(runs_total{job="app"})'],
  [dw.timestamp(memory), 'timestamp(memory_bytes)'],
  [dw.minute(), 'minute()'],
  [dw.hour(finished), 'hour(finished_timestamp_seconds)'],
  [dw.dayOfWeek(), 'day_of_week()'],
  [dw.dayOfMonth(), 'day_of_month()'],
  [dw.dayOfYear(), 'day_of_year()'],
  [dw.daysInMonth(), 'days_in_month()'],
  [dw.month(), 'month()'],
  [dw.year(finished), 'year(finished_timestamp_seconds)'],
  [dw.clamp(memory, 0, 1), 'clamp(memory_bytes, 0, 1)'],
  [dw.clampMin(memory, 0), 'clamp_min(memory_bytes, 0)'],
  [dw.clampMax(memory, team), 'clamp_max(memory_bytes, $team)'],
  [dw.round(memory), 'round(memory_bytes)'],
  [dw.round(memory, 0.1), 'round(memory_bytes, 0.1)'],
  [dw.scalar(memory), 'scalar(memory_bytes)'],
  [dw.vector(1), 'vector(1)'],
  [dw.vector(dw.time()), 'vector(time())'],
  [dw.pi(), 'pi()'],
  [dw.number(Infinity), '+Inf'],
  [dw.number(NaN), 'NaN'],
  [dw.number(-1.5), '-1.5'],
  [
    dw.labelReplace(memory, { target: 'host', replacement: '$1', source: 'instance', regex: /(.+):\d+/ }),
    'label_replace(memory_bytes, "host", "$1", "instance", "(.+):\\\\d+")',
  ],
  [
    dw.labelJoin(memory, { target: 'where', separator: '/', sources: ['job', 'instance'] }),
    'label_join(memory_bytes, "where", "/", "job", "instance")',
  ],
  // Histograms
  [
    dw.histogramQuantile(0.9, dw.sum(dw.rate(duration.bucket, '5m'), { by: ['le'] })),
    'histogram_quantile(0.9, sum by (le) (rate(duration_seconds_bucket[5m])))',
  ],
  [dw.histogramFraction(0, 1, dw.rate(native, '5m')), 'histogram_fraction(0, 1, rate(native_seconds[5m]))'],
  [dw.histogramCount(dw.rate(native, '5m')), 'histogram_count(rate(native_seconds[5m]))'],
  [dw.histogramSum(dw.rate(native, '5m')), 'histogram_sum(rate(native_seconds[5m]))'],
  // Operators
  [dw.add(memory, limit), 'memory_bytes + limit_bytes'],
  [dw.sub(1, dw.div(memory, limit)), '1 - memory_bytes / limit_bytes'],
  [dw.mul(dw.sub(limit, memory), 2), '(limit_bytes - memory_bytes) * 2'],
  [dw.mod(memory, 1024), 'memory_bytes % 1024'],
  [dw.pow(dw.pow(memory, 2), 3), '(memory_bytes ^ 2) ^ 3'],
  [dw.atan2(memory, limit), 'memory_bytes atan2 limit_bytes'],
  [dw.eq(memory, 0), 'memory_bytes == 0'],
  [dw.ne(memory, limit), 'memory_bytes != limit_bytes'],
  [dw.gt(memory, 0, { bool: true }), 'memory_bytes > bool 0'],
  [dw.lt(memory, limit), 'memory_bytes < limit_bytes'],
  [dw.ge(memory, limit), 'memory_bytes >= limit_bytes'],
  [dw.le(1, memory), '1 <= memory_bytes'],
  [dw.and(memory, dw.gt(limit, 0)), 'memory_bytes and limit_bytes > 0'],
  [dw.unless(memory, runs, { on: ['job'] }), 'memory_bytes unless on (job) runs_total'],
  [dw.or(dw.sum(memory), dw.vector(0)), 'sum(memory_bytes) or vector(0)'],
  [dw.neg(memory), '-memory_bytes'],
  [
    dw.div(dw.rate(runs, '5m'), dw.rate(cpu, '5m'), { ignoring: ['pipeline_name', 'status'], groupLeft: [] }),
    'rate(runs_total[5m]) / ignoring (pipeline_name, status) group_left () rate(cpu_seconds_total[5m])',
  ],
  [
    dw.mul(memory, build, { on: ['job', 'instance'], groupLeft: ['version'] }),
    'memory_bytes * on (job, instance) group_left (version) build_info',
  ],
  [
    dw.mul(build, memory, { on: ['instance'], groupRight: ['version'] }),
    'build_info * on (instance) group_right (version) memory_bytes',
  ],
  [dw.div(memory, dw.sum(memory), { on: [], groupLeft: [] }), 'memory_bytes / on () group_left () sum(memory_bytes)'],
  [dw.gt(dw.time(), dw.number(5), { bool: true }), 'time() > bool 5'],
  [dw.gt(memory, team), 'memory_bytes > $team'],
  // Modifiers
  [dw.offset(memory, '1d'), 'memory_bytes offset 1d'],
  [dw.offset(memory, '-5m'), 'memory_bytes offset -5m'],
  [dw.offset(dw.sum(dw.rate(runs, '5m')), '1w'), 'sum(rate(runs_total[5m] offset 1w))'],
  [dw.offset(dw.offset(memory, '1h'), '1d'), 'memory_bytes offset 1d1h'],
  [dw.offset(dw.maxOverTime(dw.rate(runs, '5m'), '1h'), '1d'), 'max_over_time(rate(runs_total[5m])[1h:] offset 1d)'],
  [dw.at(memory, 1609746000), 'memory_bytes @ 1609746000'],
  [dw.at(dw.sum(dw.rate(runs, '5m')), 'end'), 'sum(rate(runs_total[5m] @ end()))'],
  [dw.at(dw.offset(memory, '1h'), 'start'), 'memory_bytes @ start() offset 1h'],
];

const NEWER: readonly (readonly [dw.QueryValue, string])[] = [
  [dw.limitk(5, memory), 'limitk(5, memory_bytes)'],
  [dw.limitRatio(0.1, memory), 'limit_ratio(0.1, memory_bytes)'],
  [dw.madOverTime(memory, '5m'), 'mad_over_time(memory_bytes[5m])'],
  [dw.firstOverTime(memory, '5m'), 'first_over_time(memory_bytes[5m])'],
  [dw.tsOfFirstOverTime(memory, '5m'), 'ts_of_first_over_time(memory_bytes[5m])'],
  [dw.tsOfLastOverTime(memory, '5m'), 'ts_of_last_over_time(memory_bytes[5m])'],
  [dw.tsOfMaxOverTime(memory, '5m'), 'ts_of_max_over_time(memory_bytes[5m])'],
  [dw.tsOfMinOverTime(memory, '5m'), 'ts_of_min_over_time(memory_bytes[5m])'],
  [dw.doubleExponentialSmoothing(memory, 0.5, 0.1, '5m'), 'double_exponential_smoothing(memory_bytes[5m], 0.5, 0.1)'],
  [dw.sortByLabel(memory, 'job', 'instance'), 'sort_by_label(memory_bytes, "job", "instance")'],
  [dw.sortByLabelDesc(memory, 'job'), 'sort_by_label_desc(memory_bytes, "job")'],
  [dw.startTimestamp(memory), 'start_timestamp(memory_bytes)'],
  [dw.start(), 'start()'],
  [dw.end(), 'end()'],
  [dw.step(), 'step()'],
  [dw.queryRange(), 'range()'],
  [dw.minOf(1, dw.time()), 'min_of(1, time())'],
  [dw.maxOf(1, 2), 'max_of(1, 2)'],
  [dw.joinInfo(memory), 'info(memory_bytes)'],
  [
    dw.joinInfo(memory, dw.selector({ __name__: 'build_info', version: dw.matching(/.+/) })),
    'info(memory_bytes, {__name__="build_info",version=~".+"})',
  ],
  [dw.histogramAvg(dw.rate(native, '5m')), 'histogram_avg(rate(native_seconds[5m]))'],
  [dw.histogramStddev(dw.rate(native, '5m')), 'histogram_stddev(rate(native_seconds[5m]))'],
  [dw.histogramStdvar(dw.rate(native, '5m')), 'histogram_stdvar(rate(native_seconds[5m]))'],
  [
    dw.histogramQuantiles(dw.rate(native, '5m'), 'q', [0.5, 0.9]),
    'histogram_quantiles(rate(native_seconds[5m]), "q", 0.5, 0.9)',
  ],
  [dw.trimUpper(native, 1), 'native_seconds </ 1'],
  [dw.trimLower(native, 1), 'native_seconds >/ 1'],
  [dw.div(memory, limit, { fill: 0 }), 'memory_bytes / fill (0) limit_bytes'],
  [
    dw.div(memory, limit, { on: ['job', 'instance'], fill: { left: 0, right: 1 } }),
    'memory_bytes / on (job, instance) fill_left (0) fill_right (1) limit_bytes',
  ],
  [dw.rate(dw.extended(runs, 'smoothed'), '5m'), 'rate(runs_total[5m] smoothed)'],
  [dw.string('text'), '"text"'],
];

const cases: readonly Case[] = [
  ...STABLE.map(([query, text]) => ({ query, text })),
  ...NEWER.map(([query, text]) => ({ query, text, newer: true as const })),
];

describe('what authors write', () => {
  test.each(cases)('prints as $text', ({ query, text }) => {
    expect(print(query.expr)).toBe(text);
  });

  test.each(cases)('parses back to the same tree: $text', ({ query, text }) => {
    expect(equal(parse(text, { variables: true }), query.expr)).toBe(true);
  });

  test('is accepted by promtool', async () => {
    const expressions = STABLE.map(([query]) => print(query.expr)).filter((text) => !text.includes('$team'));
    const rules = expressions.map((text, index) => {
      const expr = text.replaceAll('$__auto_range', '5m');
      return `      - { record: "r${index}", expr: ${JSON.stringify(expr)} }`;
    });
    const verdict = await checkRulesText(`groups:\n  - name: g\n    rules:\n${rules.join('\n')}\n`);
    expect(verdict.output).toContain(`${expressions.length} rules found`);
  });

  test('is every function and aggregation that Prometheus has', () => {
    const written = new Set<string>();
    for (const { text } of cases)
      for (const [name] of text.matchAll(/\b[a-z_0-9]+(?=\(| by \(| without \()/g)) written.add(name);
    const missing = [...functions.keys(), ...aggregations.keys()].filter((name) => !written.has(name));
    expect(missing).toEqual([]);
  });

  test('is frozen, with every node', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    for (const { query } of cases) expect(frozen(query.expr)).toBe(true);
  });
});
