import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandContext } from '../../src/cli/context.ts';
import { packageFiles } from '../../src/cli/package-files.ts';
import { run } from '../../src/cli/program.ts';
import { replaceFile } from '../../src/lint/replace-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dashwright-command-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function dashwright(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): NodeJS.WriteStream =>
    ({
      write: (text: string) => {
        written[name] += text;
        return true;
      },
    }) as NodeJS.WriteStream;
  const context: CommandContext = {
    cwd: folder,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    terminal: { colour: false, width: 100, isTerminal: false },
    packageFiles: packageFiles(import.meta.filename),
    readLine: (file, line) => readFileSync(file, 'utf8').split('\n')[line - 1],
  };
  const code = await run(args, context);
  return { code, ...written };
}

function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const CATALOGUE = JSON.stringify({ metrics: [{ name: 'heap_bytes', kind: 'gauge', labels: {} }] });
const SCRAPE = '# HELP hits_total Hits.\n# TYPE hits_total counter\nhits_total{code="200"} 7\n';
const BAD = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: rate(heap_bytes[5m]) > 1\n';
const GOOD = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: heap_bytes > 1\n';
const CONFIG = (inside: string): string =>
  `import { defineConfig } from 'dashwright';\nexport default defineConfig({ ${inside} });\n`;

describe('dashwright lint', () => {
  test('clean files: exit code 0 and how much was looked at', async () => {
    const { code, stdout } = await dashwright('lint', put('r.yaml', GOOD), '--catalogue', put('c.json', CATALOGUE));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Linted 1 expression in 1 file.\n' });
  });

  test('an error: exit code 1, with the line of the file', async () => {
    const { code, stdout } = await dashwright('lint', put('r.yaml', BAD), '--catalogue', put('c.json', CATALOGUE));
    expect(code).toBe(1);
    expect(stdout).toContain('error Q203 rate-needs-counter');
    expect(stdout).toContain('r.yaml:5:15');
    expect(stdout).toContain('expr: rate(heap_bytes[5m]) > 1');
    expect(stdout).toContain('group "g" › alert "A"');
  });

  test('other formats are nothing but the format', async () => {
    const rules = put('r.yaml', BAD);
    const catalogue = put('c.json', CATALOGUE);
    const json = await dashwright('lint', rules, '--catalogue', catalogue, '--format', 'json');
    expect(json.code).toBe(1);
    expect(JSON.stringify(JSON.parse(json.stdout))).toContain('"Q203"');
    const sarif = await dashwright('lint', rules, '--catalogue', catalogue, '--format', 'sarif');
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0' });
    const github = await dashwright('lint', rules, '--catalogue', catalogue, '--format', 'github');
    expect(github.stdout).toMatch(/^::error .*file=.*r\.yaml,line=5,col=15::/m);
  });

  test('skipped files and suppressed findings are counted', async () => {
    put('prometheus.yml', 'scrape_configs: []\n');
    put('r.yaml', BAD.replace('> 1', '> 1 # dashwright: disable=Q203 reason: why'));
    const { code, stdout } = await dashwright('lint', folder, '--catalogue', put('c.json', CATALOGUE));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Linted 1 expression in 1 file, 1 suppressed, 2 other files skipped.\n',
    });
  });

  test('the configuration of the folder is heeded', async () => {
    const rules = put('r.yaml', BAD);
    const catalogue = put('c.json', CATALOGUE);
    put('dashwright.config.ts', CONFIG("severities: { 'rate-needs-counter': 'off' }"));
    expect((await dashwright('lint', rules, '--catalogue', catalogue)).code).toBe(0);
    const named = put(
      'other.config.ts',
      CONFIG("suppressions: [{ code: 'Q203', where: 'alert \"A\"', reason: 'old' }]"),
    );
    expect((await dashwright('lint', rules, '--catalogue', catalogue, '--config', named)).stdout).toContain(
      '1 suppressed',
    );
  });

  test('the configuration may speak of codes that only a build reports, and of none that nobody has', async () => {
    const rules = put('r.yaml', GOOD);
    const severities = "R764: 'off', 'panel-without-description': 'off', C837: 'warning', C850: 'off', R755: 'warning'";
    const suppressions =
      "{ code: 'R764', files: 'rules/**', reason: 'x' }, { code: 'D656', reason: 'x' }, { code: 'Q201', files: 'elsewhere.yaml', reason: 'x' }";
    put('dashwright.config.ts', CONFIG(`severities: { ${severities} }, suppressions: [${suppressions}]`));
    expect(await dashwright('lint', rules)).toMatchObject({ code: 0, stdout: 'Linted 1 expression in 1 file.\n' });
    put('dashwright.config.ts', CONFIG(`severities: { R999: 'off' }, suppressions: [{ code: 'Z1', reason: 'x' }]`));
    const { code, stdout } = await dashwright('lint', rules);
    expect(code).toBe(1);
    expect(stdout).toContain('error C803 unknown-code: The settings name "R999"');
    expect(stdout).toContain('error C803 unknown-code: `Z1` is no code.');
  });

  test.each([
    ['a scrape', 'metrics.txt', SCRAPE, 'scraped metrics text: `dashwright catalogue --from '],
    ['a scrape that is no YAML', 'metrics.yaml', `${SCRAPE}a{b="c: d"} 1\nb: c: d 1\n`, 'scraped metrics text'],
    ['a catalogue', 'c.json', CATALOGUE, 'It looks like a catalogue: give it with --catalogue'],
    ['anything else', 'other.json', '{}', 'Name another file, or a folder'],
  ])('%s has nothing to lint in it, and it is said what it is for', async (_what, name, text, fix) => {
    const { code, stdout } = await dashwright('lint', put(name, text));
    expect(code).toBe(1);
    expect(stdout).toContain('error C825 nothing-to-lint: ');
    expect(stdout).toContain(fix);
    expect(stdout).toContain('\n1 error\n');
  });

  test('more warnings than allowed: exit code 1', async () => {
    const rules = put('r.yaml', `# dashwright: disable-file=Q203 reason: why\n${GOOD}`);
    expect((await dashwright('lint', rules)).code).toBe(0);
    const { code, stderr } = await dashwright('lint', rules, '--max-warnings', '0');
    expect(code).toBe(1);
    expect(stderr).toBe('More warnings than allowed: 1, at most 0.\n');
  });

  describe('wrong usage: exit code 2 and what to do', () => {
    test.each<[what: string, args: () => readonly string[], message: RegExp]>([
      ['a path that does not exist', () => [join(folder, 'no.yaml')], /no\.yaml" cannot be linted: it does not exist/],
      [
        'a catalogue that does not exist',
        () => [put('r.yaml', GOOD), '-c', 'no.json'],
        /The catalogue "no\.json" cannot be read: it does not exist\. Check the path: it leads to \/.*\/no\.json\.\n/,
      ],
      [
        'a catalogue that is a folder',
        () => [put('r.yaml', GOOD), '-c', folder],
        /The catalogue ".*" cannot be read: it is a folder\. Name a file\.\n/,
      ],
      [
        'a path below a file',
        () => [join(put('r.yaml', GOOD), 'inside')],
        /inside" cannot be linted: a part of its path is a file, not a folder\. Check the path: it leads to \/.*inside\.\n/,
      ],
      [
        'a definition',
        () => [put('rules.ts', 'export default 1;\n')],
        /rules\.ts" cannot be linted: it is a program, not YAML or JSON\. The definitions of a project are checked with `dashwright check`\.\n/,
      ],
      [
        'links that lead in a circle',
        () => {
          symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
          return [join(folder, 'loop.yaml')];
        },
        /loop\.yaml" cannot be linted: its symbolic links lead in a circle\. Mend the links/,
      ],
      [
        'a scrape as a catalogue',
        () => [put('r.yaml', GOOD), '-c', put('metrics.txt', SCRAPE)],
        /metrics\.txt:1:1: The catalogue is no JSON: .*\. It looks like a scraped metrics text: `dashwright catalogue --from \/.*\/metrics\.txt --out catalogue\.json` makes a catalogue of it\.\n/,
      ],
      [
        'a scrape with a fault as a catalogue',
        () => [put('r.yaml', GOOD), '-c', put('metrics.txt', `${SCRAPE}hits_total{ 5\n`)],
        /It looks like a scraped metrics text/,
      ],
      [
        'a rule file as a catalogue',
        () => [put('r.yaml', GOOD), '-c', put('c.yaml', GOOD)],
        /c\.yaml:1:1: The catalogue is no JSON: a JSON value was expected, but here is "g"\.\n/,
      ],
      [
        'a catalogue that is no JSON',
        () => [put('r.yaml', GOOD), '-c', put('c.json', '{"metrics": [}')],
        /c\.json:1:14: The catalogue is no JSON/,
      ],
      [
        'a catalogue of another form',
        () => [
          put('r.yaml', GOOD),
          '-c',
          put('c.json', '{"metrics": [\n{"name": "x", "kind": "meter", "labels": {}}]}'),
        ],
        /c\.json:2:23: This is no catalogue: "kind" of metric "x" must be equal to one of the allowed values \(counter, gauge/,
      ],
      [
        'a catalogue with an unknown field',
        () => [
          put('r.yaml', GOOD),
          '-c',
          put('c.json', '{"metrics": [{"name": "x", "kind": "gauge", "labels": {}, "unti": "s"}]}'),
        ],
        /metric "x" must NOT have additional properties \(unti\)/,
      ],
      [
        'a configuration that does not exist',
        () => [put('r.yaml', GOOD), '--config', 'no.ts'],
        /The configuration "no\.ts" cannot be read: it does not exist\. Check the path: it leads to \/.*\/no\.ts\.\n/,
      ],
      [
        'a configuration that is a folder',
        () => [put('r.yaml', GOOD), '--config', folder],
        /The configuration ".*" cannot be read: it is a folder\. Name a file\.\n/,
      ],
      [
        'a configuration that is no TypeScript',
        () => [put('r.yaml', GOOD), '--config', put('c.yaml', 'severities: {}\n')],
        /The configuration ".*c\.yaml" is no TypeScript file\. Name one such as dashwright\.config\.ts/,
      ],
      ['no path', () => [], /missing required argument 'path'/],
      ['an unknown option', () => ['x', '--colour'], /unknown option '--colour'/],
    ])('%s', async (_what, args, message) => {
      const { code, stderr } = await dashwright('lint', ...args());
      expect(stderr).toMatch(message);
      expect(code).toBe(2);
    });

    test('a configuration with a fault', async () => {
      put('dashwright.config.ts', CONFIG('severitties: {}'));
      const { code, stdout } = await dashwright('lint', put('r.yaml', GOOD));
      expect(code).toBe(2);
      expect(stdout).toContain('C837');
    });
  });

  test('several catalogues are put together', async () => {
    const first = put('a.json', CATALOGUE);
    const second = put('b.json', JSON.stringify({ metrics: [{ name: 'hits_total', kind: 'counter', labels: {} }] }));
    const rules = put(
      'r.yaml',
      BAD.replace('rate(heap_bytes[5m]) > 1', 'rate(heap_bytes[5m]) + rate(hits_total[5m]) > 1'),
    );
    expect((await dashwright('lint', rules, '-c', first, '-c', second)).stdout.match(/Q203/g)).toHaveLength(2);
  });
});

describe('dashwright catalogue --from', () => {
  test.each<[what: string, args: () => readonly string[], message: RegExp]>([
    [
      'a file that does not exist',
      () => ['no.txt'],
      /^"no\.txt" cannot be read: it does not exist\. Check the path: it leads to \/.*\/no\.txt\.\n/,
    ],
    ['a folder', () => [folder], /^".*" cannot be read: it is a folder\. Name a file\.\n/],
    [
      'an address without its http://',
      () => ['localhost:9090'],
      /^"localhost:9090" cannot be read: .* The address of a server begins with http:\/\/ or https:\/\/\.\n/,
    ],
    [
      'a catalogue',
      () => [put('c.json', CATALOGUE)],
      /c\.json:1 is no metrics text: .* It is a catalogue already: give it to `dashwright lint --catalogue \/.*c\.json`\.\n/,
    ],
    ['another JSON', () => [put('c.json', '{"panels": []}')], /c\.json:1 is no metrics text: [^.]*\.\n/],
    [
      'an output file in a folder that is not there',
      () => [put('metrics.txt', SCRAPE), '--out', 'no/c.json'],
      /^"no\/c\.json" cannot be written: its folder does not exist\. Make the folder, or check the path: it leads to \/.*\/no\/c\.json\.\n/,
    ],
    [
      'an output file that is a folder',
      () => [put('metrics.txt', SCRAPE), '--out', '.'],
      /^"\." cannot be written: it is a folder\. Name a file\.\n/,
    ],
  ])('%s: exit code 2 and what to do', async (_what, args, message) => {
    const { code, stderr } = await dashwright('catalogue', '--from', ...args());
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('dashwright lint --fix', () => {
  const RULES =
    '# the team\ngroups:\n  - name: g\n    rules:\n      - record: a:x   # kept\n        expr: \'up{job=~"api"}\'\n';

  test('repairs the file, says how often, and reports what is left', async () => {
    const rules = put('r.yaml', RULES);
    const before = await dashwright('lint', rules);
    expect(before.stdout).toContain('Q333');
    const { code, stdout, stderr } = await dashwright('lint', rules, '--fix');
    expect(code).toBe(0);
    expect(stderr).toBe(`${rules}: 1 repair\n`);
    expect(stdout).not.toContain('Q333');
    expect(readFileSync(rules, 'utf8')).toBe(RULES.replace('=~', '='));
  });

  test('repairs dashboards, too', async () => {
    const target = { expr: 'sum(rate(hits_total{pod="$pod"}[$__rate_interval]))', refId: 'A' };
    const dashboard = {
      title: 'd',
      schemaVersion: 39,
      templating: { list: [{ name: 'pod', type: 'query', multi: true, query: 'label_values(up, pod)' }] },
      panels: [{ id: 1, title: 'p', type: 'timeseries', targets: [target] }],
    };
    const text = JSON.stringify(dashboard, undefined, 4);
    const path = put('d.json', text);
    expect((await dashwright('lint', path)).stdout).toContain('D607');
    expect((await dashwright('lint', path, '--fix')).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(text.replace(String.raw`pod=\"$pod`, () => String.raw`pod=~\"$pod`));
  });

  test('leaves what is suppressed', async () => {
    const text = RULES.replace('# kept', '# dashwright: disable=Q333 reason: a pattern is to come');
    const rules = put('r.yaml', text);
    expect(await dashwright('lint', rules, '--fix')).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(rules, 'utf8')).toBe(text);
  });
});

describe('replacing a file', () => {
  test('keeps its permissions, and a link to it', () => {
    const path = put('r.yaml', 'old');
    chmodSync(path, 0o640);
    symlinkSync(path, join(folder, 'link.yaml'));
    replaceFile(join(folder, 'link.yaml'), 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readlinkSync(join(folder, 'link.yaml'))).toBe(path);
  });

  test('that cannot be replaced leaves it as it was, and nothing beside it', () => {
    const path = put('r.yaml', 'old');
    writeFileSync(join(folder, `.r.yaml.dashwright-${process.pid}`), 'in the way');
    expect(() => replaceFile(path, 'new')).toThrow('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(existsSync(join(folder, `.r.yaml.dashwright-${process.pid}`))).toBe(false);
  });
});

describe('dashwright catalogue --from', () => {
  test('a scrape becomes a catalogue that lint takes', async () => {
    const scrape = put('scrape.txt', '# TYPE heap_bytes gauge\nheap_bytes{area="old"} 1\n');
    const out = join(folder, 'c.json');
    const made = await dashwright(
      'catalogue',
      '--from',
      scrape,
      '--job',
      'app',
      '--scrape-interval',
      '15s',
      '--target-labels',
      'pod',
      '--closed',
      'area',
      '--out',
      out,
    );
    expect(made).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({
      metrics: [
        {
          name: 'heap_bytes',
          kind: 'gauge',
          unit: 'bytes',
          labels: { area: { values: { type: 'oneOf', values: ['old'] }, cardinality: 1 } },
          exporter: {
            name: 'app',
            job: 'app',
            scrapeIntervalSeconds: 15,
            targetLabels: { instance: { values: { type: 'any' } }, pod: { values: { type: 'any' } } },
          },
        },
      ],
    });
    expect((await dashwright('lint', put('r.yaml', BAD), '--catalogue', out)).stdout).toContain('Q203');
  });

  test.each<[args: readonly string[], message: RegExp]>([
    [['--from', 'no.txt'], /"no\.txt" cannot be read/],
    [['--job', 'x'], /These options belong to --from/],
    [['--from', 'x', '--scrape-interval', '15s'], /add --job/],
    [['--from', 'x', '--timeout', 'long'], /It is a number and a unit/],
    [['--from', 'x', '--header', 'long'], /It has the form "Name: value"/],
  ])('wrong usage: %j', async (args, message) => {
    const { code, stderr } = await dashwright('catalogue', ...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
