/** From what an author writes of a metric to its model: checked, plain and frozen. */
import { checkFields, type Fields } from './fields.ts';
import { labelModels, type LabelDeclarations } from './labels.ts';
import type { Exporter } from './exporter.ts';
import type { MetricKind, MetricModel } from './model.ts';
import { checkLabelName, checkMetricName, RESERVED_SUFFIXES } from './names.ts';
import { own } from './own.ts';
import { isUnitName, type UnitName } from './units.ts';

/** What can be said of every metric. Only what is said is checked. */
export interface MetricOptions {
  readonly help?: string;
  readonly unit?: UnitName;
  /** The unit where it depends on a label's value: `{ label: 'resource', units: { cpu: 'cores' } }`. */
  readonly unitByLabel?: { readonly label: string; readonly units: Readonly<Record<string, UnitName>> };
  readonly labels?: LabelDeclarations;
  /** Names of labels that tell two living series apart. Default: all of them. */
  readonly key?: readonly string[];
  /** Bounds of the value, in the metric's unit. */
  readonly range?: { readonly min?: number; readonly max?: number };
  /** The value is 1 for yes and 0 for no. */
  readonly boolean?: boolean;
  /** Series do not exist before the first event. */
  readonly appearsOnFirstUse?: boolean;
  readonly from?: Exporter;
  /** The exporter's version that first had the metric. */
  readonly since?: string;
  readonly renamedTo?: string;
  readonly renamedFrom?: readonly string[];
  /** The exporter's version that no longer has it. */
  readonly removed?: string;
  /** Keeps a name that breaks a rule of naming because the exporter really exposes it so. */
  readonly nameAsExposed?: boolean;
  readonly buckets?: readonly number[];
  readonly quantiles?: readonly number[];
}

const FIELDS: Fields<MetricOptions> = {
  help: true,
  unit: true,
  unitByLabel: true,
  labels: true,
  key: true,
  range: true,
  boolean: true,
  appearsOnFirstUse: true,
  from: true,
  since: true,
  renamedTo: true,
  renamedFrom: true,
  removed: true,
  nameAsExposed: true,
  buckets: true,
  quantiles: true,
};

/** Labels that a kind of metric adds by itself, so that no author may declare them. */
const OWN_LABELS: Readonly<Record<MetricKind, readonly string[]>> = {
  counter: [],
  gauge: [],
  histogram: ['le'],
  nativeHistogram: ['le'],
  summary: ['quantile'],
  info: [],
  stateset: [],
  untyped: [],
};

/**
 * Makes the model of a metric.
 *
 * @throws TypeError that names the metric, the rule that is broken and what to write instead
 */
export function defineMetric(name: string, kind: MetricKind, options: MetricOptions): MetricModel {
  checkMetricName(name);
  const { labels = {}, from, ...rest } = options;
  const where = `metric "${name}"`;
  checkFields(options, FIELDS, `The ${where}`);
  if (options.nameAsExposed !== true) checkSuffix(name, kind);
  if (from !== undefined && (from as { readonly kind?: unknown }).kind !== 'exporter') {
    throw new TypeError(
      `What ${where} comes from must be an exporter: from: exporter('name', { scrapeInterval: '30s' }).`,
    );
  }
  checkLabels(labels, kind, from, where);
  checkUnits(options, where);
  checkKey(options, where);
  checkRange(options.range, where);
  if (options.boolean === true && kind !== 'gauge' && kind !== 'untyped') {
    throw new TypeError(`boolean is for gauges that are 1 or 0, but ${where} is declared as ${kind}.`);
  }
  checkAscending(options.buckets, 'buckets', where);
  checkAscending(options.quantiles, 'quantiles', where);
  if (options.quantiles?.some((quantile) => quantile < 0 || quantile > 1)) {
    throw new TypeError(`The quantiles of ${where} lie between 0 and 1: 0.95, not 95.`);
  }
  if (options.buckets?.some((bound) => !Number.isFinite(bound))) {
    throw new TypeError(`The buckets of ${where} are finite numbers; +Inf is added by itself.`);
  }
  const model: MetricModel = {
    ...rest,
    name,
    kind,
    labels: labelModels(labels),
    ...(from === undefined ? {} : { exporter: from.model }),
  };
  return deepFreeze(model);
}

function checkSuffix(name: string, kind: MetricKind): void {
  const asExposed = 'If an exporter really exposes this name, say so with nameAsExposed: true.';
  if (kind === 'counter' && !name.endsWith('_total')) {
    throw new TypeError(`The counter "${name}" must end in "_total", as client libraries expose it. ${asExposed}`);
  }
  if (kind !== 'counter' && kind !== 'untyped' && name.endsWith('_total')) {
    throw new TypeError(
      `"${name}" ends in "_total", which is for counters, but it is declared as ${kind}. ${asExposed}`,
    );
  }
  if (kind === 'info' && !name.endsWith('_info')) {
    throw new TypeError(`The info metric "${name}" must end in "_info". ${asExposed}`);
  }
  const suffix = RESERVED_SUFFIXES.find((reserved) => name.endsWith(reserved));
  if (suffix !== undefined && kind !== 'untyped') {
    throw new TypeError(
      `"${name}" ends in "${suffix}", which histograms and summaries add by themselves: declare the metric under the name before it. ${asExposed}`,
    );
  }
}

function checkLabels(labels: LabelDeclarations, kind: MetricKind, from: Exporter | undefined, where: string): void {
  for (const name of Object.keys(labels)) {
    checkLabelName(name, where);
    if (OWN_LABELS[kind].includes(name)) {
      throw new TypeError(`The label "${name}" of ${where} is added by every ${kind}: leave it out.`);
    }
    if (from && from.model.honorLabels !== true && Object.hasOwn(from.model.targetLabels, name)) {
      throw new TypeError(
        `The label "${name}" of ${where} is a target label of exporter "${from.model.name}"; Prometheus would store it as "exported_${name}". Leave it out, rename it, or set honorLabels on the exporter.`,
      );
    }
  }
}

function checkUnit(unit: string, where: string): void {
  if (isUnitName(unit)) return;
  throw new TypeError(
    `"${unit}" of ${where} is no unit. Units are whole words, such as seconds, bytes, ratio or bytes/second.`,
  );
}

function checkUnits(options: MetricOptions, where: string): void {
  const { unit, unitByLabel, labels = {} } = options;
  if (unit !== undefined) checkUnit(unit, where);
  if (unitByLabel === undefined) return;
  if (unit !== undefined) throw new TypeError(`${where} has unit and unitByLabel: write one of them.`);
  const declaration = own(labels, unitByLabel.label);
  if (declaration === undefined) {
    throw new TypeError(`The unit of ${where} depends on the label "${unitByLabel.label}", which it does not have.`);
  }
  const { values } = declaration.model;
  for (const [value, name] of Object.entries(unitByLabel.units)) {
    checkUnit(name, where);
    if (values.type === 'oneOf' && !values.values.includes(value)) {
      throw new TypeError(
        `unitByLabel of ${where} names "${value}", which is no value of the label "${unitByLabel.label}".`,
      );
    }
  }
}

function checkKey({ key, labels = {}, from }: MetricOptions, where: string): void {
  const known = new Set([...Object.keys(labels), ...Object.keys(from?.model.targetLabels ?? {})]);
  const unknown = key?.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new TypeError(`The key of ${where} names the label "${unknown}", which it does not have.`);
}

function checkRange(range: MetricOptions['range'], where: string): void {
  const { min = -Infinity, max = Infinity } = range ?? {};
  if (!(min <= max)) throw new TypeError(`The range of ${where} is empty: from ${min} to ${max}.`);
}

function checkAscending(values: readonly number[] | undefined, what: string, where: string): void {
  if (values?.length === 0) throw new TypeError(`The ${what} of ${where} are empty.`);
  values?.forEach((value, index) => {
    const before = values[index - 1];
    if (before !== undefined && !(before < value)) {
      throw new TypeError(`The ${what} of ${where} must ascend, but ${value} follows ${before}.`);
    }
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
