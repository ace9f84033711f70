import { describe, expect, test } from 'vitest';
import { alert } from '../../src/prometheus/authoring/alert.ts';
import { firing, silent } from '../../src/prometheus/authoring/cases.ts';
import { ruleGroup } from '../../src/prometheus/authoring/group.ts';
import { record } from '../../src/prometheus/authoring/record.ts';
import { goTemplate, text } from '../../src/prometheus/authoring/text.ts';
import { sum } from '../../src/query/aggregations.ts';
import { counter, gauge } from '../../src/query/metric.ts';
import { any } from '../../src/metrics/labels.ts';
import { increase } from '../../src/query/over-time.ts';
import { selector } from '../../src/query/selector.ts';

const runs = counter('runs_total', { labels: { pipeline: any, status: any }, unit: 'count' });
const failures = sum(increase(runs({ status: 'failure' }), '1d'), { by: ['pipeline'] });
const base = { expr: failures, severity: 'warning', summary: 'Runs fail.', description: 'Often.' } as const;

describe('the text of an alert', () => {
  const described = (description: Parameters<typeof alert<typeof failures>>[1]['description']): string =>
    alert('A', { ...base, description }).annotations['description']?.template ?? '';

  test('labels and the value become actions of a Go template', () => {
    expect(described(({ labels, value }) => text`${labels.pipeline} failed ${value.percentage}`)).toBe(
      '{{ $labels.pipeline }} failed {{ $value | humanizePercentage }}',
    );
  });

  test('the value prints in every way that Prometheus has', () => {
    expect(
      described(
        ({ value: v }) =>
          text`${v} ${v.duration} ${v.humanize} ${v.humanize1024} ${v.timestamp} ${v.printf('%.2f "q"')}`,
      ),
    ).toBe(
      '{{ $value }} {{ $value | humanizeDuration }} {{ $value | humanize }} {{ $value | humanize1024 }} ' +
        '{{ $value | humanizeTimestamp }} {{ printf "%.2f \\"q\\"" $value }}',
    );
  });

  test('braces outside of placeholders are printed as they stand', () => {
    expect(described('a {b} {{c}} {')).toBe('a {b} {{ "{{" }}c}} {');
    expect(described(({ value }) => text`{${value}} {{${value}}} ${'{'}${value}${'{'}`)).toBe(
      '{{ "{" }}{{ $value }}} {{ "{{" }}{{ $value }}}} {{ "{" }}{{ $value }}{',
    );
  });

  test('a text over several lines loses the indentation of the source', () => {
    expect(
      described(
        ({ labels }) => text`
          Pipeline ${labels.pipeline}
            fails.
        `,
      ),
    ).toBe('Pipeline {{ $labels.pipeline }}\n  fails.');
  });

  test('labels whose name is no word of Go are looked up by index', () => {
    const open = alert('A', { ...base, expr: selector('up'), description: ({ labels }) => text`${labels['a.b']}` });
    expect(open.annotations['description']?.template).toBe('{{ index $labels "a.b" }}');
  });

  test('a whole template is taken as it is', () => {
    expect(described(goTemplate('{{ if gt $value 1.0 }}x{{ end }}'))).toBe('{{ if gt $value 1.0 }}x{{ end }}');
  });

  test.each(['%d', 'no verb', '%s', '%.2f %.2f', '%'])('printf refuses the format %s', (format) => {
    expect(() => described(({ value }) => text`${value.printf(format)}`)).toThrow('exactly one verb for a number');
  });

  test('something that is no text is refused with the alert and the annotation', () => {
    // @ts-expect-error a function must return text`…`
    expect(() => described(() => 5)).toThrow('The annotation "description" of the alert "A" must be a text');
  });
});

test('labels that the expression dropped do not type-check', () => {
  const rule = alert('A', {
    ...base,
    // @ts-expect-error Property 'status' does not exist
    description: ({ labels }) => text`${labels.status}`,
    labels: {
      // @ts-expect-error the value of an alert is nothing for a label
      level: ({ value }) => text`${value}`,
    },
    tests: [
      firing('one', { series: [], at: '1d', labels: { pipeline: 'a' } }),
      // @ts-expect-error 'status' does not exist
      firing('two', { series: [], at: '1d', labels: { status: 'failure' } }),
      silent('three', { series: [], at: '1d' }),
    ],
  });
  expect(rule.kind).toBe('alertingRule');
});

test('a duration that Prometheus cannot read is refused', () => {
  // @ts-expect-error no such unit of time
  expect(() => silent('x', { series: [], at: '1 day' })).toThrow('"1 day" is no duration');
});

describe('what is no part of a rule is refused, with what is', () => {
  const made = (more: object): unknown => alert('A', { ...base, ...more });

  test.each<[what: string, make: () => unknown, message: string]>([
    [
      'a misspelt option',
      () => made({ fro: '5m' }),
      'The alert "A" has no option "fro": the options are expr, for, keepFiringFor, severity,',
    ],
    [
      'a misspelt option of a group',
      () => ruleGroup('g', { inteval: '1m' } as never, []),
      'The group "g" has no option "inteval": the options are interval, queryOffset, limit, labels.',
    ],
    ['no query', () => made({ expr: undefined }), 'The expr of the alert "A" needs a query, but got undefined.'],
    [
      'a text as the query',
      () => made({ expr: 'up == 0' }),
      'The expr of the alert "A" needs a query, but got string. PromQL of your own is written promql`up`, with backticks.',
    ],
    ['a number as the query', () => made({ expr: 1 }), 'The expr of the alert "A" needs a query, but got number.'],
    [
      'a severity of somebody else',
      () => made({ severity: 'page' }),
      'The severity of the alert "A" is "page": write one of "critical", "warning", "info", "none".',
    ],
    ['no severity', () => made({ severity: undefined }), 'The severity of the alert "A" is undefined: write one of'],
    [
      'a test without series',
      () => silent('idle', { at: '5m' } as never),
      `The test "idle" has no list of series: series: [metric.series({ label: 'x' }, '0+1x60')].`,
    ],
    [
      'a test that expects an alert without labels',
      () => firing('busy', { series: [], at: '5m' } as never),
      'The test "busy" does not say which labels the alert has: labels: { … }, or {} for none.',
    ],
    ['no query to record', () => record('a:b:c', undefined as never), 'The record "a:b:c" needs a query'],
    [
      'a group without options',
      () => ruleGroup('g', [alert('A', base)] as never, undefined as never),
      "The group \"g\" has no list of rules: write ruleGroup('g', { interval: '1m' }, [ … ]).",
    ],
    ['a group of one rule', () => ruleGroup('g', {}, alert('A', base) as never), 'has no list of rules'],
    [
      'a name among the rules',
      () => ruleGroup('g', {}, ['A' as never]),
      'A member of the group "g" is no rule: list what record(…) and alert(…) return.',
    ],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});

describe('a recorded metric', () => {
  const recorded = record('pipeline:runs:increase1d', failures, { labels: { area: 'cicd' } });

  test('is a selector again, with the labels of its query and its own', () => {
    expect(recorded({ pipeline: 'a', area: 'cicd' }).expr).toMatchObject({
      type: 'VectorSelector',
      name: 'pipeline:runs:increase1d',
      matchers: [{ name: 'pipeline' }, { name: 'area' }],
    });
    // @ts-expect-error the query has no label status
    recorded({ status: 'failure' });
    // @ts-expect-error increase() of a gauge
    increase(recorded, '1d');
  });

  test('remembers where it was written', () => {
    expect(recorded.rule.position.resolve()?.file).toContain('authoring.test.ts');
  });

  test('goes into a group as it is, in the order of the list', () => {
    const group = ruleGroup('cicd', { interval: '1m' }, [recorded, alert('A', base)]);
    expect(group.rules.map(({ name }) => name)).toEqual(['pipeline:runs:increase1d', 'A']);
    expect(group.interval).toBe(60_000);
  });

  test('a member that is no rule is refused', () => {
    const free = gauge('x', {});
    // @ts-expect-error a metric that nothing records
    expect(() => ruleGroup('cicd', {}, [free])).toThrow('A member of the group "cicd" is no rule');
  });
});
