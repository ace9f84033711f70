/** What the compiler refuses in dashboards, and that a person can read why. */
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPILERS, messages, type CompilerName, type Messages } from '../types/compile.ts';

const PREAMBLE = `
import * as dw from 'dashwright';
const app = dw.exporter('app', { scrapeInterval: '30s' });
const runs = dw.counter('runs_total', { labels: { pipeline_name: dw.any, status: dw.oneOf('success', 'failure') }, from: app });
const duration = dw.histogram('duration_seconds', { unit: 'seconds', labels: { stage: dw.any }, from: app });
const byStatus = dw.sum(dw.rate(runs), { by: ['status'] });
const total = dw.sum(dw.rate(runs));
`;

/** Code, and what a person must find in the message. */
const REFUSED: Readonly<Record<string, readonly [code: string, ...says: string[]]>> = {
  'a legend with a label that the aggregation dropped': [
    `dw.timeseries('x', byStatus, { legend: '{{status}} {{pipeline_name}}' })`,
    'the expression has no label pipeline_name',
  ],
  'a legend with blanks around such a label': [
    `dw.timeseries('x', byStatus, { legend: '{{ pipeline_name }}' })`,
    'the expression has no label pipeline_name',
  ],
  'a legend with any label where there is none': [
    `dw.stat('x', total, { legend: '{{status}}' })`,
    'the expression has no label status',
  ],
  'such a legend of one query among several': [
    `dw.timeseries('x', [byStatus, dw.target(total, { legend: '{{status}}' })])`,
    'the expression has no label status',
  ],
  'the text of an annotation with such a label': [
    `dw.annotation('x', byStatus, { text: '{{pipeline_name}}' })`,
    'the expression has no label pipeline_name',
  ],
  'a tag of an annotation that is no label': [
    `dw.annotation('x', byStatus, { tags: ['pipeline_name'] })`,
    `"pipeline_name"`,
    `"status"`,
  ],
  'values of a label that the metric does not have': [
    `dw.variable('p', dw.labelValues(runs, 'pipelin_name'))`,
    `"pipelin_name"`,
    `"pipeline_name"`,
  ],
  'values of a label that a selector does not have': [
    `dw.variable('p', dw.labelValues(duration, 'pipeline_name'))`,
    `"pipeline_name"`,
    `"stage"`,
  ],
  'a panel without a query': [`dw.timeseries('x')`, 'Expected 2-3 arguments'],
  'a metric of several series as a query': [`dw.timeseries('x', duration)`, 'Histogram'],
  'a text as a query': [`dw.timeseries('x', 'up')`, `'string'`],
  'a panel that is wider than the grid': [`dw.stat('x', total, { width: 25 })`, `'25'`],
  'a unit that Grafana does not have': [`dw.stat('x', total, { unit: 'not-a-unit' })`, `"not-a-unit"`],
  'a colour that Grafana does not have': [
    `dw.stat('x', total, { thresholds: { base: 'redd' } })`,
    `"redd"`,
    `Did you mean '"red"'?`,
  ],
  'thresholds without a base': [`dw.stat('x', total, { thresholds: { 5: 'red' } })`, `'base' is missing`],
  'an option of another kind of panel': [`dw.stat('x', total, { stacking: 'normal' })`, `'stacking' does not exist`],
  "a method that the SDK's builder does not have": [
    `dw.stat('x', total, { panel: (p) => p.lineWidth(2) })`,
    `'lineWidth' does not exist`,
  ],
  "a value that the SDK's option does not have": [
    `dw.timeseries('x', total, { panel: (p) => p.lineWidth('2') })`,
    `'string' is not assignable to parameter of type 'number'`,
  ],
  'a dashboard without a uid': [`dw.dashboard('x', {})`, `'uid' is missing`],
  'a refresh that is no length of time': [`dw.dashboard('x', { uid: 'x', refresh: 'banana' })`, `"banana"`],
  'a reference to a panel that is not there': [
    `dw.dashboard('x', { uid: 'x', rows: [dw.row('r', [dw.stat('Runs', total), dw.stat('Failures', total)])] }).panel('Run')`,
    `"Run"`,
    `"Runs"`,
  ],
  'an interval that is no duration': [`dw.intervalVariable('w', ['5 minutes'])`, `"5 minutes"`],
  'an opening interval that is not offered': [`dw.intervalVariable('w', ['5m'], { initial: '1h' })`, `"1h"`, `"5m"`],
};

const ACCEPTED: Readonly<Record<string, string>> = {
  'legends with labels of the query': `dw.timeseries('x', byStatus, { legend: 'status {{ status }}' });
    dw.target(byStatus, { legend: '{{status}}' });
    dw.stat('x', total, { legend: 'all runs' });`,
  'any label where nothing is known': `dw.timeseries('x', dw.promql\`topk(5, \${runs})\`, { legend: '{{anything}}' });
    dw.timeseries('x', dw.selector('up'), { legend: '{{job}}' });`,
  'several queries, bare or with a legend': `dw.timeseries('x', [byStatus, total, dw.target(byStatus, { legend: '{{status}}' })]);`,
  'a metric, a selector and a scalar as queries': `dw.stat('x', runs); dw.stat('x', runs({ status: 'failure' })); dw.stat('x', dw.time());`,
  'a legend that is put together': `const name: string = 'a'; dw.timeseries('x', byStatus, { legend: name });`,
  "the SDK's own builder and values": `dw.timeseries('x', total, {
      panel: (p, { common }) => p.lineWidth(2).drawStyle(common.GraphDrawStyle.Bars).thresholdsStyle(
        new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Area)),
    });`,
  'references to panels by title and by key': `const d = dw.dashboard('x', { uid: 'x',
      panels: [dw.stat('Runs', total)],
      rows: [dw.row('r', [dw.stat('Runs', total, { key: 'second' }), dw.textPanel('Text', '')])] });
    const title: 'Runs' = d.panel('Runs').title; d.panel('second'); d.panel('Text'); void title;
    dw.alert('RunsFail', { expr: dw.gt(total, 1), for: '5m', severity: 'warning', summary: 's', description: 'd', runbook: 'r', panel: d.panel('second') });`,
  'panels made in a loop': `const panels = ['a', 'b'].map((name) => dw.stat(name, total));
    dw.dashboard('x', { uid: 'x', panels }).panel('a');`,
  'variables in queries, as a range and in repetition': `const p = dw.variable('p', dw.labelValues(runs, 'pipeline_name'), { multi: true });
    const w = dw.intervalVariable('w', ['5m', '1h'], { auto: { count: 10, min: '1m' }, initial: 'auto' });
    dw.timeseries('x', dw.rate(runs({ pipeline_name: p }), w), { repeat: p });
    dw.row('r', [], { repeat: p });
    dw.labelValues(runs({ pipeline_name: p }), 'status'); dw.labelValues(duration, 'stage'); dw.labelValues(duration.bucket, 'le');`,
  'units, colours and notations of Grafana': `dw.stat('x', total, { unit: 'reqps', thresholds: { base: 'dark-red', 0.5: '#ff0000', [-1]: 'rgb(0, 0, 0)' } });
    dw.stat('x', total, { unit: 'suffix: runs', color: { mode: 'continuous-GrYlRd' } });
    dw.dashboard('x', { uid: 'x', time: { from: 'now-1d/d', to: 'now/d' }, refresh: '30s', timezone: 'Europe/Berlin' });`,
};

const files: Messages = Object.fromEntries([
  ...Object.values(REFUSED).map(([code], index) => [`refused-${index}`, `${PREAMBLE}${code};\n`]),
  ...Object.values(ACCEPTED).map((code, index) => [`accepted-${index}`, `${PREAMBLE}${code}\n`]),
]);

describe.each(Object.keys(COMPILERS) as CompilerName[])('%s', (compiler) => {
  let said: Messages;
  beforeAll(async () => {
    said = await messages(compiler, files);
  });

  test.each(Object.entries(REFUSED).map(([name, [, ...says]], index) => ({ name, says, index })))(
    'refuses $name',
    ({ says, index }) => {
      for (const part of says) expect(said[`refused-${index}`]).toContain(part);
    },
  );

  test.each(Object.keys(ACCEPTED).map((name, index) => ({ name, index })))('accepts $name', ({ index }) => {
    expect(said[`accepted-${index}`]).toBe('');
  });
});
