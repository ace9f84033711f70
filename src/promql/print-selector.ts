import type { AtModifier, DurationValue, Matcher, MatrixSelector, SubqueryExpr, Text, VectorSelector } from './ast.ts';
import { isNameTemplate, printText, printVariable } from './grafana.ts';
import { isPlainLabelName, isPlainMetricName } from './names.ts';
import { printNumber } from './numbers.ts';
import { type DurationNode, offsetPieces } from './print-duration.ts';
import type { Expr } from './ast.ts';
import { quoteText } from './quote.ts';

type Piece = string | Expr | DurationNode;

export function vectorPieces(node: VectorSelector): readonly Piece[] {
  const { name, matchers, offset, at, extended } = node;
  const bare = matchers.length === 0 && !offset && !at && !extended;
  // A variable alone would be read as a whole expression; with braces it is a metric.
  const isVariable = bare && name !== undefined && typeof name !== 'string' && !isNameTemplate(name);
  return [printSelector(node), isVariable ? '{}' : '', ...modifierPieces(node)];
}

export function matrixPieces({ selector, range }: MatrixSelector): readonly Piece[] {
  return [printSelector(selector), '[', range, ']', ...modifierPieces(selector)];
}

export function subqueryPieces({ range, step, offset, at }: SubqueryExpr, expr: readonly Piece[]): readonly Piece[] {
  const brackets: readonly Piece[] = ['[', range, ':', ...(step ? [step] : []), ']'];
  return [...expr, ...brackets, ...modifierPieces({ offset, at })];
}

/** Writes a selector without its modifiers: `up{job="node"}`. */
function printSelector({ name, matchers }: Pick<VectorSelector, 'name' | 'matchers'>): string {
  const list = matchers.map(printMatcher);
  if (name === undefined) return `{${list.join(',')}}`;
  // Next to a name in front of the braces Prometheus allows no other matcher on the name.
  const outside = isPlainName(name) && !matchers.some((matcher) => matcher.name === '__name__');
  if (!outside) return `{${[quoteText(name), ...list].join(',')}}`;
  return list.length === 0 ? printText(name) : `${printText(name)}{${list.join(',')}}`;
}

function isPlainName(name: Text): boolean {
  if (typeof name === 'string') return isPlainMetricName(name);
  return name.parts.every((part) => typeof part !== 'string' || /^[\w:]*$/.test(part));
}

/** Writes a matcher: `job=~"node.*"`. */
function printMatcher({ name, op, value }: Matcher): string {
  const plain =
    typeof name === 'string'
      ? isPlainLabelName(name)
      : name.parts.every((part) => typeof part !== 'string' || /^\w*$/.test(part));
  return `${plain ? printText(name) : quoteText(name)}${op}${quoteText(value)}`;
}

interface Modifiers {
  readonly offset?: DurationValue | undefined;
  readonly at?: AtModifier | undefined;
  readonly extended?: 'anchored' | 'smoothed' | undefined;
}

/** The parts behind a selector: `anchored @ start() offset 5m`. */
function modifierPieces({ offset, at, extended }: Modifiers): readonly Piece[] {
  return [
    extended === undefined ? '' : ` ${extended}`,
    at === undefined ? '' : ` @ ${printAt(at)}`,
    ...(offset === undefined ? [] : [' offset ', ...offsetPieces(offset)]),
  ];
}

function printAt({ at }: AtModifier): string {
  if (typeof at === 'string') return `${at}()`;
  return 'type' in at ? printVariable(at) : printTimestamp(at.milliseconds);
}

function printTimestamp(milliseconds: number): string {
  if (Math.abs(milliseconds) <= Number.MAX_SAFE_INTEGER) return printNumber(milliseconds / 1000);
  const digits = String(BigInt(milliseconds));
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
