/** Reads a configuration that the compiler may not have seen. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseDuration } from '../promql/duration.ts';
import type { SourcePosition } from '../source/position.ts';
import { projectDiagnostic } from './codes.ts';

/** What is wrong with a value, and the path to it; nothing where it is right. */
interface Problem {
  readonly path: string;
  readonly expected: string;
  readonly found?: string;
}
type Shape = (value: unknown, path: string) => readonly Problem[];

function one(expected: string, accepts: (value: unknown) => boolean): Shape {
  return (value, path) => (accepts(value) ? [] : [{ path, expected, found: shown(value) }]);
}

function object(fields: Readonly<Record<string, Shape>>): Shape {
  const names = Object.keys(fields).join(', ');
  return (value, path) => {
    if (!isRecord(value)) return [{ path, expected: 'an object', found: shown(value) }];
    return Object.entries(value).flatMap(([name, field]) => {
      const inside = path === '' ? name : `${path}.${name}`;
      const shape = fields[name];
      if (shape === undefined) return [{ path: inside, expected: `one of the fields ${names}` }];
      return field === undefined ? [] : shape(field, inside);
    });
  };
}

function record(shape: Shape): Shape {
  return (value, path) =>
    isRecord(value)
      ? Object.entries(value).flatMap(([name, field]) => shape(field, `${path}.${name}`))
      : [{ path, expected: 'an object', found: shown(value) }];
}

function list(shape: Shape): Shape {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => shape(item, `${path}[${index}]`))
      : [{ path, expected: 'a list', found: shown(value) }];
}

function required(shape: Shape, ...names: readonly string[]): Shape {
  return (value, path) => [
    ...shape(value, path),
    ...names
      .filter((name) => isRecord(value) && typeof value[name] !== 'string')
      .map((name) => ({ path: `${path}.${name}`, expected: 'a text', found: 'nothing' })),
  ];
}

const text = one('a text that is not empty', (value) => typeof value === 'string' && value !== '');
const yesOrNo = one('true or false', (value) => typeof value === 'boolean');
const address = one(
  'an address such as "https://grafana.example.org"',
  (value) => typeof value === 'string' && URL.canParse(value),
);
const version = one(
  'a version such as "2.53"',
  (value) => typeof value === 'string' && /^\d+\.\d+(\.\d+)?$/.test(value),
);
const duration = one('a duration such as "30s" or "5m"', (value) => typeof value === 'string' && isDuration(value));

function oneOf(...values: readonly string[]): Shape {
  return one(`one of ${values.map((value) => `"${value}"`).join(', ')}`, (value) => values.includes(value as string));
}

const CONFIG = object({
  out: text,
  datasource: object({
    name: text,
    uid: text,
    url: address,
    isDefault: yesOrNo,
    type: oneOf('Prometheus', 'Cortex', 'Mimir', 'Thanos'),
  }),
  grafana: object({ url: address, paths: object({ dashboards: text, provisioning: text, mountedDashboards: text }) }),
  prometheus: object({
    version,
    features: list(text),
    scrapeInterval: duration,
    evaluationInterval: duration,
    lookback: duration,
    retention: duration,
    externalLabels: record(text),
    alertmanagers: list(text),
  }),
  runbooks: address,
  severities: record(oneOf('error', 'warning', 'info', 'off')),
  suppressions: list(required(object({ code: text, reason: text, files: text, where: text }), 'code', 'reason')),
});

/** What is wrong with a configuration: unknown fields and values that are not what they should be. */
export function configProblems(config: unknown, position: SourcePosition): readonly Diagnostic[] {
  // Not a field of the author's: defineConfig() notes where it was called.
  const fields = isRecord(config)
    ? Object.fromEntries(Object.entries(config).filter(([name]) => name !== 'position'))
    : config;
  return CONFIG(fields, '').map(({ path, expected, found }) =>
    projectDiagnostic('C837', {
      message:
        found === undefined
          ? `The configuration has no field \`${path}\`.`
          : `\`${path === '' ? 'The configuration' : path}\` is ${found}, not ${expected}.`,
      why: `A ${found === undefined ? 'field' : 'value'} that is not understood would have no effect, which nobody would notice.`,
      fix: found === undefined ? `Use ${expected}.` : `Write ${expected}.`,
      position,
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDuration(value: string): boolean {
  try {
    return parseDuration(value) > 0;
  } catch {
    return false;
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : (JSON.stringify(value) ?? typeof value);
}
