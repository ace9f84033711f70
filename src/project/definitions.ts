/** From what the files export to what a project consists of. */
import { codeEntry } from '../analysis/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DashboardModel } from '../grafana/model.ts';
import { sampleNames } from '../metrics/lookup.ts';
import type { ExporterModel, MetricModel } from '../metrics/model.ts';
import type { RuleGroup } from '../prometheus/model.ts';
import type { SourcePosition } from '../source/position.ts';
import { configProblems } from './check-config.ts';
import { projectDiagnostic } from './codes.ts';
import type { Config } from './config.ts';

/** A file of definitions and its exports. */
export interface DefinitionExports {
  readonly file: string;
  readonly folder: 'config' | 'metrics' | 'dashboards' | 'rules';
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What a project consists of. */
export interface Definitions {
  readonly config: Config;
  /** Each once, sorted by name. */
  readonly metrics: readonly MetricModel[];
  /** Those that are exported or that a metric comes from, each once, sorted by name. */
  readonly exporters: readonly ExporterModel[];
  readonly dashboards: readonly DashboardModel[];
  readonly groups: readonly RuleGroup[];
}

/**
 * Sorts out what the files export.
 *
 * @param modules in the order of their evaluation
 */
export function collectDefinitions(modules: readonly DefinitionExports[]): {
  readonly definitions: Definitions;
  readonly diagnostics: readonly Diagnostic[];
} {
  const config = modules.find(({ folder }) => folder === 'config');
  const found = modules.filter(({ folder }) => folder === 'metrics').flatMap(({ exports }) => Object.values(exports));
  const metrics = unique(found.flatMap((value) => (isMetric(value) ? [value.model] : [])));
  const exporters = unique([
    ...found.flatMap((value) => (isExporter(value) ? [value.model] : [])),
    ...metrics.flatMap(({ exporter }) => exporter ?? []),
  ]);
  const dashboards = modules.map((module) => defaults(module, DASHBOARDS));
  const groups = modules.map((module) => defaults(module, GROUPS));
  return {
    definitions: {
      config: isObject(config?.exports['default']) ? config.exports['default'] : {},
      metrics: metrics.toSorted(byName),
      exporters: exporters.toSorted(byName),
      dashboards: unique(dashboards.flatMap(({ values }) => values)),
      groups: unique(groups.flatMap(({ values }) => values)),
    },
    diagnostics: [
      ...(config ? configFaults(config) : []),
      ...dashboards.flatMap(({ faults }) => faults),
      ...groups.flatMap(({ faults }) => faults),
      ...duplicateMetrics(metrics),
    ],
  };
}

interface Expected<T> {
  readonly folder: DefinitionExports['folder'];
  readonly what: string;
  readonly example: string;
  readonly accepts: (value: unknown) => value is T;
}

const DASHBOARDS: Expected<DashboardModel> = {
  folder: 'dashboards',
  what: 'a dashboard, or a list of them',
  example: "export default dashboard('Title', { … })",
  accepts: (value): value is DashboardModel => hasKind(value, 'dashboard'),
};

const GROUPS: Expected<RuleGroup> = {
  folder: 'rules',
  what: 'a group of rules, or a list of them',
  example: "export default ruleGroup('name', { … }, [ … ])",
  accepts: (value): value is RuleGroup => hasKind(value, 'ruleGroup'),
};

function defaults<T>(
  module: DefinitionExports,
  expected: Expected<T>,
): { values: readonly T[]; faults: readonly Diagnostic[] } {
  const { file, folder, exports } = module;
  if (folder !== expected.folder) return { values: [], faults: [] };
  const position = { file, line: 1, column: 1 };
  if (!Object.hasOwn(exports, 'default')) {
    const fault = projectDiagnostic('C835', {
      message: `\`${file}\` has no default export.`,
      why: `Every file in ${folder}/ gives the project ${expected.what}, and it does so by its default export.`,
      fix: `Write \`${expected.example}\`. A file that only helps others gets a name that begins with \`_\`.`,
      position,
    });
    return { values: [], faults: [fault] };
  }
  const exported = exports['default'];
  const items: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  const wrong = items.find((item) => !expected.accepts(item));
  if (items.length > 0 && wrong === undefined && items.every(expected.accepts)) return { values: items, faults: [] };
  const fault = projectDiagnostic('C836', {
    message: `The default export of \`${file}\` is ${describe(items.length === 0 ? items : wrong)}, not ${expected.what}.`,
    why: `Files in ${folder}/ are built from what they export by default.`,
    fix: `Write \`${expected.example}\`, or move the file to where it belongs.`,
    position: positionOf(wrong) ?? position,
  });
  return { values: [], faults: [fault] };
}

function configFaults({ file, exports }: DefinitionExports): readonly Diagnostic[] {
  const position = { file, line: 1, column: 1 };
  const config = exports['default'];
  if (config !== undefined) return configProblems(config, positionOf(config) ?? position);
  const fault = projectDiagnostic('C835', {
    message: `\`${file}\` has no default export.`,
    why: 'The configuration is read from there.',
    fix: 'Write `export default defineConfig({ … })`.',
    position,
  });
  return [fault];
}

function duplicateMetrics(metrics: readonly MetricModel[]): readonly Diagnostic[] {
  const owners = new Map<string, MetricModel>();
  return metrics.flatMap((metric) => {
    const names = sampleNames(metric);
    const taken = names.find((name) => owners.has(name));
    const other = taken === undefined ? undefined : owners.get(taken);
    for (const name of names) if (!owners.has(name)) owners.set(name, metric);
    return other === undefined || taken === undefined ? [] : [duplicateMetric(metric, other, taken)];
  });
}

function duplicateMetric(metric: MetricModel, other: MetricModel, sample: string): Diagnostic {
  const { code, name, severity } = codeEntry('M111');
  const twice = metric.name === other.name;
  return {
    code,
    name,
    severity,
    message: twice
      ? `The metric \`${metric.name}\` is defined twice.`
      : `The ${metric.kind} \`${metric.name}\` and the ${other.kind} \`${other.name}\` both expose \`${sample}\`.`,
    why: 'A query of that name could mean either, and the two definitions need not agree.',
    fix: twice ? 'Keep one definition and import it where it is used.' : 'Rename one of them, or keep only one.',
    where: [`metric ${metric.name}`],
    ...(metric.position ? { position: metric.position } : {}),
    related: [{ message: 'first defined here', ...(other.position ? { position: other.position } : {}) }],
  };
}

function isMetric(value: unknown): value is { readonly model: MetricModel } {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !('model' in value)) return false;
  return isObject(value.model) && 'labels' in value.model && !hasKind(value, 'exporter');
}

function isExporter(value: unknown): value is { readonly model: ExporterModel } {
  return hasKind(value, 'exporter') && 'model' in value;
}

function hasKind(value: unknown, kind: string): value is object {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function positionOf(value: unknown): SourcePosition | undefined {
  if (!isObject(value) || !('position' in value)) return undefined;
  const { position } = value;
  if (!isObject(position) || !('resolve' in position) || typeof position.resolve !== 'function') return undefined;
  return (position.resolve as () => SourcePosition | undefined)();
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an empty list';
  if (isMetric(value)) return 'a metric';
  if (isObject(value) && 'kind' in value && typeof value.kind === 'string')
    return KINDS[value.kind] ?? `a ${value.kind}`;
  if (value === undefined || value === null) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const KINDS: Readonly<Record<string, string>> = {
  alertingRule: 'a single alert',
  recordingRule: 'a single recording rule',
  ruleGroup: 'a group of rules',
  exporter: 'an exporter',
};

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
