/** A generated project of many queries, to measure what the types cost. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as surface from 'dashwright';

const root = fileURLToPath(new URL('../..', import.meta.url));

const QUERIES_PER_FILE = 40;

/** Query forms as they occur in dashboards and rules; `#` is the number of the metric. */
const FORMS: readonly string[] = [
  `sum(rate(runs#({ status: 'failure' })), { by: ['pipeline_name', 'job'] })`,
  `histogramQuantile(0.95, sum(rate(duration#.bucket({ stage: 'total' }), '10m'), { by: ['le', 'instance'] }))`,
  `gt(div(sum(increase(runs#({ status: ['failure', 'timed_out'] }), '1d'), { by: ['pipeline_name'] }), sum(increase(runs#, '1d'), { by: ['pipeline_name'] })), 0.3)`,
  `ratio(runs#({ status: 'success' }), runs#, { by: ['pipeline_name'], over: '7d' })`,
  `mul(sum(memory#, { by: ['instance'] }), 8)`,
  `avg(avgOverTime(memory#({ instance: matching(/db.*/) }), '1h'), { without: ['instance'] })`,
  `sum(mul(rate(runs#), build#, { on: ['job', 'instance'], groupLeft: ['version'] }), { by: ['version', 'status'] })`,
  `gt(sub(time(), done#({ pipeline_name: not('test') })), 86400)`,
  `topk(5, sum(increase(runs#, '1h'), { by: ['pipeline_name'] }))`,
  `lt(sub(1, div(sum(memory#), sum(limit#))), 0.1)`,
  `percentile(0.99, duration#, { where: { stage: 'build' }, by: ['job'] })`,
  `unless(gt(memory#, 1e9), eq(limit#, 0))`,
  `max(maxOverTime(sum(rate(duration#.count), { by: ['stage'] }), '1d'), { by: ['stage'] })`,
  `clampMax(div(rate(duration#.sum), rate(duration#.count)), 3600)`,
];

function metrics(index: number): string {
  return `
export const runs${index} = counter('app${index}_runs_total', { help: 'Runs.', unit: 'count', labels: { pipeline_name: any, status: oneOf('success', 'failure', 'cancelled', 'timed_out') }, from: app });
export const duration${index} = histogram('app${index}_duration_seconds', { help: 'Time.', unit: 'seconds', labels: { stage: oneOf('total', 'build', 'test') }, buckets: [15, 30, 60, 120, 300, 600], from: app });
export const memory${index} = gauge('app${index}_memory_bytes', { help: 'Memory.', unit: 'bytes', from: app });
export const limit${index} = gauge('app${index}_limit_bytes', { help: 'Limit.', unit: 'bytes', from: app });
export const done${index} = gauge('app${index}_done_timestamp_seconds', { help: 'Done.', unit: 'timestamp_seconds', labels: { pipeline_name: any }, from: app });
export const build${index} = info('app${index}_build_info', { help: 'Build.', labels: { version: any }, from: app });`;
}

const METRICS = 20;

/**
 * Writes the project, ready for `tsc -p`.
 *
 * @param folder an empty folder
 * @param queries how many
 * @param declarations where `dashwright` is declared: a `.d.ts` file
 */
export function writeProject(folder: string, queries: number, declarations: string): void {
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('package.json', '{ "type": "module" }');
  write('tsconfig.json', JSON.stringify(config(declarations)));
  const indexes = Array.from({ length: METRICS }, (_, index) => index);
  const app = `const app = exporter('app', { scrapeInterval: '30s' });`;
  const imports = `import { any, counter, exporter, gauge, histogram, info, oneOf } from 'dashwright';`;
  write('metrics.ts', [imports, app, ...indexes.map(metrics)].join('\n'));
  for (let first = 0; first < queries; first += QUERIES_PER_FILE) {
    write(`queries-${first}.ts`, queryFile(first, Math.min(QUERIES_PER_FILE, queries - first)));
  }
}

function queryFile(first: number, count: number): string {
  const lines = Array.from({ length: count }, (_, offset) => {
    const number = first + offset;
    const form = FORMS[number % FORMS.length] ?? '';
    return `export const q${number} = ${form.replaceAll('#', String(number % METRICS))};`;
  });
  const body = lines.join('\n');
  const functions = [...new Set(body.match(/\b[a-z][A-Za-z]*(?=\()/g))].filter((name) => name in surface);
  const used = [...new Set(body.match(/\b(?:runs|duration|memory|limit|done|build)\d+/g))];
  return `import { ${functions.join(', ')} } from 'dashwright';\nimport { ${used.join(', ')} } from './metrics.ts';\n${body}\n`;
}

function config(declarations: string): object {
  return {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
      paths: { dashwright: [declarations] },
    },
    include: ['*.ts'],
  };
}

/** Emits the declarations of the public surface, as the package ships them; returns the path of `index.d.ts`. */
export function emitDeclarations(folder: string): string {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = ['-p', join(root, 'tsconfig.build.json'), '--emitDeclarationOnly', '--declarationMap', 'false'];
  try {
    execFileSync(process.execPath, [tsc, ...args, '--outDir', folder]);
  } catch {
    // Declarations are emitted in spite of errors, which the type check of the whole project reports.
  }
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  return join(folder, 'index.d.ts');
}

/** Declares the same surface without one type parameter: what reading and checking the files costs by itself. */
export function writeBaseline(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const members = `readonly expr: object; readonly bucket: Query; readonly sum: Query; readonly count: Query`;
  const names = Object.keys(surface).map((name) =>
    name === 'any'
      ? 'export declare const any: Query;'
      : `export declare function ${name}(...args: readonly unknown[]): Query;`,
  );
  const path = join(folder, 'index.d.ts');
  const query = `interface Query { (...args: readonly unknown[]): Query; ${members} }`;
  writeFileSync(path, [query, ...names].join('\n'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return path;
}

export interface Cost {
  readonly instantiations: number;
  readonly milliseconds: number;
  readonly errors: string;
}

/** Runs the compiler once over a project. */
export function measure(folder: string, compiler: string = join(root, 'node_modules/typescript/bin/tsc')): Cost {
  const start = performance.now();
  let output: string;
  try {
    output = execFileSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false', '--extendedDiagnostics'], {
      encoding: 'utf8',
    });
  } catch (error) {
    output = String((error as { stdout?: unknown }).stdout);
  }
  const milliseconds = performance.now() - start;
  return {
    instantiations: Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]),
    milliseconds,
    errors: output
      .split('\n')
      .filter((line) => line.includes('error TS'))
      .join('\n'),
  };
}
