/** Where the parser stands in its tokens, and what it knows of the variables and loops around it. */
import type { GoToken } from './lexer.ts';
import { GoTemplateError } from './tree.ts';

export interface Cursor {
  readonly tokens: readonly GoToken[];
  readonly length: number;
  at: number;
  /** Declared so far, with their `$`. */
  readonly variables: string[];
  /** How many `{{range}}` are open. */
  loops: number;
}

export function isSymbol(cursor: Cursor, text: string): boolean {
  const token = peek(cursor);
  return token?.type === 'symbol' && token.text === text;
}

export function close(cursor: Cursor, context: string): number {
  skipSpace(cursor);
  const token = peek(cursor);
  if (token?.type !== 'close') throw unexpected(cursor, `unexpected ${shown(cursor)} in ${context}`);
  cursor.at += 1;
  return token.end;
}

export function peek(cursor: Cursor): GoToken | undefined {
  return cursor.tokens[cursor.at];
}

export function skipSpace(cursor: Cursor): void {
  while (peek(cursor)?.type === 'space') cursor.at += 1;
}

export function shown(cursor: Cursor): string {
  const token = peek(cursor);
  return token === undefined ? 'end of the template' : JSON.stringify(token.text);
}

export function lastEnd(cursor: Cursor): number {
  return cursor.tokens[cursor.at - 1]?.end ?? 0;
}

export function unexpected(cursor: Cursor, message: string, at: number = cursor.at): GoTemplateError {
  const token = cursor.tokens[at];
  return new GoTemplateError(message, { start: token?.start ?? cursor.length, end: token?.end ?? cursor.length });
}
