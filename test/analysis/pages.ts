/** Reads the examples of the pages in docs/codes/. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { MetricModel } from '../../src/metrics/model.ts';
import type { ExporterModel } from '../../src/metrics/model.ts';
import type { DeclaredVariable, PanelPlace, Place } from '../../src/analysis/subject.ts';
import type { Server, World } from '../../src/analysis/facts/world.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { parse as parsePromql } from '../../src/promql/parse.ts';
import { exporter, labels, type ShortLabels } from './harness.ts';

export const PAGES = join(import.meta.dirname, '../../docs/codes');

/** The ```yaml block of an example: what the query is judged with. */
interface Setting {
  readonly metrics?: readonly (Omit<MetricModel, 'labels' | 'exporter'> & {
    readonly labels?: ShortLabels;
    /** Job of its exporter; default `app`. */
    readonly job?: string;
  })[];
  readonly exporters?: Readonly<
    Record<string, Partial<Omit<ExporterModel, 'targetLabels'>> & { readonly targetLabels?: ShortLabels }>
  >;
  readonly rules?: readonly {
    readonly record: string;
    readonly expr: string;
    readonly intervalSeconds?: number;
    readonly labels?: Record<string, string>;
  }[];
  readonly server?: Partial<Omit<Server, 'features'>> & { readonly features?: readonly string[] };
  readonly externalLabels?: ShortLabels;
  readonly place?: Place & { readonly variables?: readonly DeclaredVariable[] };
}

export interface Example {
  readonly heading: 'Wrong' | 'Right';
  readonly promql: string;
}

export interface Page {
  readonly code: string;
  readonly name: string;
  readonly sections: readonly string[];
  readonly setting: Setting;
  readonly examples: readonly Example[];
}

/**
 * A page has one setting for all its examples (the first ```yaml block) and, below "Wrong" and "Right", ```promql
 * blocks of one query each. A `# …` line at the top of a block may hold a setting of its own for that query, as YAML:
 * `# place: { type: alert, name: A, labels: {}, annotations: {} }`.
 */
export function readPages(): readonly Page[] {
  return readdirSync(PAGES)
    .filter((file) => /^(?!D6[5-9]|R7[5-9])[A-Z]\d{3}-.*\.md$/.test(file))
    .map((file) => readPage(file.replace(/\.md$/, ''), readFileSync(join(PAGES, file), 'utf8')));
}

function readPage(title: string, text: string): Page {
  const [code = '', ...words] = title.split('-');
  const yaml = /```yaml\n([\s\S]*?)```/.exec(text)?.[1];
  const sections = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? '');
  const examples = text.split(/^## /m).flatMap((section): Example[] => {
    const heading = section.slice(0, section.indexOf('\n'));
    if (heading !== 'Wrong' && heading !== 'Right') return [];
    return [...section.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, promql]) => ({ heading, promql: promql ?? '' }));
  });
  return {
    code,
    name: words.join('-'),
    sections,
    // a page without queries shows files, not settings
    setting: yaml === undefined || examples.length === 0 ? {} : (parse(yaml) as Setting),
    examples,
  };
}

/** The setting of one example: the page's, and what the comment at the top of the example changes. */
export function settingOf(page: Page, { promql }: Example): Setting {
  const comments = /^(?:#.*\n)*/.exec(promql)?.[0] ?? '';
  const own = parse(comments.replaceAll(/^# ?/gm, '')) as Setting | null;
  return { ...page.setting, ...own };
}

export function queryOf({ promql }: Example): string {
  return promql.replace(/^(?:#.*\n)*/, '').trimEnd();
}

/** The world in which an example is judged. */
export function worldOf(setting: Setting): World {
  const { server } = setting;
  return createWorld({
    closed: setting.metrics !== undefined,
    catalogue: { metrics: metricsOf(setting), externalLabels: labels(setting.externalLabels ?? {}) },
    rules: (setting.rules ?? []).map(({ record, expr, ...rest }) => ({
      name: record,
      expr: parsePromql(expr),
      text: expr,
      ...rest,
    })),
    server: { ...server, features: new Set(server?.features) },
  });
}

function metricsOf({ metrics = [], exporters = {} }: Setting): readonly MetricModel[] {
  const made = new Map<string, ExporterModel>();
  const from = (job: string): ExporterModel => {
    const known = made.get(job);
    if (known) return known;
    const { targetLabels = {}, ...options } = exporters[job] ?? {};
    const one = exporter(job, { ...options, targetLabels: labels(targetLabels) });
    made.set(job, one);
    return one;
  };
  return metrics.map(({ labels: short = {}, job = 'app', ...rest }) => ({
    ...rest,
    exporter: from(job),
    labels: labels(short),
  }));
}

export function placeOf({ place }: Setting): Place {
  if (!place) return { type: 'query' };
  const { variables, ...rest } = place;
  return variables ? ({ ...rest, variables: new Map(variables.map((one) => [one.name, one])) } as PanelPlace) : rest;
}
