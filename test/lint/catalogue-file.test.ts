import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandContext } from '../../src/cli/context.ts';
import { packageFiles } from '../../src/cli/package-files.ts';
import { run } from '../../src/cli/program.ts';
import { CatalogueFileError, readCatalogues } from '../../src/lint/catalogue-file.ts';
import { lintFiles } from '../../src/lint/lint.ts';
import { CATALOGUE_SCHEMA } from '../../src/metrics/catalogue-schema.ts';
import type { Catalogue, ExporterModel, LabelModel, MetricModel } from '../../src/metrics/model.ts';

const DOCS = join(import.meta.dirname, '../../docs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dashwright-catalogue-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(value: unknown): string {
  const path = join(folder, 'catalogue.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}

// Every field that the model has: one that is added there and not in the schema does not compile or is refused.
const LABEL: Required<LabelModel> = {
  values: { type: 'oneOf', values: ['a'] },
  presence: 'sometimes',
  cardinality: 3,
  mutable: true,
  help: 'h',
};
const EXPORTER: Required<ExporterModel> = {
  name: 'e',
  job: 'j',
  scrapeIntervalSeconds: 15,
  targetLabels: { instance: { values: { type: 'pattern', regex: '.+:[0-9]+' } } },
  version: '1.2',
  clientLibrary: 'client_golang',
  targets: ['localhost:1'],
  metricsPath: '/metrics',
  honorLabels: true,
};
const METRIC: Required<MetricModel> = {
  name: 'm_seconds',
  kind: 'histogram',
  help: 'h',
  unit: 'seconds',
  unitByLabel: { label: 'l', units: { a: 'bytes/second' } },
  labels: { l: LABEL, k: { values: { type: 'any' } } },
  key: ['l'],
  range: { min: 0, max: 1 },
  boolean: false,
  nameAsExposed: true,
  buckets: [1],
  quantiles: [0.5],
  appearsOnFirstUse: true,
  exporter: EXPORTER,
  recordedBy: { expr: 'x', intervalSeconds: 60 },
  since: '1',
  renamedTo: 'n',
  renamedFrom: ['o'],
  removed: '2',
  position: { file: 'f.ts', line: 1, column: 1 },
};
const CATALOGUE: Required<Catalogue> = { metrics: [METRIC], externalLabels: { region: LABEL } };

test('everything that a catalogue can say is read as it was', () => {
  expect(readCatalogues([put(CATALOGUE)])).toEqual(CATALOGUE);
  expect(readCatalogues([put({ $schema: 'x', ...CATALOGUE })]).metrics).toEqual([METRIC]);
});

test('the schema that is documented is the one that is used, and the example of the page fits it', () => {
  const documented: unknown = JSON.parse(readFileSync(join(DOCS, 'catalogue.schema.json'), 'utf8'));
  expect(documented).toEqual(CATALOGUE_SCHEMA);
  const page = readFileSync(join(DOCS, 'catalogue.md'), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(readCatalogues([put(JSON.parse(example))]).metrics).toHaveLength(1);
});

test('of two catalogues that say something of one metric the later one counts', () => {
  const first = put({ metrics: [{ name: 'x', kind: 'gauge', labels: {} }] });
  const second = join(folder, 'second.json');
  writeFileSync(second, JSON.stringify({ metrics: [{ name: 'x', kind: 'counter', labels: {} }] }));
  expect(readCatalogues([first, second]).metrics).toEqual([{ name: 'x', kind: 'counter', labels: {} }]);
});

test.each<[what: string, value: unknown, message: RegExp]>([
  ['no object', [], /1:1: This is no catalogue: it must be object/],
  ['no metrics', {}, /1:1: This is no catalogue: it must have required property 'metrics'/],
  [
    'a metric without labels',
    { metrics: [{ name: 'x', kind: 'gauge' }] },
    /metric "x" must have required property 'labels'/,
  ],
  [
    'a unit that does not exist',
    { metrics: [{ name: 'x', kind: 'gauge', labels: {}, unit: 'sec' }] },
    /"unit" of metric "x" must be equal to one of the allowed values \(seconds/,
  ],
  [
    'two metrics with one series',
    {
      metrics: [
        { name: 'x', kind: 'summary', labels: {} },
        { name: 'x_sum', kind: 'counter', labels: {} },
      ],
    },
    /Two metrics of the catalogue expose "x_sum": "x" and "x_sum"/,
  ],
])('what is refused: %s', (_what, value, message) => {
  expect(() => readCatalogues([put(value)])).toThrow(CatalogueFileError);
  expect(() => readCatalogues([put(value)])).toThrow(message);
});

test("this project's own output is clean when it is linted with this project's own catalogue", async () => {
  const root = join(import.meta.dirname, '../..');
  const path = join(folder, 'own.json');
  const ignored = { write: () => true } as unknown as NodeJS.WriteStream;
  const context: CommandContext = {
    cwd: root,
    stdout: ignored,
    stderr: ignored,
    terminal: { colour: false, width: 100, isTerminal: false },
    packageFiles: packageFiles(import.meta.filename),
    readLine: () => undefined,
  };
  expect(await run(['catalogue', '--out', path], context)).toBe(0);
  const { diagnostics, expressions } = lintFiles([join(root, 'out')], { catalogue: readCatalogues([path]) });
  expect(
    diagnostics.filter(({ severity }) => severity !== 'info').map(({ code, message }) => `${code} ${message}`),
  ).toEqual([]);
  expect(expressions).toBeGreaterThan(200);
});
