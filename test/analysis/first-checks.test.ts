/** One check of each family, with what Prometheus says to the claim of each. */
import { describe, expect, test } from 'vitest';
import { analyseQuery } from '../../src/analysis/analyse.ts';
import { closedWorld, exporter, metric, OPEN_WORLD, returns, right, shown, subject, wrong } from './harness.ts';
import type { Place } from '../../src/analysis/subject.ts';

const API = exporter('api', { targets: ['a:1', 'b:1'] });

const world = closedWorld([
  metric('requests_total', 'counter', { exporter: API, labels: { code: ['200', '404', '500'], path: 'any' } }),
  metric('errors_total', 'counter', { exporter: API, labels: { reason: 'any' } }),
  metric('started_total', 'counter', { exporter: API }),
  metric('cpu_seconds_total', 'counter', {
    unit: 'seconds',
    labels: { cpu: 'any', mode: ['idle', 'user'] },
    key: ['instance', 'cpu', 'mode'],
  }),
  metric('memory_bytes', 'gauge', { unit: 'bytes', range: { min: 0 }, key: ['instance'] }),
  metric('limit_bytes', 'gauge', { unit: 'bytes', range: { min: 0 }, key: ['instance'] }),
  metric('uptime_seconds', 'gauge', { unit: 'seconds', range: { min: 0 }, key: ['instance'] }),
  metric('free_ratio', 'gauge', { unit: 'ratio', range: { min: 0, max: 1 } }),
  metric('up', 'gauge'),
  metric('req_seconds', 'histogram', { unit: 'seconds', buckets: [0.1, 1] }),
]);

function alert(annotations: Readonly<Record<string, string>> = {}): Place {
  return { type: 'alert', name: 'A', labels: {}, annotations };
}

describe('Q208: an aggregation of a filter is empty, not 0', () => {
  test('below a limit that 0 would pass', () => {
    wrong('count(up == 1) < 2', 'Q208', 'count(up == 1) < 2', { world });
    wrong('count by (job) (free_ratio > 0.5) == 0', 'Q208', 'count by (job) (free_ratio > 0.5) == 0', {
      world: OPEN_WORLD,
    });
    wrong('2 >= sum(abs(memory_bytes) > 1e9) and on () vector(1)', 'Q208', '2 >= sum(abs(memory_bytes) > 1e9)', {
      world,
    });
  });

  test('not where 0 would not pass, where the empty case is seen to, or without a filter', () => {
    right('count(up == 1) > 2', { world });
    right('count(up == 1) < 2 or absent(up == 1)', { world });
    right('sum((up == 1) or vector(0)) < 2', { world });
    right('sum(up == bool 1) < 2', { world });
    right('sum(up) < 2', { world });
  });

  test('Prometheus', async () => {
    const [wrongly, rightly] = await returns({ 'up{instance="a"}': '0x60', 'up{instance="b"}': '0x60' }, [
      'count(up == 1) < 2',
      'sum(up) < 2',
    ]);
    expect(wrongly?.samples).toEqual([]);
    expect(rightly?.samples).toEqual([{ labels: {}, value: 0 }]);
  });
});

describe('Q226: beyond the last finite bucket', () => {
  const quantile = 'histogram_quantile(0.99, sum by (le) (rate(req_seconds_bucket[5m])))';

  test('above the largest bound, and below the smallest', () => {
    wrong(`${quantile} > 5`, 'Q226', `${quantile} > 5`, { world });
    wrong(`5 <= ${quantile}`, 'Q226', `5 <= ${quantile}`, { world });
    wrong(`max(${quantile} * 1000) >= 2000`, 'Q226', `max(${quantile} * 1000) >= 2000`, { world });
    wrong(`count(${quantile} < 0)`, 'Q226', `${quantile} < 0`, { world });
  });

  test('not at the bound itself, nor where the buckets are not known', () => {
    right(`${quantile} >= 1`, { world });
    right(`${quantile} > 0.5`, { world });
    right(`${quantile} > 5`, { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const series = {
      'req_seconds_bucket{le="0.1"}': '0x60',
      'req_seconds_bucket{le="1"}': '0x60',
      'req_seconds_bucket{le="+Inf"}': '0+10x60',
    };
    const [above, at] = await returns(series, [`${quantile} > 5`, `${quantile} >= 1`]);
    expect(above?.samples).toEqual([]);
    expect(at?.samples).toEqual([{ labels: {}, value: 1 }]);
  });
});

describe('Q301: every series is paired with itself', () => {
  test('also inside functions, below the same grouping, and with a comparison', () => {
    wrong(
      'rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])',
      'Q301',
      'rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])',
      { world },
    );
    wrong('x{code=~"5.."} / x', 'Q301', 'x{code=~"5.."} / x', { world: OPEN_WORLD });
    wrong(
      'max(sum by (code) (rate(x{code="500"}[5m])) / on (code) sum by (code) (rate(x[5m]))) > 0.1',
      'Q301',
      'sum by (code) (rate(x{code="500"}[5m])) / on (code) sum by (code) (rate(x[5m]))',
      { world: OPEN_WORLD },
    );
    wrong('ceil(x{a="1"}) >= ceil(x)', 'Q301', 'ceil(x{a="1"}) >= ceil(x)', { world: OPEN_WORLD });
  });

  test('a rate divided by itself', async () => {
    const pair = 'sum by (a) (rate(x_sum[5m])) / sum by (a) (rate(x_sum[5m]))';
    const { fix } = wrong(`1000 * (${pair})`, 'Q301', pair, { world: OPEN_WORLD });
    expect(fix).toContain('_count');
    wrong('irate(x[5m]) / irate(x[5m]) > 2', 'Q301', 'irate(x[5m]) / irate(x[5m])', { world: OPEN_WORLD });
    right('x / x', { world: OPEN_WORLD });
    right('rate(x[5m]) == rate(x[5m])', { world: OPEN_WORLD });
    right('rate(x_sum[5m]) / rate(x_count[5m])', { world: OPEN_WORLD });
    const [same] = await returns({ 'x_sum{a="b"}': '0+7x60' }, [pair]);
    expect(same?.samples?.[0]?.value).toBe(1);
  });

  test('not where the label is aggregated away or left out, and not for idioms', () => {
    right('sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))', { world });
    right('sum by (path) (rate(requests_total{code="500"}[5m])) / sum by (path) (rate(requests_total[5m]))', { world });
    right('x{code="500"} / ignoring (code) group_left () x{code="200"}', { world: OPEN_WORLD });
    right('(x == x) / x{a="1"} offset 5m', { world: OPEN_WORLD });
    right('count(x{a="1"} > 1) / count(x)', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const series = { 'requests_total{code="200"}': '0+90x60', 'requests_total{code="500"}': '0+10x60' };
    const [own, total] = await returns(series, [
      'rate(requests_total{code="500"}[5m]) / rate(requests_total[5m])',
      'sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m]))',
    ]);
    expect(own?.samples).toEqual([{ labels: { code: '500' }, value: 1 }]);
    expect(total?.samples?.[0]?.value).toBeCloseTo(0.1);
  });
});

describe('Q303: a label that only one side has', () => {
  test('of its own, lost in an aggregation, or named in on()', () => {
    wrong(
      'rate(errors_total[5m]) / rate(started_total[5m])',
      'Q303',
      'rate(errors_total[5m]) / rate(started_total[5m])',
      { world },
    );
    const lost = wrong(
      'sum by (job) (rate(errors_total[5m])) / sum by (job, instance) (rate(started_total[5m]))',
      'Q303',
      'sum by (job) (rate(errors_total[5m])) / sum by (job, instance) (rate(started_total[5m]))',
      { world },
    );
    expect(lost.fix).toContain(
      'write `sum by (job, instance) (rate(errors_total[5m])) / sum by (job, instance) (rate(started_total[5m]))`',
    );
    const never = wrong(
      'rate(started_total[5m]) / rate(errors_total[5m])',
      'Q303',
      'rate(started_total[5m]) / rate(errors_total[5m])',
      { world },
    );
    expect(never.fix).not.toContain('group_right');
    wrong(
      'max(errors_total * on (reason, job) group_left () started_total)',
      'Q303',
      'errors_total * on (reason, job) group_left () started_total',
      { world },
      ['Q201', 'Q309'],
    );
    const { why } = wrong('sum(x{a="1"}) / x{a="1"} > 1', 'Q303', 'sum(x{a="1"}) / x{a="1"}', { world: OPEN_WORLD });
    expect(why).toContain('sum() without `by` drops every label');
  });

  test('not where it is ignored, aggregated away or only possible', () => {
    right('rate(errors_total[5m]) / ignoring (reason) group_left () rate(started_total[5m])', { world });
    right('sum without (reason) (rate(errors_total[5m])) / rate(started_total[5m])', { world });
    right('sum(rate(x[5m])) / rate(y[5m])', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const series = { 'errors_total{job="a",reason="t"}': '0+1x60', 'started_total{job="a"}': '0+10x60' };
    const [all, without] = await returns(series, [
      'rate(errors_total[5m]) / rate(started_total[5m])',
      'sum without (reason) (rate(errors_total[5m])) / rate(started_total[5m])',
    ]);
    expect(all?.samples).toEqual([]);
    expect(without?.samples?.[0]?.value).toBeCloseTo(0.1);
  });
});

describe('Q305: the many side is not declared', () => {
  test('on either side, also after an aggregation that keeps too much', () => {
    wrong(
      'rate(cpu_seconds_total[5m]) / on (instance) memory_bytes',
      'Q305',
      'rate(cpu_seconds_total[5m]) / on (instance) memory_bytes',
      { world },
    );
    wrong(
      'memory_bytes * on (instance) sum by (instance, mode) (rate(cpu_seconds_total[5m]))',
      'Q305',
      'memory_bytes * on (instance) sum by (instance, mode) (rate(cpu_seconds_total[5m]))',
      { world },
    );
    wrong(
      'sum(rate(cpu_seconds_total[5m]) / ignoring (mode, cpu) uptime_seconds)',
      'Q305',
      'rate(cpu_seconds_total[5m]) / ignoring (mode, cpu) uptime_seconds',
      { world },
      ['Q243'],
    );
  });

  test('not where the rest is pinned, aggregated away or declared', () => {
    right('rate(cpu_seconds_total{cpu="0",mode="idle"}[5m]) / on (instance) memory_bytes', { world });
    right('sum by (instance) (rate(cpu_seconds_total[5m])) / on (instance) memory_bytes', { world });
    right('rate(cpu_seconds_total[5m]) / on (instance) group_left () memory_bytes', { world });
    right('topk by (instance) (1, rate(cpu_seconds_total[5m])) / on (instance) memory_bytes', { world });
    right('x / on (instance) y', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const series = { 'cpu{i="a",mode="x"}': '0+1x60', 'cpu{i="a",mode="y"}': '0+1x60', 'mem{i="a"}': '1x60' };
    const [undeclared, declared] = await returns(series, ['cpu / on (i) mem', 'cpu / on (i) group_left () mem']);
    expect(undeclared?.error).toContain('many-to-one matching must be explicit');
    expect(declared?.samples).toHaveLength(2);
  });
});

describe('Q312 and Q314: labels that are not there', () => {
  test('in by (…): misspelt, or dropped further inside', () => {
    const { message } = wrong('sum by (pth) (rate(requests_total[5m]))', 'Q312', 'pth', { world });
    expect(message).toContain('Did you mean `path`?');
    wrong('max by (path) (sum by (code) (rate(requests_total[5m])))', 'Q312', 'path', { world });
    wrong('topk by (nowhere, job) (3, rate(requests_total[5m])) > 1', 'Q312', 'nowhere', { world });
    wrong('sum by (path) (sum by (code) (x))', 'Q312', 'path', { world: OPEN_WORLD });
  });

  test('in a matcher, positive or negative', () => {
    wrong('sum(rate(requests_total{cod="500"}[5m]))', 'Q314', 'cod="500"', { world });
    wrong('max(up{namespace!="x",job="app"})', 'Q314', 'namespace!="x"', { world });
    const { why } = wrong('req_seconds_sum{le=~"0.+"} / 2', 'Q314', 'le=~"0.+"', { world }, ['Q201']);
    expect(why).toContain('selects nothing');
  });

  test('not for labels of the scrape, of buckets, and of metrics that are not known', () => {
    right('sum by (job, instance, le) (rate(req_seconds_bucket{le="0.1"}[5m]))', { world });
    right('sum by (anything) (x{whatever="1"})', { world: OPEN_WORLD });
    right('sum by (job) (up{job="app",nothing=""})', { world });
    right('sum by ($by) (rate(requests_total[5m]))', { world });
  });

  test('Prometheus', async () => {
    const [by, positive, negative] = await returns({ 'up{job="a"}': '1x60', 'up{job="b"}': '1x60' }, [
      'sum by (jbo) (up)',
      'up{jbo="a"}',
      'up{jbo!="a"}',
    ]);
    expect(by?.samples).toEqual([{ labels: {}, value: 2 }]);
    expect(positive?.samples).toEqual([]);
    expect(negative?.samples).toHaveLength(2);
  });
});

describe('Q401: a range too short for the scrape interval', () => {
  test('below two intervals, and below one where a single sample is enough', () => {
    wrong('rate(started_total[30s])', 'Q401', '30s', { world });
    wrong('sum by (code) (increase(requests_total{code="500"}[59s])) > 1', 'Q401', '59s', { world });
    wrong('max_over_time(memory_bytes[20s])', 'Q401', '20s', { world });
  });

  test('not at two intervals, for a variable, or where the interval is not known', () => {
    right('rate(started_total[1m])', { world });
    right('max_over_time(memory_bytes[30s])', { world });
    right('rate(started_total[$__rate_interval])', { world });
    right('rate(x_total[5s])', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const [short, long] = await returns(
      { started_total: '0+1x60' },
      ['rate(started_total[1m])', 'rate(started_total[4m])'],
      '30m30s',
    );
    expect(short?.samples).toEqual([]);
    expect(long?.samples).toHaveLength(1);
  });
});

describe('Q501: different units', () => {
  test('added, subtracted, compared, joined', () => {
    wrong('memory_bytes - uptime_seconds', 'Q501', 'memory_bytes - uptime_seconds', { world });
    wrong('sum(memory_bytes) + sum(uptime_seconds)', 'Q501', 'sum(memory_bytes) + sum(uptime_seconds)', { world });
    wrong(
      'sum(deriv(memory_bytes[5m])) > sum(limit_bytes)',
      'Q501',
      'sum(deriv(memory_bytes[5m])) > sum(limit_bytes)',
      { world },
    );
    wrong('max(memory_bytes / 1024 - limit_bytes)', 'Q501', 'memory_bytes / 1024 - limit_bytes', { world });
  });

  test('not where they are the same, unknown, or plain numbers', () => {
    right('memory_bytes / 1024 - limit_bytes / 1024', { world });
    right('memory_bytes * 0.9 > limit_bytes', { world });
    right('memory_bytes > 1e9', { world });
    right('(1 - free_ratio) * 100 > 95', { world });
    right('x - memory_bytes', { world: OPEN_WORLD });
  });
});

describe('Q508: out of the range of values', () => {
  test('ratios above 1, counts below 1, booleans above 1, parts above their whole', () => {
    wrong('1 - memory_bytes / limit_bytes > 90', 'Q508', '1 - memory_bytes / limit_bytes > 90', { world });
    wrong('count(x) == 0', 'Q508', 'count(x) == 0', { world: OPEN_WORLD });
    wrong('up > 1', 'Q508', 'up > 1', { world });
    wrong('max(avg by (job) (free_ratio) >= 2)', 'Q508', 'avg by (job) (free_ratio) >= 2', { world });
    wrong(
      'sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m])) > 5',
      'Q508',
      'sum(rate(requests_total{code="500"}[5m])) / sum(rate(requests_total[5m])) > 5',
      { world },
    );
    wrong('hour() > 23', 'Q508', 'hour() > 23', { world: OPEN_WORLD });
  });

  test('parts above their whole as ratio() writes them: 0 where none was seen, and never 0/0', () => {
    const [part, whole] = ['sum(rate(requests_total{code="500"}[5m]))', 'sum(rate(requests_total[5m]))'];
    const ratio = `(${part} or ${whole} * 0) / (${whole} > 0)`;
    wrong(`${ratio} > 5`, 'Q508', `${ratio} > 5`, { world });
    right(`${ratio} > 0.5`, { world });
    // what is seen as well is no part, and what is left in its place is not 0
    right(`(${part} or ${whole} * 2) / (${whole} > 0) > 1.5`, { world });
    right(`(${part} or sum(free_ratio) * 9) / (${whole} > 0) > 1.5`, { world });
  });

  test('not where the limit can be reached', () => {
    right('(1 - memory_bytes / limit_bytes) * 100 > 90', { world });
    right('count(x) > 0', { world: OPEN_WORLD });
    right('up == 1', { world });
    right('free_ratio >= 1', { world });
    right('x > 90', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const series = { 'avail{d="a"}': '0x60', 'size{d="a"}': '100x60' };
    const [ratio, percent] = await returns(series, ['1 - avail / size > 90', '(1 - avail / size) * 100 > 90']);
    expect(ratio?.samples).toEqual([]);
    expect(percent?.samples?.[0]?.value).toBe(100);
  });
});

describe('R714: a branch of or without a condition', () => {
  const place = alert();

  test('is what is marked', () => {
    const { fix } = wrong('queue or backlog > 5', 'R714', 'queue', { world: OPEN_WORLD, place });
    expect(fix).toMatch(/such as `queue > 5 or backlog > 5`.*if `backlog` only stands in.*`\(queue or backlog\) > 5`/);
    const bool = wrong('x > 5 or y == bool 1', 'R714', 'y == bool 1', { world: OPEN_WORLD, place });
    expect(bool.fix).toContain('`x > 5 or y == 1`');
    wrong('absent(x) or sum by (job) (y) or x > 1', 'R714', 'sum by (job) (y)', { world: OPEN_WORLD, place });
  });

  test('not where all branches have one, and not outside of alerts', () => {
    right('(queue or backlog) > 5', { world: OPEN_WORLD, place });
    right('queue > 5 or absent(queue)', { world: OPEN_WORLD, place });
    right('queue and on () (backlog > 1) or x unless y', { world: OPEN_WORLD, place });
    right('queue or backlog > 5', { world: OPEN_WORLD });
  });

  test('Prometheus', async () => {
    const [loose, tight] = await returns({ 'queue{a="1"}': '1x60', 'backlog{a="2"}': '1x60' }, [
      'queue or backlog > 5',
      '(queue or backlog) > 5',
    ]);
    expect(loose?.samples).toHaveLength(1);
    expect(tight?.samples).toEqual([]);
  });
});

describe('R701: a text with a label that the query drops', () => {
  const codes = (text: string, summary: string) => ({ text, place: alert({ summary }) });

  test('in every notation', () => {
    for (const summary of [
      '{{ $labels.instance }} is down',
      '{{ .Labels.instance }}',
      '{{ index $labels "instance" | toUpper }}',
      '{{ if true }}{{ $labels.instance }}{{ end }}',
    ]) {
      const { text, place } = codes('sum by (job) (up) == 0', summary);
      expect(shown(analyseQuery(subject(text, place), world))).toEqual(['R701']);
      right('up == 0', { world, place });
    }
  });

  test('not where one branch has it, and not of what the query never had', () => {
    right(
      'up == 0 or sum(memory_bytes) > 1',
      codes('', '{{ $labels.instance }}').place.type === 'alert'
        ? { world, place: alert({ summary: '{{ $labels.instance }}' }) }
        : { world },
      ['Q501'],
    );
    right('x == 0', { world: OPEN_WORLD, place: alert({ summary: '{{ $labels.instance }}' }) });
    right('sum by (job) (up) == 0', {
      world,
      place: alert({ summary: '{{ $value }} of {{ $labels.job }} {{ $externalLabels.instance }}' }),
    });
  });
});
