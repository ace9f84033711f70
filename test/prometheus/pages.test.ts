/** The pages of the codes in docs/codes/: the wrong example gives exactly its code, the right one nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as dashwright from 'dashwright';
import type { AlertingRule, Exporter, RecordingRule, RuleGroup } from 'dashwright';
import { RULE_CODES } from '../../src/prometheus/checks/codes.ts';
import { compilePrometheus } from '../../src/prometheus/compile.ts';

const folder = join(import.meta.dirname, '../../docs/codes');
const { any, counter, gt, oneOf, ruleGroup } = dashwright;
const runs = counter('ci_runs_total', { labels: { pipeline: any, status: oneOf('success', 'failure') } });
const usual = { expr: gt(runs, 10), severity: 'warning', summary: 'Runs fail.', description: 'Too many.' };
const names = { ...dashwright, runs, usual };

type Example = AlertingRule | { readonly rule: RecordingRule } | RuleGroup | Exporter;

/** Runs an example: one expression of the public functions, the counter `runs` and the `usual` fields of an alert. */
function run(code: string): readonly Example[] {
  const expression = code.trim().replace(/;$/, '');
  // oxlint-disable-next-line typescript/no-implied-eval -- the examples of our own pages
  const evaluate = new Function(...Object.keys(names), `return ${expression};`) as (...values: unknown[]) => Example;
  return [evaluate(...Object.values(names))].flat();
}

/** Codes of level warning and error, and the page's own. */
function codesOf(code: string, page: string): readonly string[] {
  const parts = run(code);
  const groups = parts.filter((part): part is RuleGroup => 'kind' in part && part.kind === 'ruleGroup');
  const exporters = parts.filter((part): part is Exporter => 'kind' in part && part.kind === 'exporter');
  const loose = parts.filter(
    (part): part is AlertingRule | { readonly rule: RecordingRule } =>
      'rule' in part || ('kind' in part && part.kind === 'alertingRule'),
  );
  const { diagnostics } = compilePrometheus({
    groups: loose.length === 0 ? groups : [ruleGroup('examples', {}, loose)],
    exporters: exporters.map(({ model }) => model),
    find: () => runs.model,
  });
  return diagnostics.flatMap(({ code: found, severity }) => (severity !== 'info' || found === page ? [found] : []));
}

const files = readdirSync(folder).filter((file) => /^R7[56]\d-/.test(file));

test('every code of this room has a page', () => {
  expect(files.toSorted()).toEqual(RULE_CODES.map(({ code, name }) => `${code}-${name}.md`));
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const [, code = ''] = /^# (R\d{3}) /.exec(text) ?? [];
  const example = (heading: string): string =>
    new RegExp(`^## ${heading}\\n\\n\`\`\`ts\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? '';

  test('says what, why, wrong, right and when to allow it', () => {
    expect(`${text.split('\n')[0]?.slice(2).replace(' ', '-')}.md`).toBe(file);
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Why', 'Wrong', 'Right', 'When to allow it']);
  });

  test('the wrong example gives this code alone', () => {
    expect(codesOf(example('Wrong'), code)).toEqual([code]);
  });

  test('the right example gives nothing', () => {
    expect(codesOf(example('Right'), code)).toEqual([]);
  });
});
