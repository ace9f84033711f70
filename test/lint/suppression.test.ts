import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintFiles } from '../../src/lint/lint.ts';
import type { ConfiguredSuppression } from '../../src/lint/suppression/configured.ts';
import { pathMatches } from '../../src/diagnostics/path-pattern.ts';
import { inFolder } from './in-folder.ts';

const CATALOGUE = { metrics: [{ name: 'heap_bytes', kind: 'gauge' as const, labels: {} }] };
const BAD = 'rate(heap_bytes[5m]) > 1';

interface Judged {
  readonly found: readonly string[];
  readonly suppressed: number;
}

/** Lines and codes of Q203 and of what is wrong with suppressions. */
function judge(files: Readonly<Record<string, string>>, suppressions: readonly ConfiguredSuppression[] = []): Judged {
  return inFolder(files, (folder) => {
    const inside = suppressions.map(({ files: pattern, ...rest }) =>
      pattern === undefined ? rest : { ...rest, files: join(folder, pattern) },
    );
    const { diagnostics, suppressed } = lintFiles([folder], { catalogue: CATALOGUE, suppressions: inside });
    const found = diagnostics
      .filter(({ code }) => /^(Q203|C80[123])$/.test(code))
      .map(({ code, position }) => `${position === undefined ? '-' : position.line} ${code}`);
    return { found, suppressed };
  });
}

const one = (text: string): Judged => judge({ 'r.yaml': text });
const MARK = '# dashwright: disable=Q203 reason: it only ever grows';

describe('a comment belongs to the rule', () => {
  test.each<[where: string, text: string]>([
    ['above it', `groups:\n- name: g\n  rules:\n  ${MARK}\n  - alert: A\n    expr: ${BAD}\n`],
    [
      'above it, with other comments between',
      `groups:\n- name: g\n  rules:\n  ${MARK}\n  # see below\n\n  - alert: A\n    expr: ${BAD}\n`,
    ],
    ['beside its name', `groups:\n- name: g\n  rules:\n  - alert: A ${MARK}\n    expr: ${BAD}\n`],
    ['beside its expr', `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD} ${MARK}\n`],
    [
      'beside the header of its block',
      `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: | ${MARK}\n      ${BAD}\n`,
    ],
    ['between its fields', `groups:\n- name: g\n  rules:\n  - alert: A\n    ${MARK}\n    expr: ${BAD}\n`],
    ['inside its PromQL', `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |\n      ${MARK}\n      ${BAD}\n`],
    ['above its group', `groups:\n${MARK}\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD}\n`],
    ['beside the name of its group', `groups:\n- name: g ${MARK}\n  rules:\n  - alert: A\n    expr: ${BAD}\n`],
    [
      'for the whole file',
      `${MARK.replace('disable', 'disable-file')}\ngroups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD}\n`,
    ],
    ['in a flow mapping', `groups: [{name: g, rules: [{alert: A, expr: '${BAD}'}]}] ${MARK}\n`],
    [
      'inside a ConfigMap',
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    groups:\n    - name: g\n      rules:\n      - alert: A\n        expr: ${BAD} ${MARK}\n`,
    ],
    [
      'by the name of the code',
      `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD} # dashwright: disable=rate-needs-counter reason: why\n`,
    ],
  ])('%s', (_where, text) => {
    expect(one(text)).toEqual({ found: [], suppressed: 1 });
  });
});

test('a comment in the PromQL of a dashboard, which has no other place for one', () => {
  const expr = `# dashwright: disable=Q203 reason: it only ever grows\n${BAD}`;
  const dashboard = { title: 'd', schemaVersion: 39, panels: [{ type: 'stat', targets: [{ expr }, { expr: BAD }] }] };
  expect(judge({ 'd.json': JSON.stringify(dashboard) })).toEqual({ found: ['1 Q203'], suppressed: 1 });
});

test('a comment does not reach other rules', () => {
  const text = `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD}\n  ${MARK}\n  - alert: B\n    expr: ${BAD}\n  - alert: C\n    expr: ${BAD}\n`;
  expect(one(text)).toEqual({ found: ['5 Q203', '10 Q203'], suppressed: 1 });
});

test('a mark inside a PromQL string is no comment', () => {
  const text = `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: 'rate(heap_bytes{x="# dashwright: disable=Q203 reason: no"}[5m])'\n`;
  expect(one(text).found).toContain('5 Q203');
});

describe('a suppression that is no good is reported', () => {
  const file = (comment: string): string => `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD} ${comment}\n`;

  test('without a reason it does not count', () => {
    expect(one(file('# dashwright: disable=Q203'))).toEqual({ found: ['5 Q203', '5 C802'], suppressed: 0 });
    expect(one(file('# dashwright: disable=Q203 reason: '))).toEqual({ found: ['5 Q203', '5 C802'], suppressed: 0 });
  });

  test('with a code that does not exist', () => {
    expect(one(file('# dashwright: disable=Q999,Q203 reason: why'))).toEqual({ found: ['5 C803'], suppressed: 1 });
  });

  test('where there is nothing to suppress', () => {
    expect(one(file('# dashwright: disable=Q203,Q301 reason: why'))).toEqual({ found: ['5 C801'], suppressed: 1 });
    expect(one(`${file('')}\n# dashwright: disable=Q203 reason: too far below\n`)).toEqual({
      found: ['5 Q203', '7 C801'],
      suppressed: 0,
    });
  });

  test('in a form that the linter does not know', () => {
    expect(one(file('# dashwright: ignore Q203'))).toEqual({ found: ['5 Q203', '5 C803'], suppressed: 0 });
  });
});

describe('the configuration suppresses', () => {
  const rules = `groups:\n- name: g\n  rules:\n  - alert: A\n    expr: ${BAD}\n`;
  const files = { 'legacy/a.yaml': rules, 'new/b.yaml': rules };

  test.each<[what: string, suppression: Partial<ConfiguredSuppression>, left: number]>([
    ['everywhere', {}, 0],
    ['in a folder', { files: 'legacy' }, 1],
    ['in a file', { files: 'new/b.yaml' }, 1],
    ['by a pattern', { files: '**/*.yaml' }, 0],
    ['by a place', { where: 'alert "A"' }, 0],
    ['by folder and place', { files: 'legacy/', where: 'group "g"' }, 1],
  ])('%s', (_what, suppression, left) => {
    const judged = judge(files, [{ code: 'Q203', reason: 'old', ...suppression }]);
    expect(judged).toEqual({ found: Array.from({ length: left }, () => '5 Q203'), suppressed: 2 - left });
  });

  test('and is told when an entry has no reason, no known code or no use', () => {
    expect(judge(files, [{ code: 'Q203', reason: ' ' }]).found).toContain('- C802');
    expect(judge(files, [{ code: 'nope', reason: 'x' }]).found).toContain('- C803');
    expect(judge(files, [{ code: 'Q203', where: 'alert "B"', reason: 'x' }]).found).toContain('- C801');
  });
});

test.each([
  ['rules', 'rules/a.yaml', true],
  ['./rules/', 'rules/a/b.yaml', true],
  ['rules', 'rules-old/a.yaml', false],
  ['rules/*.yaml', 'rules/a.yaml', true],
  ['rules/*.yaml', 'rules/a/b.yaml', false],
  ['rules/**/*.yaml', 'rules/b.yaml', true],
  ['rules/**/*.yaml', 'rules/a/c/b.yaml', true],
  ['**/b.yaml', 'b.yaml', true],
  ['a?.yaml', 'ab.yaml', true],
  ['a.yaml', 'aXyaml', false],
])('the pattern %s matches %s: %s', (pattern, path, matches) => {
  expect(pathMatches(pattern, path)).toBe(matches);
});
