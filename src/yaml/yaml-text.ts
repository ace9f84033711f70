/**
 * Plain data as YAML text.
 *
 * The output folder is YAML for a good part, and a build writes all of it each time: a general library, which
 * first builds a document of nodes, takes longer for that than compiling does. What is written here is a small
 * part of YAML: block style, no anchors, no tags. A test reads it back with a YAML 1.1 and a YAML 1.2 parser.
 */

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMapping;

export interface YamlMapping {
  readonly [key: string]: YamlValue | undefined;
}

/** What YAML 1.1 or 1.2 takes for something other than a text: yes and no, numbers also in base 60, dates, null. */
const NOT_A_TEXT: readonly RegExp[] = [
  /^(?:|~|null|true|false|yes|no|on|off|y|n|<<|=)$/i,
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|\d[\d_]*(?::[0-5]?\d)*)$/i,
  /^[-+]?(?:\d[\d_]*)?(?::[0-5]?\d)*\.?[\d_]*(?:e[-+]?\d+)?$/i,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/,
];

/** First characters with a meaning of their own; the dashes and the question mark have it before a space only. */
const INDICATOR = /^(?:[[\]{},#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)/;
/** A colon before a space ends a key, a hash after a space begins a comment. */
const BROKEN_OFF = /:(?:\s|$)|\s#|^\s|\s$/;
/** What YAML does not print as it is: control characters, other line breaks, halves of surrogate pairs. */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Writes data as a YAML file.
 *
 * @param value data; keys are written in the order that they have, those that are `undefined` are left out
 * @param comment a first line, without its `#`
 * @throws TypeError for a number that is not finite
 */
export function yamlText(value: YamlMapping | readonly YamlValue[], comment?: string): string {
  const head = comment === undefined ? '' : `# ${comment}\n\n`;
  return `${head}${block(value, 0).replace(/^[\n ]/, '')}\n`;
}

/** A value after its key or dash: on the same line after a space, or on lines of its own. */
function block(value: YamlValue, indent: number): string {
  if (Array.isArray(value)) return sequence(value, indent);
  if (typeof value === 'object' && value !== null) {
    return mapping(value as YamlMapping, indent);
  }
  return ` ${scalar(value, indent)}`;
}

function sequence(items: readonly YamlValue[], indent: number): string {
  if (items.length === 0) return ' []';
  const margin = ' '.repeat(indent);
  // A mapping or a list in a list begins on the line of the dash.
  return items.map((item) => `\n${margin}-${block(item, indent + 2).replace(/^\n\s*/, ' ')}`).join('');
}

function mapping(record: YamlMapping, indent: number): string {
  const entries = Object.entries(record).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
  if (entries.length === 0) return ' {}';
  const margin = ' '.repeat(indent);
  return entries.map(([key, value]) => `\n${margin}${oneLine(key)}:${block(value, indent + 2)}`).join('');
}

function scalar(value: string | number | boolean | null, indent: number): string {
  if (typeof value === 'string') return value.includes('\n') ? lines(value, indent) : oneLine(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${value} is no number of YAML that all readers know.`);
  return String(value);
}

function oneLine(text: string): string {
  if (UNPRINTABLE.test(text) || text.includes('\n')) return doubleQuoted(text);
  const plain = !INDICATOR.test(text) && !BROKEN_OFF.test(text) && !NOT_A_TEXT.some((pattern) => pattern.test(text));
  return plain ? text : `'${text.replaceAll("'", "''")}'`;
}

/** A text of several lines, as it stands; a number says how far it is indented where its first line does not. */
function lines(text: string, indent: number): string {
  const body = text.replace(/\n$/, '');
  if (UNPRINTABLE.test(text) || body === '' || body.endsWith('\n')) return doubleQuoted(text);
  const margin = ' '.repeat(indent);
  const indented = /^[\n ]*[ ]/.test(body) ? '2' : '';
  const chomping = text.endsWith('\n') ? '' : '-';
  const written = body.split('\n').map((line) => (line === '' ? '' : margin + line));
  return `|${indented}${chomping}\n${written.join('\n')}`;
}

/** JSON's notation is one of YAML's, but for what JSON leaves unescaped and YAML does not print. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
