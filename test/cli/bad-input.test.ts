import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { add, type Files, project, type Result, run, SMALL } from './command.ts';

interface Case {
  readonly name: string;
  readonly files: Files;
  /** Every line that must be printed. */
  readonly says: readonly string[];
  readonly code: number;
}

const CASES: readonly Case[] = [
  {
    name: 'a definition that throws',
    files: {
      'dashboards/b.ts': `import { requests } from '../metrics/http.ts';
const label: string = 'x';
export default ((): never => {   throw new RangeError('no ' + label + requests.name); })();
`,
    },
    says: [
      'error C834 definition-throws: no xhttp_requests_total.',
      '  --> dashboards/b.ts:3:40',
      '    3 │ export default ((): never => {   throw new RangeError(',
    ],
    code: 1,
  },
  {
    name: 'a helper far from the definitions that throws',
    files: {
      'lib/helper.ts': `export function helper(): string {\n  return undefined as unknown as string;\n}\n`,
      'dashboards/b.ts': `import { helper } from '../lib/helper.ts';\nexport default helper().length;\n`,
    },
    says: [
      "error C834 definition-throws: Cannot read properties of undefined (reading 'length').",
      '  --> dashboards/b.ts:2:23',
    ],
    code: 1,
  },
  {
    name: 'a definition that the library refuses',
    files: { 'metrics/b.ts': `import { counter } from 'dashwright';\n\nexport const b =   counter('b');\n` },
    says: ['error C834 definition-throws: ', '  --> metrics/b.ts:3:20'],
    code: 1,
  },
  {
    name: 'raw PromQL that Prometheus would not read',
    files: {
      'dashboards/b.ts': `import { promql } from 'dashwright';\nexport default promql\`sum(rate(up[5 m]))\`;\n`,
    },
    says: [
      "error C834 definition-throws: Prometheus does not accept this query: unexpected character: 'm', expected ':'.\n" +
        '  sum(rate(up[5 ⟵ here ⟶ m]))\n',
      '  --> dashboards/b.ts:2:16',
    ],
    code: 1,
  },
  {
    name: 'a definition that would end the process',
    files: { 'metrics/b.ts': `const missing = true;\nif (missing) process.exit(0);\n` },
    says: ['error C834 definition-throws: `process.exit()` would end the build.', '  --> metrics/b.ts:2:22'],
    code: 1,
  },
  {
    name: 'something thrown that is no error',
    files: { 'metrics/b.ts': `throw 'just text';\n` },
    says: ['error C834 definition-throws: threw "just text".', '  --> metrics/b.ts:1:1'],
    code: 1,
  },
  {
    name: 'a syntax error, after characters that are several bytes long',
    files: { 'rules/b.ts': `const é = 'ü';\nconst ä = 'ö' +* 1;\n` },
    says: ['error C831 syntax-error: Unexpected "*".', '  --> rules/b.ts:2:16'],
    code: 1,
  },
  {
    name: 'two files with syntax errors',
    files: { 'rules/b.ts': `const = 1;\n`, 'metrics/b.ts': `let x = ;\n` },
    says: ['  --> rules/b.ts:1:7', '  --> metrics/b.ts:1:9', '2 errors'],
    code: 1,
  },
  {
    name: 'an import of a file that is not there',
    files: { 'dashboards/b.ts': `import x from './nowhere.ts';\nexport default x;\n` },
    says: ['error C832 unresolved-import: Cannot find `./nowhere.ts`.', '  --> dashboards/b.ts:1:15'],
    code: 1,
  },
  {
    name: 'an import of a package that is not installed',
    files: { 'dashboards/b.ts': `import x from 'not-installed-anywhere';\nexport default x;\n` },
    says: [
      'error C832 unresolved-import: Cannot find `not-installed-anywhere`.',
      'fix: Install it with `npm install not-installed-anywhere`',
    ],
    code: 1,
  },
  {
    name: 'an import of a name that the library does not have',
    files: {
      'dashboards/b.ts': `import { dashboard,   dashbored } from 'dashwright';\nexport default [dashboard, dashbored];\n`,
    },
    says: ['error C833 missing-export: `dashwright` exports no `dashbored`.', '  --> dashboards/b.ts:1:23'],
    code: 1,
  },
  {
    name: 'an import of a name that another file does not export',
    files: { 'dashboards/b.ts': `import { nope } from '../metrics/http.ts';\nexport default nope;\n` },
    says: ['error C833 missing-export: `metrics/http.ts` exports no `nope`.', '  --> dashboards/b.ts:1:10'],
    code: 1,
  },
  {
    name: 'a dashboard file without a default export',
    files: { 'dashboards/b.ts': `export const b = 1;\n` },
    says: ['error C835 no-default-export: `dashboards/b.ts` has no default export.', '  --> dashboards/b.ts:1:1'],
    code: 1,
  },
  ...['module', 'commonjs'].flatMap((type): readonly Case[] => [
    {
      name: `empty files, in a package of type ${type}`,
      files: {
        'package.json': JSON.stringify({ type }),
        'dashboards/b.ts': '',
        'metrics/b.ts': '',
        'rules/b.ts': '',
        'rules/c.ts': `import { requests } from '../metrics/http.ts';\nrequests();\n`,
      },
      says: [
        'error C835 no-default-export: `dashboards/b.ts` has no default export.',
        'error C835 no-default-export: `rules/b.ts` has no default export.',
        'error C835 no-default-export: `rules/c.ts` has no default export.',
        '3 errors',
      ],
      code: 1,
    },
    {
      name: `an empty configuration, in a package of type ${type}`,
      files: { 'package.json': JSON.stringify({ type }), 'dashwright.config.ts': '' },
      says: ['error C835 no-default-export: `dashwright.config.ts` has no default export.', '1 error'],
      code: 2,
    },
    {
      name: `an import from an empty file, in a package of type ${type}`,
      files: {
        'package.json': JSON.stringify({ type }),
        'metrics/b.ts': '',
        'dashboards/b.ts': `import { errors } from '../metrics/b.ts';\nexport default errors();\n`,
      },
      says: ['error C833 missing-export: `metrics/b.ts` exports no `errors`.', '  --> dashboards/b.ts:1:10', '1 error'],
      code: 1,
    },
  ]),
  {
    name: 'a default export that is an empty object',
    files: { 'rules/b.ts': `export default {};\n` },
    says: ['error C836 wrong-export: The default export of `rules/b.ts` is an object, not a group of rules'],
    code: 1,
  },
  {
    name: 'a default export of the wrong type',
    files: { 'rules/b.ts': `import { requests } from '../metrics/http.ts';\nexport default requests;\n` },
    says: [
      'error C836 wrong-export: The default export of `rules/b.ts` is a metric, not a group of rules, or a list of them.',
    ],
    code: 1,
  },
  {
    name: 'a dashboard among the rules',
    files: { 'rules/b.ts': `import http from '../dashboards/http.ts';\nexport default http;\n` },
    says: [
      'error C836 wrong-export: The default export of `rules/b.ts` is a dashboard',
      '  --> dashboards/http.ts:4:16',
    ],
    code: 1,
  },
  {
    name: 'two dashboards with one uid',
    files: {
      'dashboards/b.ts': `import { dashboard, stat } from 'dashwright';
import { requests } from '../metrics/http.ts';
import { rate, sum } from 'dashwright';

export default dashboard('Another', { uid: 'http', panels: [stat('Requests', sum(rate(requests)), { description: 'All.' })] });
`,
    },
    says: ['error D651 duplicate-dashboard-uid: ', '  --> dashboards/'],
    code: 1,
  },
  {
    name: 'a metric that is defined twice',
    files: {
      'metrics/twice.ts': `import { counter } from 'dashwright';

export const again = counter('http_requests_total', { help: 'Requests.' });
`,
    },
    says: [
      'error M111 duplicate-metric: The metric `http_requests_total` is defined twice.',
      '  --> metrics/twice.ts:3:22',
      'note: first defined here (metrics/http.ts:5:25)',
    ],
    code: 1,
  },
  {
    name: 'two groups of one name',
    files: {
      'rules/twice.ts': `import { ruleGroup } from 'dashwright';\n\nexport default ruleGroup('http', {}, []);\n`,
    },
    says: ['error R752 bad-group-name: ', '  --> rules/twice.ts:3:16'],
    code: 1,
  },
  {
    name: 'raw PromQL with a label that the metric does not have',
    files: {
      'dashboards/raw.ts': `import { dashboard, promql, timeseries } from 'dashwright';
import { requests } from '../metrics/http.ts';

const perVerb = promql\`sum by (verb) (rate(\${requests}[5m]))\`;

export default dashboard('Raw', { uid: 'raw', panels: [timeseries('By verb', perVerb, { description: 'By verb.' })] });
`,
    },
    says: [
      'error Q312 by-unknown-label',
      '  --> dashboards/raw.ts:4:17',
      'promql: sum by (verb) (rate(http_requests_total[5m]))',
    ],
    code: 1,
  },
  {
    name: 'a dashboard whose uid would leave the output folder',
    files: {
      'dashboards/b.ts': `import { dashboard, rate, stat, sum } from 'dashwright';
import { requests } from '../metrics/http.ts';

export default dashboard('B', { uid: '../../b', panels: [stat('Requests', sum(rate(requests)), { description: 'All.' })] });
`,
    },
    says: ['error D650 dashboard-uid', '  --> dashboards/b.ts:4:16'],
    code: 1,
  },
  {
    name: 'a definition that waits for ever',
    files: { 'dashboards/b.ts': `await new Promise(() => {});\nexport default 1;\n` },
    says: ['error C838 never-settles: `dashboards/b.ts` never finishes.', '  --> dashboards/b.ts:1:1'],
    code: 1,
  },
  {
    name: 'a configuration with a field that does not exist',
    files: {
      'dashwright.config.ts': `import { defineConfig } from 'dashwright';\n\nexport default defineConfig({ prometeus: {} } as never);\n`,
    },
    says: [
      'error C837 invalid-configuration: The configuration has no field `prometeus`.',
      '  --> dashwright.config.ts:3:16',
      '  fix: Use one of the fields out, datasource, grafana, prometheus, runbooks, severities, suppressions.\n',
    ],
    code: 2,
  },
  {
    name: 'a configuration with a value of the wrong type',
    files: { 'dashwright.config.ts': `export default { prometheus: { scrapeInterval: '30 seconds' } };\n` },
    says: ['error C837 invalid-configuration: `prometheus.scrapeInterval` is "30 seconds", not a duration'],
    code: 2,
  },
  {
    name: 'a configuration that throws',
    files: { 'dashwright.config.ts': `throw new Error('no');\n` },
    says: ['error C834 definition-throws: no.', '  --> dashwright.config.ts:1:7'],
    code: 2,
  },
];

const OLD = { 'out/manifest.json': 'old', 'out/keep.txt': 'mine' };

describe('bad input is one clear message, and the output folder stays as it was', () => {
  it.concurrent.each(CASES)('$name', { timeout: 120_000 }, async ({ files, says, code }) => {
    const root = project({ ...SMALL, ...OLD, ...files });
    const result = await run(root, ['build']);
    expect({ ...result, code: result.code }).toMatchObject({ code, stderr: '' });
    for (const text of says) expect(result.stdout).toContain(text);
    expectNoStackOfOurs(result);
    expect(existsSync(join(root, 'out', 'grafana'))).toBe(false);
  });

  it('says that there is nothing to build', async () => {
    const result = await run(project({}), ['build']);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('error C830 no-definitions: ');
  });

  it('says which file of the project is a link that leads nowhere', async () => {
    const root = project(SMALL);
    symlinkSync('nowhere.ts', join(root, 'dashboards', 'b.ts'));
    const result = await run(root, ['build']);
    expect(result).toMatchObject({ code: 1, stderr: '' });
    expect(result.stdout).toContain(
      'error C839 unreadable-project: `dashboards/b.ts` cannot be read: it does not exist.',
    );
    expectNoStackOfOurs(result);
  });

  it('does not overwrite a file that no build wrote, and says which', async () => {
    const root = project({ ...SMALL, 'out/prometheus/prometheus.yml': 'by hand' });
    const result = await run(root, ['build']);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('error C853 foreign-file: `prometheus/prometheus.yml` in ');
    expect(existsSync(join(root, 'out', 'manifest.json'))).toBe(false);
  });

  it.runIf(process.platform === 'linux')('says that nothing can be written there', async () => {
    const root = project(SMALL);
    const result = await run(root, ['build', '--out', '/proc/dashwright']);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('error C855 output-unwritable: `/proc/dashwright` cannot be written: ');
    expectNoStackOfOurs(result);
  });

  it('says that a file stands where the folder should be', async () => {
    const root = project({ ...SMALL, out: 'a file' });
    const result = await run(root, ['build']);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('error C855 output-unwritable: ');
  });

  it('prints what definitions print to stderr, so that stdout stays readable for programs', async () => {
    const root = project({ ...SMALL, 'metrics/loud.ts': `console.log('hello');\n` });
    const result = await run(root, ['check', '--format', 'json']);
    expect(result.stderr).toBe('hello\n');
    expect(JSON.parse(result.stdout)).toMatchObject({ version: 1 });
  });

  it('reports a bug of ours as one, with the stack', async () => {
    const root = project(SMALL);
    add(root, {
      'dashboards/bug.ts': `import http from './http.ts';\nexport default { ...http, rows: 5, uid: 'bug' };\n`,
    });
    const result = await run(root, ['build']);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('This is a bug of dashwright, not of your project.');
    expect(result.stderr).toMatch(/\n {4}at /);
  });
});

function expectNoStackOfOurs({ stdout, stderr }: Result): void {
  expect(stdout + stderr).not.toMatch(/^ {4}at /m);
  expect(stdout + stderr).not.toContain('node_modules');
}
