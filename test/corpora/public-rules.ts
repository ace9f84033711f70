/**
 * Public alerts, recording rules and panels, written back into the files that they came from as far as they are
 * known: rule files and classic dashboards in a folder.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

const CORPUS = '../shared/corpora/mixins-exprs.json';

/** Said where the corpus is not there. */
export const MISSING = `${CORPUS} is not here: the checks over public expressions did not run.`;

interface Row {
  readonly source: string;
  readonly kind: 'alert' | 'record' | 'panel';
  readonly expr: string;
  readonly name?: string;
  readonly group?: string;
  readonly interval?: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly dashboard?: string;
  readonly panel?: string;
  readonly panelType?: string;
  readonly unit?: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
}

export interface PublicFiles {
  readonly rules: readonly string[];
  readonly dashboards: readonly string[];
  readonly expressions: number;
  /** The source of each file. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Whether the corpus is there. */
export function hasCorpus(): boolean {
  return existsSync(CORPUS);
}

/** Writes one file for each source of the corpus. */
export function writePublicFiles(folder: string): PublicFiles {
  const rows = JSON.parse(readFileSync(CORPUS, 'utf8')) as readonly Row[];
  mkdirSync(folder, { recursive: true });
  const sources = new Map<string, string>();
  const write = (kind: 'rules' | 'dashboards', text: (rows: readonly Row[]) => string): readonly string[] => {
    const mine = rows.filter((row) => (row.kind === 'panel') === (kind === 'dashboards'));
    return [...grouped(mine, ({ source }) => source)].map(([source, members]) => {
      const name = source.replaceAll(/[^\w.-]+/g, '_').replace(/\.(json|ya?ml)$/, '');
      const path = join(folder, `${name}.${kind === 'rules' ? 'yaml' : 'json'}`);
      writeFileSync(path, text(members));
      sources.set(path, source);
      return path;
    });
  };
  return {
    rules: write('rules', ruleFile),
    dashboards: write('dashboards', dashboard),
    expressions: rows.length,
    sources,
  };
}

function grouped(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const members = groups.get(key(row));
    if (members) members.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

function ruleFile(rows: readonly Row[]): string {
  const groups = [...grouped(rows, ({ group = '' }) => group)].map(([name, members]) => ({
    name,
    interval: members[0]?.interval,
    rules: members.map((row) => ({
      [row.kind]: row.name,
      expr: row.expr,
      for: row.for,
      keep_firing_for: row.keep_firing_for,
      labels: row.labels,
      annotations: row.kind === 'alert' ? row.annotations : undefined,
    })),
  }));
  return stringify({ groups }, { aliasDuplicateObjects: false, lineWidth: 120 });
}

/** Variables that Grafana has by itself. */
const BUILT_IN = /^(__|timeFilter$)/;

function dashboard(rows: readonly Row[]): string {
  const texts = rows.flatMap(({ expr, legendFormat = '' }) => [expr, legendFormat]).join('\n');
  const used = [...texts.matchAll(/\$\{?(\w+)|\[\[(\w+)/g)].map(([, dollar, brackets]) => dollar ?? brackets ?? '');
  const variables = [...new Set(used)].filter((name) => !BUILT_IN.test(name) && !/^\d/.test(name));
  const panels = [...grouped(rows, ({ panel, panelType, unit }) => JSON.stringify([panel, panelType, unit])).values()];
  return JSON.stringify(
    {
      title: rows[0]?.dashboard,
      uid: 'public',
      schemaVersion: 39,
      templating: { list: variables.map((name) => ({ name, type: 'textbox' })) },
      panels: panels.map((members, index) => ({
        id: index + 1,
        title: members[0]?.panel,
        type: members[0]?.panelType,
        // Columns of a table get units of their own by overrides, which the corpus does not have.
        fieldConfig: {
          defaults: members[0]?.panelType === 'table' ? {} : { unit: members[0]?.unit },
          overrides: [],
        },
        targets: members.map((row, target) => ({
          refId: String.fromCodePoint(65 + (target % 26)),
          datasource: { type: 'prometheus', uid: 'prometheus' },
          expr: row.expr,
          legendFormat: row.legendFormat,
          instant: row.instant,
        })),
      })),
    },
    undefined,
    2,
  );
}
