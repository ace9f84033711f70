/** From the rules and exporters of a project to the files that Prometheus and promtool read. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { format } from '../promql/format.ts';
import type { Artefact } from '../project/artefact.ts';
import type { ExporterModel } from '../metrics/model.ts';
import { checkRules } from './checks/check-rules.ts';
import { prometheusConfiguration } from './compile/configuration.ts';
import { neededGroups } from './compile/dependencies.ts';
import { ruleQuery } from './compile/expressions.ts';
import type { FindMetric } from './compile/expressions.ts';
import { resolveOptions } from './compile/options.ts';
import type { PrometheusOptions, ResolvedOptions } from './compile/options.ts';
import { CONFIGURATION_FILE, RULES_FOLDER, TESTS_FOLDER, ruleFileName, testFileName } from './compile/paths.ts';
import { ruleFile } from './compile/rule-file.ts';
import type { Expressions } from './compile/rule-file.ts';
import { sharedAlertNames, unitTestFiles } from './compile/unit-tests.ts';
import type { Rule, RuleGroup } from './model.ts';

/** What a project has for Prometheus. */
export interface PrometheusParts {
  readonly groups: readonly RuleGroup[];
  readonly exporters: readonly ExporterModel[];
  /** Looks the metric of a sample's name up; it decides how long automatic ranges are. */
  readonly find: FindMetric;
}

export interface PrometheusOutput {
  /** Rule files, unit tests and the configuration; none where a diagnostic of level error was found. */
  readonly artefacts: readonly Artefact[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles rules.
 *
 * The result depends on the parts alone: neither their order nor the machine changes a byte.
 */
export function compilePrometheus(parts: PrometheusParts, options: PrometheusOptions = {}): PrometheusOutput {
  const resolved = resolveOptions(options);
  const groups = parts.groups.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const diagnostics = checkRules(groups, parts.exporters, resolved);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { artefacts: [], diagnostics };
  return {
    artefacts: [
      { path: CONFIGURATION_FILE, text: prometheusConfiguration(parts.exporters, resolved) },
      ...groups.map((group) => ruleArtefact(group, parts.find, resolved)),
      ...groups.flatMap((group) => testArtefact(group, groups, resolved)),
    ],
    diagnostics,
  };
}

function ruleArtefact(group: RuleGroup, find: FindMetric, options: ResolvedOptions): Artefact {
  const expressions: Expressions = new Map(
    group.rules.map((rule): [Rule, string] => [rule, format(ruleQuery(rule, group, find, options).expr)]),
  );
  return { path: `${RULES_FOLDER}/${ruleFileName(group.name)}`, text: ruleFile(group, expressions, options) };
}

function testArtefact(group: RuleGroup, groups: readonly RuleGroup[], options: ResolvedOptions): readonly Artefact[] {
  const needed = neededGroups(group, groups);
  const needs = needed.map((need) => ({ group: need, file: ruleFileName(need.name) }));
  const files = unitTestFiles({ group, needs, sharedNames: sharedAlertNames(needed) }, options);
  return files.map(({ every, text }) => ({ path: `${TESTS_FOLDER}/${testFileName(group.name, every)}`, text }));
}
