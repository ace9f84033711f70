/**
 * Grafana's template variables, as Grafana itself finds them in a query.
 *
 * Source: `variableRegex` of grafana/grafana (public/app/features/variables/utils.ts). Names made of digits
 * only are left alone: `$1` in `label_replace(…)` means a group of its regular expression.
 */
import type { GrafanaVariable, Template, Text } from './ast.ts';
import { isAlphaNumeric, isDigit } from './characters.ts';

const pattern = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/gy;
const onlyDigits = /^\d+$/;

interface VariableAt {
  readonly variable: GrafanaVariable;
  readonly end: number;
}

/**
 * Reads the variable that starts at an offset, if there is one.
 *
 * @param text the query
 * @param at UTF-16 offset of `$` or `[[`
 * @param withSpan whether the variable's place is kept on it
 */
function readVariable(text: string, at: number, withSpan: boolean): VariableAt | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const name = match[1] ?? match[2] ?? match[4] ?? '';
  if (onlyDigits.test(name)) return undefined;
  const end = at + match[0].length;
  const syntax = match[1] !== undefined ? 'dollar' : match[2] !== undefined ? 'brackets' : 'braces';
  const fieldPath = match[5];
  const format = match[3] ?? match[6];
  return {
    end,
    variable: Object.freeze({
      type: 'GrafanaVariable',
      name,
      ...(fieldPath !== undefined && { fieldPath }),
      ...(format !== undefined && { format }),
      syntax,
      ...(withSpan && { span: Object.freeze({ start: at, end }) }),
    } satisfies GrafanaVariable),
  };
}

/** Whether a variable may start here: `$` or `[[`. */
export function mayStartVariable(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x24 || (code === 0x5b && text.charCodeAt(at + 1) === 0x5b);
}

/**
 * Finds the end of variables and of the letters and digits that are glued to them.
 *
 * @param text the query
 * @param from where the first variable may stand
 * @param colons whether a colon is part of a name here
 * @returns undefined when there is no variable at `from`
 */
export function scanTemplate(text: string, from: number, colons: boolean): number | undefined {
  let at = from;
  let sawVariable = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const found = mayStartVariable(text, at) ? readVariable(text, at, false) : undefined;
    if (found !== undefined) {
      sawVariable = true;
      at = found.end;
    } else if (isAlphaNumeric(code) || (colons && code === 0x3a) || isFraction(text, at)) {
      at += 1;
    } else {
      break;
    }
  }
  return sawVariable ? at : undefined;
}

function isFraction(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x2e && isDigit(text.charCodeAt(at + 1));
}

/**
 * Splits text into plain parts and variables.
 *
 * @param text a name or the contents of a string
 * @param offset where the text starts in the query; absent: the variables get no places
 * @returns the text itself when there is no variable in it
 */
export function splitVariables(text: string, offset?: number): Text {
  if (!text.includes('$') && !text.includes('[[')) return text;
  const parts: (string | GrafanaVariable)[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const found = mayStartVariable(text, at) ? readVariable(text, at, false) : undefined;
    if (found === undefined) {
      at += 1;
      continue;
    }
    if (at > plainFrom) parts.push(text.slice(plainFrom, at));
    parts.push(
      offset === undefined
        ? found.variable
        : Object.freeze({
            ...found.variable,
            span: Object.freeze({ start: offset + at, end: offset + found.end }),
          }),
    );
    at = found.end;
    plainFrom = at;
  }
  if (parts.length === 0) return text;
  if (plainFrom < text.length) parts.push(text.slice(plainFrom));
  return Object.freeze({ type: 'Template', parts: Object.freeze(parts) } satisfies Template);
}

/** Writes a variable as it was written. */
export function printVariable(variable: GrafanaVariable): string {
  const { name, fieldPath, format } = variable;
  const suffix = `${fieldPath === undefined ? '' : `.${fieldPath}`}${format === undefined ? '' : `:${format}`}`;
  if (variable.syntax === 'braces') return `\${${name}${suffix}}`;
  return variable.syntax === 'brackets' ? `[[${name}${suffix}]]` : `$${name}`;
}

/**
 * Whether a template is a name with variables in it, such as `${service}_errors_total`, and not a whole
 * expression, such as `$threshold` or `0.$quantile`.
 */
export function isNameTemplate({ parts }: Template): boolean {
  return parts.some((part) => typeof part === 'string' && /^[a-zA-Z_:]/.test(part));
}

/**
 * Writes a template.
 *
 * @param text the text
 * @param plain how its plain parts are written
 */
export function printText(text: Text, plain: (part: string) => string = String): string {
  if (typeof text === 'string') return plain(text);
  let result = '';
  for (const [i, part] of text.parts.entries()) {
    if (typeof part === 'string') result += plain(part);
    else result += isGluedTo(part, text.parts[i + 1]) ? `\${${part.name}}` : printVariable(part);
  }
  return result;
}

/** `$x` in front of a letter would swallow it. */
function isGluedTo({ syntax }: GrafanaVariable, next: string | GrafanaVariable | undefined): boolean {
  return syntax === 'dollar' && typeof next === 'string' && /^\w/.test(next);
}
