/** What a metric's definition says of its labels: which values, how many, always or sometimes there. */
import { regexProblem } from '../promql/regex.ts';
import type { LabelModel, LabelValues } from './model.ts';

/** A label's declaration. `Value` is the union of its values, `string` where every value is possible. */
export interface Label<Value extends string = string> {
  readonly kind: 'label';
  readonly model: LabelModel;
  readonly '~value': Value;
}

/** The labels of a definition, by name. */
export type LabelDeclarations = Readonly<Record<string, Label>>;

/** What is known of a label besides its values. */
export interface LabelOptions {
  /** `sometimes`: some series of the metric lack the label. Default: `always`. */
  readonly presence?: 'always' | 'sometimes';
  /** About how many values are live at once. */
  readonly cardinality?: number;
  /** The value changes while the thing it describes lives on, such as a version. */
  readonly mutable?: boolean;
  readonly help?: string;
}

/** A label that can have every value. */
export const any: Label = declare({ type: 'any' }, {});

/**
 * A label with a closed set of values; the compiler refuses every other one.
 *
 * @throws TypeError for no values, an empty one or the same one twice
 */
export function oneOf<const Value extends string>(...values: readonly Value[]): Label<Value> {
  if (values.length === 0) throw new TypeError('oneOf() needs at least one value.');
  for (const [index, value] of values.entries()) {
    if (typeof value !== 'string' || value === '') {
      throw new TypeError(
        'A value of oneOf() must be a text that is not empty: in Prometheus an empty label is a label that is not there. Use label(oneOf(…), { presence: "sometimes" }).',
      );
    }
    if (values.indexOf(value) !== index) throw new TypeError(`oneOf() names "${value}" twice.`);
  }
  return declare({ type: 'oneOf', values: Object.freeze([...values]) }, {});
}

/**
 * A label whose values all match an RE2 regular expression, anchored at both ends as in Prometheus.
 *
 * @throws TypeError where Prometheus' regular expressions (RE2) cannot read it
 */
export function pattern(regex: RegExp | string): Label {
  return declare({ type: 'pattern', regex: re2Source(regex, 'pattern()') }, {});
}

/**
 * Adds what is known of a label: `label(any, { cardinality: 200, mutable: true })`.
 *
 * @throws TypeError where the cardinality is no positive number
 */
export function label<Value extends string>(values: Label<Value>, options: LabelOptions): Label<Value> {
  const { cardinality } = options;
  if (cardinality !== undefined && !(Number.isFinite(cardinality) && cardinality > 0)) {
    throw new TypeError(`The cardinality of a label is a positive number, but it is ${cardinality}.`);
  }
  return declare(values.model.values, { ...values.model, ...options });
}

/** Label declarations as plain data, in the order of their names. */
export function labelModels(labels: LabelDeclarations): Readonly<Record<string, LabelModel>> {
  const names = Object.keys(labels).toSorted();
  return Object.freeze(Object.fromEntries(names.map((name) => [name, declared(labels, name).model])));
}

function declared(labels: LabelDeclarations, name: string): Label {
  const found = labels[name];
  if (found?.kind === 'label') return found;
  throw new TypeError(`The label "${name}" must be any, oneOf(…), pattern(…) or label(…).`);
}

function declare<Value extends string>(values: LabelValues, options: Partial<LabelModel>): Label<Value> {
  const model: LabelModel = Object.freeze({ ...options, values: Object.freeze(values) });
  return Object.freeze({ kind: 'label', model }) as Label<Value>;
}

/**
 * The source of a regular expression, checked with RE2, which is what Prometheus uses.
 *
 * @throws TypeError where it has flags or RE2 cannot read it
 */
export function re2Source(regex: RegExp | string, what: string): string {
  if (regex instanceof RegExp && regex.flags !== '') {
    throw new TypeError(
      `The regular expression ${String(regex)} of ${what} has flags, which Prometheus does not know: write (?i) or (?s) in the expression instead.`,
    );
  }
  const source = typeof regex === 'string' ? regex : regex.source.replaceAll('\\/', '/');
  const problem = regexProblem(source);
  if (problem !== undefined) {
    throw new TypeError(
      `Prometheus cannot read the regular expression "${source}" of ${what}: ${problem}. It uses RE2, which has no look-around and no back-references.`,
    );
  }
  return source;
}
