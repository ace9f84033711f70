/**
 * Texts of alerts: what an author writes becomes the Go template that Prometheus fills in when the alert
 * fires. Braces in plain text stay plain text.
 */
import type { TemplateModel } from '../model.ts';

/** Something that Prometheus fills in: `{{ $labels.job }}`. */
export interface Placeholder {
  readonly kind: 'placeholder';
  /** The template, with its braces. */
  readonly template: string;
}

/** A text with placeholders, or a whole template. */
export interface AlertTemplate {
  readonly kind: 'alertTemplate';
  readonly template: string;
}

/** The alert's value, and the ways to print it. */
export interface ValuePlaceholder extends Placeholder {
  /** A ratio as percent: 0.123 is `12.3%`. */
  readonly percentage: Placeholder;
  /** Seconds as a length of time: 5025 is `1h 23m 45s`. */
  readonly duration: Placeholder;
  /** With a metric prefix: 1234567 is `1.235M`. */
  readonly humanize: Placeholder;
  /** With a binary prefix: 1048576 is `1Mi`. */
  readonly humanize1024: Placeholder;
  /** Seconds since 1970 as a date and time in UTC. */
  readonly timestamp: Placeholder;
  /**
   * In a format of Go: `printf('%.2f')`.
   *
   * @throws TypeError where the format has not exactly one verb for a number
   */
  printf(format: string): Placeholder;
}

/**
 * Labels by name, as far as the compiler knows them. A label that the expression dropped is not there. Where
 * every label is possible, as for raw PromQL, every name is taken.
 */
export type LabelPlaceholders<L extends string> = { readonly [Name in L]: Placeholder };

/** What a label of an alert may use. The value is missing on purpose: with it every evaluation makes a new alert. */
export interface LabelContext<L extends string> {
  readonly labels: LabelPlaceholders<L>;
  /** A label that Prometheus adds to everything it sends, from `external_labels` of its configuration. */
  externalLabel(name: string): Placeholder;
}

/** What an annotation may use. */
export interface AnnotationContext<L extends string> extends LabelContext<L> {
  readonly value: ValuePlaceholder;
}

/** Plain text, a template, or a function that makes one out of the labels and the value. */
export type AnnotationText<L extends string> =
  string | AlertTemplate | ((context: AnnotationContext<L>) => AlertTemplate);
export type LabelText<L extends string> = string | AlertTemplate | ((context: LabelContext<L>) => AlertTemplate);

/**
 * Writes a text with placeholders, as a template literal: ``text`${labels.job} is down` ``. Everything outside
 * the placeholders is printed as it stands, braces too. A text that begins with a line break is freed of its
 * indentation.
 *
 * @throws TypeError for something that is no placeholder, text or number
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (Placeholder | string | number | undefined)[]
): AlertTemplate {
  let template = '';
  let literal = '';
  withoutIndentation(strings).forEach((piece, index) => {
    literal += piece;
    if (index >= values.length) return;
    const value = values[index];
    if (isPlaceholder(value)) {
      template += escapeBraces(literal, true) + value.template;
      literal = '';
    } else {
      literal += literalValue(value);
    }
  });
  return Object.freeze({ kind: 'alertTemplate', template: template + escapeBraces(literal, false) });
}

/**
 * A template in Go's own notation, for what `text` cannot say: conditions, loops, queries.
 *
 * @param template such as `{{ with query "up" }}…{{ end }}`; checked when the rules are built
 * @see https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
export function goTemplate(template: string): AlertTemplate {
  return Object.freeze({ kind: 'alertTemplate', template });
}

/**
 * The template behind what an author wrote for a label or an annotation.
 *
 * @throws TypeError where it is neither text nor template
 */
export function templateModel(written: unknown, what: string): TemplateModel {
  if (typeof written === 'string') return Object.freeze({ template: escapeBraces(written, false), literal: true });
  const made: unknown =
    typeof written === 'function' ? (written as (context: typeof CONTEXT) => unknown)(CONTEXT) : written;
  if (typeof made === 'object' && made !== null && (made as { kind?: unknown }).kind === 'alertTemplate') {
    return Object.freeze({ template: (made as AlertTemplate).template, literal: false });
  }
  throw new TypeError(
    `${what} must be a text, goTemplate(…), or a function that returns text\`…\`, such as ({ labels }) => text\`\${labels.job} is down\`.`,
  );
}

/** `{{` begins an action in a Go template, also where one of the braces belongs to the placeholder behind it. */
function escapeBraces(literal: string, placeholderFollows: boolean): string {
  return literal.replace(/\{+/g, (braces: string, at: number) => {
    const last = at + braces.length === literal.length;
    return braces.length > 1 || (last && placeholderFollows) ? `{{ "${braces}" }}` : braces;
  });
}

function literalValue(value: string | number | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new TypeError('A placeholder of text`…` must be a label, the value, a text or a number.');
}

function withoutIndentation(strings: TemplateStringsArray): readonly string[] {
  const [first = ''] = strings;
  if (!first.startsWith('\n')) return strings;
  // A line may begin with a placeholder; the line of the closing backtick does not count.
  const closed = strings.map((piece, index) => (index === strings.length - 1 ? piece.replace(/\n[ \t]*$/, '') : piece));
  const indents = closed.flatMap((piece) =>
    [...piece.matchAll(/\n([ \t]*)(?=\S|$)/g)].map(([, spaces = '']) => spaces),
  );
  const depth = Math.min(...indents.map((spaces) => spaces.length));
  const freed = closed.map((piece) => piece.replaceAll(new RegExp(`\\n[ \\t]{0,${depth}}`, 'g'), '\n'));
  return freed.map((piece, index) => (index === 0 ? piece.slice(1) : piece));
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'placeholder';
}

function placeholder(action: string): Placeholder {
  return Object.freeze({ kind: 'placeholder', template: `{{ ${action} }}` });
}

// A field of Go is a word; other names go through index.
const FIELD = /^[A-Za-z_]\w*$/;

function member(variable: string, name: string): Placeholder {
  return placeholder(FIELD.test(name) ? `${variable}.${name}` : `index ${variable} ${JSON.stringify(name)}`);
}

// One verb for a floating-point number, and no other but the escaped percent sign.
const NUMBER_FORMAT = /^(?:[^%]|%%)*%[-+# 0]*\d*(?:\.\d*)?[vbeEfFgGxX](?:[^%]|%%)*$/;

const VALUE: ValuePlaceholder = Object.freeze({
  ...placeholder('$value'),
  percentage: placeholder('$value | humanizePercentage'),
  duration: placeholder('$value | humanizeDuration'),
  humanize: placeholder('$value | humanize'),
  humanize1024: placeholder('$value | humanize1024'),
  timestamp: placeholder('$value | humanizeTimestamp'),
  printf(format: string): Placeholder {
    if (!NUMBER_FORMAT.test(format)) {
      throw new TypeError(
        `printf(${JSON.stringify(format)}) needs exactly one verb for a number, such as "%.2f"; the value of an alert is a floating-point number.`,
      );
    }
    return placeholder(`printf ${JSON.stringify(format)} $value`);
  },
});

const CONTEXT: AnnotationContext<string> = Object.freeze({
  labels: new Proxy({}, { get: (_, name) => (typeof name === 'string' ? member('$labels', name) : undefined) }),
  externalLabel: (name: string) => member('$externalLabels', name),
  value: VALUE,
});
