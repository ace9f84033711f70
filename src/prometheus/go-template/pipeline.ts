/** Pipelines: what stands between `{{` and `}}`, without the keyword of a block. */
import { isSymbol, lastEnd, peek, shown, skipSpace, unexpected } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { TEMPLATE_FUNCTIONS } from './functions.ts';
import type { GoToken } from './lexer.ts';
import { GoTemplateError } from './tree.ts';
import type { GoTemplateCommand, GoTemplateOperand, GoTemplatePipeline } from './tree.ts';

// They take no argument, so nothing can be piped into them, and they have no fields.
const CONSTANTS: ReadonlySet<GoTemplateOperand['type']> = new Set(['boolean', 'dot', 'nil', 'number', 'string']);

export function readPipeline(cursor: Cursor, until: 'close' | ')', context: string): GoTemplatePipeline {
  skipSpace(cursor);
  const start = peek(cursor)?.start ?? cursor.length;
  const variables = readDeclaration(cursor, context);
  const commands: GoTemplateCommand[] = [];
  for (;;) {
    skipSpace(cursor);
    if (atEnd(cursor, until)) break;
    commands.push(readCommand(cursor));
    skipSpace(cursor);
    if (isSymbol(cursor, '|')) {
      cursor.at += 1;
    } else if (!atEnd(cursor, until)) {
      throw unexpected(cursor, `unexpected ${shown(cursor)} in ${context}`);
    }
  }
  if (commands.length === 0) throw unexpected(cursor, `missing value for ${context}`);
  commands.slice(1).forEach(({ operands }) => {
    const [first] = operands;
    if (first !== undefined && CONSTANTS.has(first.type)) {
      throw new GoTemplateError(
        `${JSON.stringify(first.text)} cannot stand after "|": it takes no argument`,
        first.span,
      );
    }
  });
  return { variables, commands, span: { start, end: lastEnd(cursor) } };
}

/** `$x :=`, `$x =`, and in a range `$key, $value :=`. */
function readDeclaration(cursor: Cursor, context: string): readonly string[] {
  const names: string[] = [];
  let at = cursor.at;
  const next = (): GoToken | undefined => {
    while (cursor.tokens[at]?.type === 'space') at += 1;
    return cursor.tokens[at];
  };
  for (;;) {
    const token = next();
    if (token?.type !== 'variable') return [];
    names.push(token.text);
    at += 1;
    const after = next();
    if (after?.type !== 'symbol') return [];
    if (after.text === ':=' || after.text === '=') {
      cursor.at = at + 1;
      if (after.text === ':=') cursor.variables.push(...names);
      else names.forEach((name) => requireVariable(cursor, name, token));
      return names;
    }
    if (after.text !== ',' || context !== 'range' || names.length > 1) return [];
    at += 1;
  }
}

function readCommand(cursor: Cursor): GoTemplateCommand {
  const operands: GoTemplateOperand[] = [];
  for (;;) {
    const operand = readOperand(cursor);
    if (operand === undefined) break;
    operands.push(operand);
    if (peek(cursor)?.type !== 'space') break;
    skipSpace(cursor);
  }
  if (operands.length === 0) throw unexpected(cursor, `unexpected ${shown(cursor)} where a value was expected`);
  return { operands };
}

function readOperand(cursor: Cursor): GoTemplateOperand | undefined {
  const token = peek(cursor);
  if (token === undefined) return undefined;
  const base = readTerm(cursor, token);
  if (base === undefined) return undefined;
  const fields = [...base.fields];
  while (peek(cursor)?.type === 'field') {
    fields.push(peek(cursor)?.text ?? '');
    cursor.at += 1;
  }
  if (peek(cursor)?.type === 'dot') throw unexpected(cursor, 'unexpected "."');
  const added = fields.length > base.fields.length;
  if (added && CONSTANTS.has(base.type)) {
    throw new GoTemplateError(`unexpected "." after ${JSON.stringify(base.text)}`, base.span);
  }
  return { ...base, fields, span: { start: token.start, end: lastEnd(cursor) } };
}

function readTerm(cursor: Cursor, token: GoToken): GoTemplateOperand | undefined {
  const span = { start: token.start, end: token.end };
  const operand = (type: GoTemplateOperand['type'], fields: readonly string[] = []): GoTemplateOperand => {
    cursor.at += 1;
    return { type, text: token.text, fields, span };
  };
  switch (token.type) {
    case 'dot':
      return operand('dot');
    case 'field':
      return { ...operand('field', [token.text]), text: '.' };
    case 'variable':
      requireVariable(cursor, token.text, token);
      return operand('variable');
    case 'string':
      return operand('string');
    case 'number':
    case 'character':
      return operand('number');
    case 'identifier':
      if (token.text === 'true' || token.text === 'false') return operand('boolean');
      if (token.text === 'nil') return operand('nil');
      if (!Object.hasOwn(TEMPLATE_FUNCTIONS, token.text)) {
        throw new GoTemplateError(`there is no function ${JSON.stringify(token.text)}`, span);
      }
      return operand('function');
    case 'symbol': {
      if (token.text !== '(') return undefined;
      cursor.at += 1;
      const pipeline = readPipeline(cursor, ')', 'brackets');
      cursor.at += 1;
      return { type: 'pipeline', text: '', fields: [], pipeline, span: { start: token.start, end: lastEnd(cursor) } };
    }
    default:
      return undefined;
  }
}

function requireVariable(cursor: Cursor, name: string, token: GoToken): void {
  if (cursor.variables.includes(name)) return;
  throw new GoTemplateError(`the variable ${name} is not declared`, { start: token.start, end: token.end });
}

function atEnd(cursor: Cursor, until: 'close' | ')'): boolean {
  const token = peek(cursor);
  if (token === undefined) throw unexpected(cursor, 'the template ends inside an action');
  if (until === ')' && token.type === 'close') throw unexpected(cursor, '"(" without ")"');
  return until === 'close' ? token.type === 'close' : isSymbol(cursor, ')');
}
