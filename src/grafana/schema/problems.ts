/** Where a dashboard does not fit the schema of the Foundation SDK's types. */
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { PanelType } from '../panel-builders.ts';
import type { SchemaError, Validators } from './validators.ts';

/** Something that does not fit, in the words of the JSON: `options.legend.displayMode`. */
export interface SchemaProblem {
  readonly path: string;
  readonly message: string;
}

/** Problems of a dashboard apart from its panels. */
export function dashboardProblems(dashboard: JsonObject, validators: Validators): readonly SchemaProblem[] {
  return problems('dashboard', dashboard, validators, '');
}

/** Problems of a row apart from the panels in it. */
export function rowProblems(row: JsonObject, validators: Validators): readonly SchemaProblem[] {
  return problems('row', row, validators, '');
}

/**
 * Problems of a panel, of the options of its kind, and of its queries to Prometheus.
 *
 * @param type whose `options` and `fieldConfig.defaults.custom` are checked
 */
export function panelProblems(panel: JsonObject, type: PanelType, validators: Validators): readonly SchemaProblem[] {
  const config = isObject(panel['fieldConfig']) ? panel['fieldConfig'] : {};
  const defaults = isObject(config['defaults']) ? config['defaults'] : {};
  const custom = defaults['custom'];
  const targets = Array.isArray(panel['targets']) ? (panel['targets'] as readonly Json[]) : [];
  return [
    ...problems('panel', panel, validators, ''),
    ...problems(type, { options: panel['options'] ?? {}, ...(hasKeys(custom) ? { custom } : {}) }, validators, ''),
    ...targets.flatMap((target, index) =>
      isPrometheus(target) ? problems('target', target, validators, `targets[${index}]`) : [],
    ),
  ];
}

/** The SDK writes an empty `custom` where a kind of panel needs keys that Grafana fills in. */
function hasKeys(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function isPrometheus(target: Json): boolean {
  const datasource = isObject(target) ? target['datasource'] : undefined;
  return isObject(datasource) && datasource['type'] === 'prometheus';
}

function problems(name: string, value: Json, validators: Validators, base: string): readonly SchemaProblem[] {
  const validate = validators.get(name);
  if (!validate) throw new Error(`The validator of ${name} has not been loaded.`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({ path: base + pathOf(error), message: messageOf(error) }));
}

function pathOf({ instancePath }: SchemaError): string {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');
}

function messageOf({ keyword, message, params }: SchemaError): string {
  if (keyword === 'enum') return `must be one of ${JSON.stringify(params['allowedValues'])}`;
  if (keyword === 'const') return `must be ${JSON.stringify(params['allowedValue'])}`;
  if (keyword === 'additionalProperties') return `must not have the key "${String(params['additionalProperty'])}"`;
  return message ?? `does not fit (${keyword})`;
}
