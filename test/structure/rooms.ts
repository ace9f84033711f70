import type { ICruiseOptions, IForbiddenRuleType, IResolveOptions } from 'dependency-cruiser';

/**
 * Who may import whom. What a room does not list it may not import; `source/` is open to all.
 * The reasons stand in docs/architecture.md.
 */
const rooms: Record<string, readonly string[]> = {
  source: [],
  yaml: [],
  promql: [],
  diagnostics: ['promql'],
  metrics: ['promql'],
  query: ['metrics', 'promql'],
  grafana: ['query', 'metrics', 'promql', 'diagnostics', 'yaml'],
  prometheus: ['query', 'metrics', 'promql', 'diagnostics', 'yaml'],
  analysis: ['diagnostics', 'grafana', 'prometheus', 'query', 'metrics', 'promql'],
  project: ['analysis', 'grafana', 'prometheus', 'query', 'metrics', 'promql', 'diagnostics'],
  output: [],
  lint: ['analysis', 'grafana', 'prometheus', 'metrics', 'promql', 'diagnostics'],
  cli: ['project', 'output', 'lint', 'analysis', 'metrics', 'promql', 'diagnostics'],
};

/** Single files of a room that others may import: a type that both sides of an edge must name. */
const shared: Record<string, readonly string[]> = {
  output: ['src/project/artefact.ts'],
  grafana: ['src/project/artefact.ts'],
  prometheus: ['src/project/artefact.ts'],
  cli: ['src/index.ts'],
};

const boundaries: IForbiddenRuleType[] = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-knows-only-its-neighbours`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(${['source', room, ...allowed].join('|')})/`, ...(shared[room] ?? []).map((file) => `^${file}$`)],
  },
}));

const forbidden: IForbiddenRuleType[] = [
  ...boundaries,
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'no-unknown-rooms',
    comment: 'A new room states here whom it may know.',
    severity: 'error',
    from: { path: `^src/(?!(${Object.keys(rooms).join('|')})/)[^/]+/` },
    to: {},
  },
  {
    name: 'the-world-stays-at-the-edges',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(cli|output|lint)/|^src/project/load' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'definitions-import-the-package-by-its-name',
    severity: 'error',
    from: { path: '^(metrics|dashboards|rules)/' },
    to: {
      path: '^src/',
      dependencyTypesNot: ['aliased', 'localmodule', 'npm'],
      pathNot: '^src/(index|promql/index)\\.ts$',
    },
  },
  {
    name: 'no-dev-dependencies-in-the-product',
    severity: 'error',
    comment: 'The command is bundled with what it needs. The library is not; it may take types from anywhere.',
    from: { path: '^src/', pathNot: '^src/(cli|lint)/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  { name: 'no-tests-in-the-product', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench)/' } },
];

export const options: ICruiseOptions = {
  ruleSet: { forbidden },
  validate: true,
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
};

export const resolveOptions: Partial<IResolveOptions> = {
  exportsFields: ['exports'],
  conditionNames: ['dashwright-source', 'import', 'types', 'node', 'default'],
};
