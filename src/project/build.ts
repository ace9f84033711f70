/** From definitions to artefacts: a function of its arguments, without a disk, a clock or anything global. */
import { analyseCatalogue, analyseProject } from '../analysis/analyse.ts';
import { describe } from '../analysis/describe.ts';
import { rememberFacts } from '../analysis/known-facts.ts';
import { createWorld } from '../analysis/world.ts';
import type { World } from '../analysis/facts/world.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NamedCode } from '../diagnostics/code-table.ts';
import { sortDiagnostics } from '../diagnostics/order.ts';
import { compileDashboards } from '../grafana/compile-dashboards.ts';
import { catalogue as catalogueOf } from '../metrics/catalogue.ts';
import { findSample } from '../metrics/lookup.ts';
import type { Catalogue, LabelModel, MetricModel } from '../metrics/model.ts';
import { compilePrometheus } from '../prometheus/compile.ts';
import { recordedModels, ruleQueries } from '../prometheus/rule-queries.ts';
import { BUILD_CODES } from './all-codes.ts';
import type { Artefact } from './artefact.ts';
import { type Config, dashboardContext, type DefinedConfig, prometheusOptions } from './config.ts';
import { collectDefinitions, type DefinitionExports, type Definitions } from './definitions.ts';
import { dashboardSubject, type ReadTrees, ruleSubjects } from './subjects.ts';
import { serverOf } from './server.ts';
import { applyLoudness, type Sources } from './suppressions.ts';

export interface Built {
  /** None where a diagnostic is an error. Sorted by path. */
  readonly artefacts: readonly Artefact[];
  /** Sorted, with severities and suppressions applied. */
  readonly diagnostics: readonly Diagnostic[];
  readonly definitions: Definitions;
  /** The metrics of the project with what its rules record. */
  readonly catalogue: Catalogue;
}

/**
 * Builds a project.
 *
 * @param modules what the files of definitions export, in the order of their evaluation
 * @param sources text of the authors' files, for suppressing comments
 * @param otherCodes of other commands, which the configuration may name as well
 */
export async function buildProject(
  modules: readonly DefinitionExports[],
  sources: Sources,
  otherCodes: readonly NamedCode[] = [],
): Promise<Built> {
  const { definitions, diagnostics: faults } = collectDefinitions(modules);
  const { config } = definitions;
  const settled = (found: readonly Diagnostic[]): readonly Diagnostic[] => loudness(found, config, sources, otherCodes);
  if (faults.some(({ severity }) => severity === 'error')) {
    const catalogue = { metrics: definitions.metrics };
    return { artefacts: [], diagnostics: settled(faults), definitions, catalogue };
  }
  const { world, catalogue, subject, trees } = meaning(definitions);
  const factsOf = rememberFacts(world);
  const options = prometheusOptions(config);
  const prometheus = compilePrometheus(
    { groups: definitions.groups, exporters: definitions.exporters, find: world.metric },
    options,
  );
  const grafana = await compileDashboards(definitions.dashboards, {
    ...dashboardContext(config),
    describe: (expr) => describe(factsOf(trees.get(expr) ?? expr)),
    catalogue,
  });
  // What Prometheus would not load is not written, so it cannot be called no fault either.
  const refused = prometheus.diagnostics.filter(({ severity }) => severity === 'error');
  const found = [
    ...faults,
    ...analyseCatalogue(world),
    ...analyseProject(subject, world, { factsOf }),
    ...prometheus.diagnostics.filter((diagnostic) => !refused.includes(diagnostic)),
    ...grafana.diagnostics,
  ];
  const diagnostics = sortDiagnostics([...settled(found), ...refused]);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  const artefacts = [...prometheus.artefacts, ...grafana.artefacts].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { artefacts: failed ? [] : artefacts, diagnostics, definitions, catalogue };
}

interface Meaning {
  readonly world: World;
  readonly catalogue: Catalogue;
  readonly subject: Parameters<typeof analyseProject>[0];
  readonly trees: ReadTrees;
}

/** What queries are judged in: the catalogue, what the rules record, and the server. */
function meaning({ config, metrics, groups, dashboards }: Definitions): Meaning {
  const options = prometheusOptions(config);
  const externalLabels = labelsOf(config.prometheus?.externalLabels ?? {});
  const own: Catalogue = { ...catalogueOf(metrics), externalLabels };
  const sorted = groups.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const declared = (name: string): MetricModel | undefined => findSample(own, name)?.metric;
  const recorded = new Map(recordedModels(sorted, declared, options).map((model) => [model.name, model]));
  const queries = ruleQueries(sorted, (name) => recorded.get(name) ?? declared(name), options);
  const rules = ruleSubjects(sorted, queries);
  const world = createWorld({ catalogue: own, closed: true, rules: rules.records, server: serverOf(config) });
  const known = [...recorded.keys()].flatMap((name) => world.metric(name) ?? []);
  const trees: ReadTrees = new Map();
  return {
    world,
    catalogue: { ...own, metrics: [...metrics, ...known].toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
    subject: {
      groups: rules.groups,
      dashboards: dashboards.map((dashboard) => dashboardSubject(dashboard, trees)),
      queries: [],
    },
    trees,
  };
}

function labelsOf(labels: Readonly<Record<string, string>>): Readonly<Record<string, LabelModel>> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [name, { values: { type: 'oneOf', values: [value] } }]),
  );
}

function loudness(
  diagnostics: readonly Diagnostic[],
  config: Config | DefinedConfig,
  sources: Sources,
  otherCodes: readonly NamedCode[],
): readonly Diagnostic[] {
  const configPosition = 'position' in config ? config.position.resolve() : undefined;
  const { severities, suppressions } = config;
  return sortDiagnostics(
    applyLoudness(
      diagnostics,
      {
        ...(severities ? { severities } : {}),
        ...(suppressions ? { suppressions } : {}),
        ...(configPosition ? { configPosition } : {}),
      },
      sources,
      BUILD_CODES,
      otherCodes,
    ),
  );
}
