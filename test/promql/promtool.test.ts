import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functions, parse, print, PromqlSyntaxError, walk } from 'dashwright/promql';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEngine } from '../engines/find.ts';
import { mutated, trees } from './trees.ts';

/** The version of promtool that Debian has; syntax that is newer is marked in the tree. */
const version = '2.42';

/** Asks promtool about many queries at once, as recording rules in one file. */
function acceptedByPromtool(queries: readonly string[]): readonly boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'promql-'));
  try {
    const file = join(folder, 'rules.yml');
    const rules = queries.map((query, i) => ({ record: `query:${i}`, expr: query, labels: { number: String(i) } }));
    writeFileSync(file, ascii(JSON.stringify({ groups: [{ name: 'queries', rules }] })));
    const refused = new Set([...check(file).matchAll(/"query:(\d+)"/g)].map(([, number]) => Number(number)));
    return queries.map((_, i) => !refused.has(i));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function check(file: string): string {
  try {
    return execFileSync(findEngine('promtool'), ['check', 'rules', '--lint=none', file], {
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 2 ** 28,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return stdout + stderr;
  }
}

/** YAML takes JSON, but not every character as it is, and no halves of one. */
function ascii(text: string): string {
  return text.replaceAll(/[\u007f-\uffff]|[\u{10000}-\u{10ffff}]/gu, (character) => {
    return `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  });
}

function acceptedHere(query: string): boolean {
  try {
    let known = true;
    walk(parse(query, { version }), (node) => {
      known &&= !JSON.stringify(node).includes('"requires"');
      return false;
    });
    return known;
  } catch (error) {
    if (error instanceof PromqlSyntaxError) return false;
    throw error;
  }
}

/** 3.14 counts `@ start()` in front of a range as a modifier, 2.42 did not. */
const sinceChanged = /@\s*(?:start|end)\s*\(\s*\)\s*\[/i;

const metrics = fc.constantFrom(
  'up',
  'a:b',
  'sum',
  'x{le="0.5"}',
  'x{a!="b",c=~"d|e",}',
  '{a="b"}',
  '{__name__=~"x.+"}',
  'offset',
  'start',
);
const durations = fc.constantFrom('5m', '1h30m', '0s', '1y', '500ms', '1m1h', '5');
const modifiers = fc.constantFrom(
  '',
  '',
  '',
  ' offset 5m',
  ' offset -1h',
  ' @ 123',
  ' @ end()',
  ' offset 1m offset 2m',
  ' @ 1 offset 1m',
);
const numbers = fc.constantFrom('1', '-2.5', '0x1F', '1e3', 'Inf', 'NaN', 'time()', '5.', '.5');
const operators = fc.constantFrom('+', '-', '*', '/', '%', '^', '==', '!=', '>', '<=', 'and', 'or', 'unless', 'atan2');
const matchings = fc.constantFrom(
  '',
  '',
  '',
  'bool',
  'on (a)',
  'ignoring (b)',
  'on (a) group_left',
  'on () group_right (c)',
  'group_left',
);
const old = [...functions.values()].filter(({ since }) => since === undefined).map(({ name }) => name);

/** Queries in the syntax of 2.42, right and nearly right. */
const queries = fc.letrec<{ query: string; args: string }>((tie) => ({
  args: fc.array(tie('query'), { maxLength: 3 }).map((list) => list.join(', ')),
  query: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(metrics, modifiers).map((parts) => parts.join('')),
    numbers,
    fc.tuple(metrics, durations, modifiers).map(([metric, range, modifier]) => `${metric}[${range}]${modifier}`),
    fc
      .tuple(tie('query'), durations, fc.oneof(durations, fc.constant('')), modifiers)
      .map(([query, range, step, modifier]) => `${query}[${range}:${step}]${modifier}`),
    fc.tuple(fc.constantFrom(...old), tie('args')).map(([name, args]) => `${name}(${args})`),
    fc
      .tuple(
        fc.constantFrom('sum', 'topk', 'count_values', 'quantile', 'group'),
        fc.constantFrom('', ' by (a, b)', ' without (c,)'),
        tie('args'),
      )
      .map(([op, grouping, args]) => `${op}${grouping}(${args})`),
    fc.tuple(tie('query'), operators, matchings, tie('query')).map((parts) => parts.join(' ')),
    tie('query').map((query) => `(${query})`),
    tie('query').map((query) => `-${query}`),
    fc.constantFrom('"s"', "'t'", '`r`'),
  ),
})).query;

describe('what promtool accepts is accepted, what it refuses is refused', () => {
  const isText = (query: string): boolean => query.trim() !== '' && !/[\ufffd\p{Cs}\0]/u.test(query);
  const sample = (texts: fc.Arbitrary<string>, seed: number): readonly string[] =>
    fc.sample(texts.filter(isText), { numRuns: 1000, seed }).filter((query) => !sinceChanged.test(query));

  test.each([
    ['queries of every shape', sample(queries, 1)],
    ['queries with a few changes', sample(mutated(queries), 2)],
    ['printed trees', sample(trees({ variables: false }).map(print), 3)],
    ['printed trees with a few changes', sample(mutated(trees({ variables: false }).map(print)), 4)],
  ])('%s', (_what, texts) => {
    const accepted = acceptedByPromtool(texts);
    expect(texts.filter((query, i) => acceptedHere(query) !== accepted[i])).toEqual([]);
    expect(accepted.filter(Boolean).length).toBeGreaterThan(20);
    expect(accepted.filter((one) => !one).length).toBeGreaterThan(100);
  });

  test('what the two once disagreed about', () => {
    const texts = [
      '(foo offset -+1h)',
      'max_over_time(x[+5m])',
      'x offset +5m',
      'sum(x) by (le, without)',
      'a and on (without) b',
      'by offset 0s',
      'sum by (a:b) (x)',
      'x[5]',
      '5m',
      '1_0',
      '1e',
      '{"a"}',
      "label_replace(a, 'b', 'c', 'd', '.*')",
      'a @ 1m',
      'sum without (and, by, avg, count, alert, annotations) (x)',
      'a{b=~"(?i)x{2,3}"}',
      'a{b=~"x{1001}"}',
      'a + atan2',
      'nan + inf',
      'sum by (inf) (a)',
    ];
    const accepted = acceptedByPromtool(texts);
    expect(texts.filter((query, i) => acceptedHere(query) !== accepted[i])).toEqual([]);
  });
});
