import { palette, type Palette } from './colour.ts';
import { markedLine, visible } from './columns.ts';
import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics, tally } from './order.ts';
import { groupSameFaults, type Fault } from './same-fault.ts';
import type { Span } from '../promql/ast.ts';
import type { SourcePosition } from '../source/position.ts';

/** Gives one line (counted from 1) of a file that a diagnostic points into, or nothing where it cannot be read. */
export type LineReader = (file: string, line: number) => string | undefined;

export interface TextOptions {
  readonly readLine: LineReader;
  readonly colour?: boolean;
  /** Columns of the terminal; default 100. */
  readonly width?: number;
}

interface Style {
  readonly palette: Palette;
  readonly readLine: LineReader;
  readonly width: number;
}

const GUTTER = 5;
const PLACES_SHOWN = 3;

/**
 * Diagnostics for people: what, where, the author's line, the query, why, what to do. The same fault in many
 * places is shown once.
 *
 * @returns text that ends with a newline, or the empty string where there is nothing to say
 */
export function renderText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  if (diagnostics.length === 0) return '';
  const style = {
    palette: palette(options.colour ?? false),
    readLine: options.readLine,
    width: Math.max(40, options.width ?? 100),
  };
  const faults = groupSameFaults(sortDiagnostics(diagnostics)).map((fault) => renderFault(fault, style));
  return `${faults.join('\n\n')}\n\n${summary(diagnostics)}\n`;
}

function renderFault({ diagnostic, others }: Fault, style: Style): string {
  const { severity, code, name, message, why, fix } = diagnostic;
  const { palette } = style;
  const lines = [
    `${palette.severity(severity, `${severity} ${code}`)} ${name}: ${palette.strong(indented(message, ''))}`,
    ...place(diagnostic, style),
    ...query(diagnostic, style),
    labelled('why', why, palette),
    labelled('fix', fix, palette),
    ...notes(diagnostic, palette),
    ...morePlaces(diagnostic, others),
    labelled('see', `dashwright explain ${code}${severity === 'info' ? ', which says when to leave it' : ''}`, palette),
  ];
  return lines.join('\n');
}

/** Notes point at a place; of one that is not known they would say "here" and mean nothing. */
function notes({ related = [], promql }: Diagnostic, palette: Palette): readonly string[] {
  return related.flatMap(({ message, span, position }) => {
    const fragment = span && promql && quoted(promql.text, span);
    const at = position && `(${positionText(position)})`;
    return fragment || at ? [labelled('note', [message, fragment, at].filter(Boolean).join(' '), palette)] : [];
  });
}

function labelled(label: string, text: string, palette: Palette): string {
  return `  ${palette.faint(`${label}:`)} ${indented(text, '       ')}`;
}

function indented(text: string, indent: string): string {
  return visible(text).replaceAll('\n', `\n${indent}`);
}

function quoted(text: string, { start, end }: Span): string {
  return `\`${text.slice(start, end)}\``;
}

function positionText({ file, line, column }: SourcePosition): string {
  return `${visible(file)}:${line}:${column}`;
}

function place({ position, where, severity }: Diagnostic, { palette, readLine, width }: Style): readonly string[] {
  const path = visible(where.join(' › '));
  if (!position) return path === '' ? [] : [`  ${palette.faint('-->')} ${path}`];
  const arrow = `  ${palette.faint('-->')} ${[positionText(position), path].filter(Boolean).join('  ')}`;
  const source = readLine(position.file, position.line);
  if (source === undefined || source.trim() === '') return [arrow];
  const start = position.column - 1;
  const { text, from } = markedLine(source, start, start, width - GUTTER - 3);
  const bar = palette.faint('│');
  return [
    arrow,
    `${palette.faint(String(position.line).padStart(GUTTER))} ${bar} ${text.trimEnd()}`,
    `${' '.repeat(GUTTER)} ${bar} ${' '.repeat(from)}${palette.severity(severity, '^')}`,
  ];
}

function query({ promql, severity }: Diagnostic, { palette, width }: Style): readonly string[] {
  if (!promql) return [];
  const label = '  promql: ';
  const indent = ' '.repeat(label.length);
  const lines: string[] = [];
  let offset = 0;
  for (const line of promql.text.split('\n')) {
    const start = Math.max(0, promql.span.start - offset);
    const end = Math.min(line.length, promql.span.end - offset);
    offset += line.length + 1;
    const shown = markedLine(line, start, Math.max(start, end), width - label.length);
    lines.push(`${lines.length === 0 ? palette.faint(label) : indent}${shown.text}`);
    if (end > start) {
      const rule = palette.severity(severity, '─'.repeat(shown.length));
      lines.push(`${indent}${' '.repeat(shown.from)}${rule}`);
    }
  }
  return lines;
}

function morePlaces(diagnostic: Diagnostic, others: readonly Diagnostic[]): readonly string[] {
  if (others.length === 0) return [];
  const first = diagnostic.position && positionText(diagnostic.position);
  const places = new Set(others.flatMap(({ position }) => (position ? [positionText(position)] : [])));
  if (first !== undefined) places.delete(first);
  const shown = [...places].slice(0, PLACES_SHOWN);
  if (places.size > PLACES_SHOWN) shown.push('…');
  const count = `  + ${others.length} more ${others.length === 1 ? 'place' : 'places'}`;
  return [shown.length === 0 ? count : `${count}: ${shown.join(', ')}`];
}

const COUNTED = [
  ['error', 'error', 'errors'],
  ['warning', 'warning', 'warnings'],
  ['info', 'note', 'notes'],
] as const;

/** Such as `2 errors, 1 warning`. */
function summary(diagnostics: readonly Diagnostic[]): string {
  const counts = tally(diagnostics);
  return COUNTED.flatMap(([severity, one, many]) => {
    const count = counts[severity];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  }).join(', ');
}
