/** What the compiler refuses of rules, and that a person can read why. */
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPILERS, messages } from '../types/compile.ts';
import type { CompilerName, Messages } from '../types/compile.ts';

const GIVEN = `
import * as dw from 'dashwright';
const runs = dw.counter('runs_total', { labels: { pipeline_name: dw.any, status: dw.oneOf('success', 'failure') } });
const failures = dw.sum(dw.increase(runs({ status: 'failure' }), '1d'), { by: ['pipeline_name'] });
const recorded = dw.record('pipeline:failures:increase1d', failures, { labels: { area: 'ci' } });
const base = { expr: failures, severity: 'warning', summary: 'x', description: 'y' } as const;
`;

interface Refusal {
  readonly code: string;
  /** What a person must find in the message. */
  readonly says: readonly string[];
}

const REFUSED: Readonly<Record<string, Refusal>> = {
  'an annotation that uses a label the expression dropped': {
    code: `dw.alert('A', { ...base, description: ({ labels }) => dw.text\`\${labels.status}\` });`,
    says: [`Property 'status' does not exist`, 'pipeline_name'],
  },
  'an annotation that misspells a label': {
    code: `dw.alert('A', { ...base, description: ({ labels }) => dw.text\`\${labels.pipelin_name}\` });`,
    says: [`Property 'pipelin_name' does not exist`, `Did you mean 'pipeline_name'?`],
  },
  'an alert label that uses the value': {
    code: `dw.alert('A', { ...base, labels: { level: ({ value }) => dw.text\`\${value}\` } });`,
    says: [`Property 'value' does not exist`],
  },
  'a test that expects a label the alert does not have': {
    code: `dw.alert('A', { ...base, tests: [dw.firing('x', { series: [], at: '1d', labels: { status: 'failure' } })] });`,
    says: [`Type '"status"' is not assignable to type '"pipeline_name"'`],
  },
  'a duration without a unit': {
    code: `dw.alert('A', { ...base, for: '15' });`,
    says: [`Type '"15"' is not assignable to type 'Duration<"such as 5m, 1h30m or 7d">'`],
  },
  'an unknown severity': {
    code: `dw.alert('A', { ...base, severity: 'page' });`,
    says: [`"page"`, `"critical"`, `"warning"`],
  },
  'a selector of a recorded metric with a label that the query dropped': {
    code: `recorded({ status: 'failure' });`,
    says: [`'status' does not exist`],
  },
  'the increase of a recorded value that is no counter': {
    code: `dw.increase(recorded, '1d');`,
    says: ['increase() needs a counter', 'pipeline:failures:increase1d'],
  },
  'a metric in a group that nothing records': {
    code: `dw.ruleGroup('g', {}, [runs]);`,
    says: [`not assignable to type 'GroupMember'`, 'runs_total'],
  },
};

const ACCEPTED: Messages = {
  'labels-of-the-result': `dw.alert('A', { ...base, description: ({ labels, value }) => dw.text\`\${labels.pipeline_name} \${value.percentage}\` });`,
  'labels-of-a-record': `dw.alert('A', { ...base, expr: recorded, description: ({ labels }) => dw.text\`\${labels.area}\` });`,
  'every-label-of-a-selector-without-definition': `dw.alert('A', { ...base, expr: dw.selector('up'), description: ({ labels }) => dw.text\`\${labels.job}\` });`,
  'expected-labels': `dw.alert('A', { ...base, tests: [dw.firing('x', { series: [], at: '1d', labels: { pipeline_name: 'a' } })] });`,
};

describe.each(Object.keys(COMPILERS) as CompilerName[])('%s', (compiler) => {
  const cases = Object.entries(REFUSED).map(([title, refusal], index) => ({
    title,
    file: `case-${index}`,
    ...refusal,
  }));
  let found: Messages = {};

  beforeAll(async () => {
    const refused = cases.map(({ file, code }): [string, string] => [file, GIVEN + code]);
    const accepted = Object.entries(ACCEPTED).map(([name, code]): [string, string] => [name, GIVEN + code]);
    found = await messages(compiler, Object.fromEntries([...refused, ...accepted]));
  });

  test.each(cases)('refuses $title', ({ file, says }) => {
    for (const part of says) expect(found[file]).toContain(part);
  });

  test.each(Object.keys(ACCEPTED))('accepts %s', (name) => {
    expect(found[name]).toBe('');
  });
});
