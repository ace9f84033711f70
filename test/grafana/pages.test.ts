/** The pages of the codes in docs/codes/: the wrong example gives exactly its code, the right one nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as dashwright from 'dashwright';
import type { Dashboard, DashboardLinkModel, Panel, Variable } from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { DELIVERY_CODES } from '../../src/grafana/delivery/codes.ts';
import { dashboardContext, type Config } from '../../src/project/config.ts';
import { context, dashboardOf, memory, runs } from './pack.ts';

const folder = join(import.meta.dirname, '../../docs/codes');
const names = { ...dashwright, runs, memory, pod: dashwright.variable('pod', dashwright.labelValues(memory, 'pod')) };

type Example = Dashboard | Panel | Variable | DashboardLinkModel | (Config & { readonly kind?: never });

/** Runs an example, which is one expression in terms of the public functions and of the metrics `runs` and `memory`. */
function run(code: string): readonly Example[] {
  const expression = code.trim().replace(/;$/, '');
  // oxlint-disable-next-line typescript/no-implied-eval -- the examples of our own pages
  const evaluate = new Function(...Object.keys(names), `return ${expression};`) as (...values: unknown[]) => Example;
  return [evaluate(...Object.values(names))].flat();
}

async function codesOf(code: string): Promise<readonly string[]> {
  const parts = run(code);
  const of = <T extends Example>(kind: string): T[] => parts.filter((part) => part.kind === kind) as T[];
  const config = parts.find((part) => part.kind === undefined);
  const loose = dashboardOf(of<Panel>('panel'), {
    variables: of<Variable>('variable'),
    links: of<DashboardLinkModel>('dashboardLink'),
  });
  const dashboards = of<Dashboard>('dashboard');
  const { diagnostics } = await compileDashboards(dashboards.length > 0 ? dashboards : [loose], {
    ...context,
    ...(config === undefined ? {} : dashboardContext(config)),
  });
  return [...new Set(diagnostics.map((diagnostic) => diagnostic.code))];
}

const files = readdirSync(folder).filter((file) => /^D6[567]\d-/.test(file));

test('every code of this room has a page', () => {
  expect(files.toSorted()).toEqual(DELIVERY_CODES.map(({ code, name }) => `${code}-${name}.md`));
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const [, code = ''] = /^# (D\d{3}) /.exec(text) ?? [];
  const example = (heading: string): string =>
    new RegExp(`^## ${heading}\\n\\n\`\`\`ts\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? '';

  test('says what, why, wrong, right and when to allow it', () => {
    expect(`${text.split('\n')[0]?.slice(2).replace(' ', '-')}.md`).toBe(file);
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Why', 'Wrong', 'Right', 'When to allow it']);
  });

  test('the wrong example gives this code alone', async () => {
    expect(await codesOf(example('Wrong'))).toEqual([code]);
  });

  test('the right example gives nothing', async () => {
    expect(await codesOf(example('Right'))).toEqual([]);
  });
});
