import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LintPathError } from '../../src/lint/files.ts';
import { lintFiles } from '../../src/lint/lint.ts';
import type { LintOptions } from '../../src/lint/lint.ts';
import type { MetricModel } from '../../src/metrics/model.ts';
import { inFolder } from './in-folder.ts';

const MEMORY: MetricModel = { name: 'process_resident_memory_bytes', kind: 'gauge', labels: {} };
const REQUESTS: MetricModel = {
  name: 'http_requests_total',
  kind: 'counter',
  labels: { code: { values: { type: 'any' } } },
};
const CATALOGUE = { metrics: [MEMORY, REQUESTS] };

const rules = (...lines: readonly string[]): string =>
  `groups:\n- name: g\n  rules:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** `file:line:column code` of everything that linting the files says. */
function found(files: Readonly<Record<string, string>>, options: LintOptions = {}): readonly string[] {
  return inFolder(files, (folder) =>
    lintFiles([folder], options).diagnostics.map(
      ({ code, position }) =>
        `${position?.file.slice(folder.length + 1)}:${position?.line}:${position?.column} ${code}`,
    ),
  );
}

describe('a fault of a query', () => {
  test('points into the YAML at the part that is at fault, through the block that holds it', () => {
    const file = rules('- alert: A', '  expr: |', '    1 +', '      rate(process_resident_memory_bytes[5m]) > 2');
    expect(found({ 'r.yaml': file }, { catalogue: CATALOGUE })).toContain('r.yaml:7:9 Q203');
  });

  test('points into the JSON of a dashboard, behind escapes', () => {
    const dashboard = {
      title: 'd',
      schemaVersion: 39,
      panels: [
        {
          type: 'stat',
          targets: [
            { expr: '"\\"" == "x" or rate(process_resident_memory_bytes[5m])' },
            { expr: 'up{job="a"} + rate(process_resident_memory_bytes[5m])' },
          ],
        },
      ],
    };
    const text = JSON.stringify(dashboard);
    const column = text.lastIndexOf('rate(') + 1;
    expect(found({ 'd.json': text }, { catalogue: CATALOGUE, open: true })).toContain(`d.json:1:${column} Q203`);
  });

  test('is said with where it stands', () => {
    const file = rules('- alert: A', '  expr: rate(process_resident_memory_bytes[5m]) > 2');
    const [diagnostic] = inFolder({ 'r.yaml': file }, (folder) =>
      lintFiles([folder], { catalogue: CATALOGUE }).diagnostics.filter(({ code }) => code === 'Q203'),
    );
    expect(diagnostic?.where).toEqual(['group "g"', 'alert "A"']);
    expect(diagnostic?.promql?.text).toBe('rate(process_resident_memory_bytes[5m]) > 2');
  });
});

test('what is no PromQL is a diagnostic at its place, and the rest is still linted', () => {
  const file = rules(
    '- record: a',
    '  expr: "sum(up"',
    '- alert: A',
    '  expr: rate(process_resident_memory_bytes[5m]) > 2',
  );
  expect(
    found({ 'r.yaml': file }, { catalogue: CATALOGUE, open: true }).filter((line) => !line.includes('M1')),
  ).toEqual(expect.arrayContaining([expect.stringMatching(/^r\.yaml:5:\d+ C804$/), 'r.yaml:7:11 Q203']) as unknown);
});

test('what to correct in a query that is no PromQL is named', () => {
  const fixOf = (expr: string): readonly string[] =>
    inFolder({ 'r.yaml': rules('- record: a', `  expr: ${JSON.stringify(expr)}`) }, (folder) =>
      lintFiles([folder]).diagnostics.flatMap(({ code, fix }) => (code === 'C804' ? [fix] : [])),
    );
  expect(fixOf('sum(rate(up[5m])')).toEqual(['Add the missing `)`, at the end or where it belongs.']);
  expect(fixOf('up >')).toEqual(['Write the rest: the query ends too early.']);
  expect(fixOf('up and down up')).toEqual(['Correct `up` at column 13.']);
  expect(fixOf('up\n  and up up')).toEqual(['Correct `up` at line 2, column 10.']);
});

test('a recording rule of one file is a metric for another', () => {
  const files = {
    'a.yaml': rules('- record: job:size:sum', '  expr: sum by (job) (process_resident_memory_bytes)'),
    'b.yaml': rules('- alert: A', '  expr: job:size:sum > 1'),
  };
  expect(found(files, { catalogue: CATALOGUE }).filter((line) => line.includes('M101'))).toEqual([]);
  expect(found({ 'b.yaml': files['b.yaml'] }, { catalogue: CATALOGUE })).toContain('b.yaml:5:11 M101');
});

test('a catalogue closes the world, unless it is said to be open', () => {
  const file = rules('- alert: A', '  expr: unheard_of > 1');
  expect(found({ 'r.yaml': file }, { catalogue: CATALOGUE })).toContain('r.yaml:5:11 M101');
  expect(found({ 'r.yaml': file }, { catalogue: CATALOGUE, open: true })).not.toContain('r.yaml:5:11 M101');
  expect(found({ 'r.yaml': file })).not.toContain('r.yaml:5:11 M101');
});

describe('folders', () => {
  test('are read to the bottom, without hidden folders, node_modules and other files', () => {
    const broken = 'groups: [';
    const files = {
      'a/b/c.yml': broken,
      'a/d.json': '{"panels": ',
      '.git/e.yaml': broken,
      'node_modules/f.yaml': broken,
      'g.txt': broken,
    };
    expect(found(files)).toEqual(['a/b/c.yml:1:10 C821', 'a/d.json:1:12 C821']);
  });

  test('skip what holds neither rules nor dashboards, broken or not, and say how many files that were', () => {
    const files = {
      'prometheus.yml': 'scrape_configs: []',
      'package.json': '{',
      'values.yaml': '{{ .x }}',
      'r.yaml': rules('- record: a', '  expr: up'),
    };
    inFolder(files, (folder) => {
      const result = lintFiles([folder]);
      expect(result.skipped.map((path) => path.slice(folder.length + 1))).toEqual([
        'package.json',
        'prometheus.yml',
        'values.yaml',
      ]);
      expect(result).toMatchObject({ files: 1, expressions: 1 });
    });
  });

  test('give each file once, also when it is named beside its folder, and follow links to files', () => {
    inFolder({ 'r.yaml': rules('- record: a', '  expr: sum(') }, (folder) => {
      symlinkSync(join(folder, 'r.yaml'), join(folder, 'link.yaml'));
      symlinkSync(join(folder, 'nothing'), join(folder, 'broken.yaml'));
      expect(lintFiles([folder, join(folder, 'r.yaml')]).files).toBe(2);
    });
  });
});

test('a named file without rules and dashboards is a diagnostic, a path that does not exist is an error', () => {
  inFolder({ 'values.yaml': 'a: 1' }, (folder) => {
    expect(lintFiles([join(folder, 'values.yaml')]).diagnostics.map(({ code }) => code)).toEqual(['C825']);
    expect(() => lintFiles([join(folder, 'nowhere.yaml')])).toThrow(LintPathError);
    expect(() => lintFiles([join(folder, 'nowhere.yaml')])).toThrow(
      /nowhere\.yaml" cannot be linted: it does not exist/,
    );
  });
});

test('severities of the configuration hold for every code', () => {
  const file = rules(
    '- alert: A',
    '  expr: rate(process_resident_memory_bytes[5m]) > 2',
    '- alert: B',
    '  form: 5m',
    '  expr: up == 0',
  );
  const options = { catalogue: CATALOGUE, open: true };
  const codes = (severities: Record<string, 'off' | 'info'>): readonly string[] =>
    inFolder({ 'r.yaml': file }, (folder) =>
      lintFiles([folder], { ...options, settings: { severities } }).diagnostics.map(
        ({ code, severity }) => `${code} ${severity}`,
      ),
    );
  expect(codes({})).toEqual(expect.arrayContaining(['C824 error', 'Q203 error']));
  expect(codes({ C824: 'off', 'rate-needs-counter': 'info' })).toContain('Q203 info');
  expect(codes({ 'wrong-shape': 'off' }).filter((line) => line.startsWith('C8'))).toEqual([]);
});

test('a query of a variable is analysed with its place', () => {
  const dashboard = {
    title: 'd',
    schemaVersion: 39,
    templating: {
      list: [
        { name: 'a', type: 'query', query: 'label_values(sum(up{, job)' },
        { name: 'b', type: 'query', query: 'query_result(topk(5, up)' },
        { name: 'c', type: 'query', query: 'label_values(job)' },
        { name: 'd', type: 'query', query: 'metrics(up.*)' },
        { name: 'e', type: 'query', query: 'label_values(up{x="$a"}, $b)' },
      ],
    },
    panels: [],
  };
  const text = JSON.stringify(dashboard);
  const at = (part: string): string => `d.json:1:${text.indexOf(part) + 1}`;
  const places = found({ 'd.json': text }).filter((line) => line.includes('C804'));
  expect(places).toHaveLength(2);
  expect(places[0]?.startsWith(at('sum(up{').slice(0, -2))).toBe(true);
});
