/**
 * Parses the templates of annotations and labels as Go's `text/template/parse` does, so that what Prometheus
 * would refuse when it loads a rule file is refused where the author wrote it.
 *
 * The variables that Prometheus declares in front of every template are known: `$labels`, `$externalLabels`,
 * `$externalURL` and `$value`.
 */
import { close, lastEnd, peek, skipSpace, unexpected } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { tokenizeGoTemplate } from './lexer.ts';
import { readPipeline } from './pipeline.ts';
import type { GoTemplateNode } from './tree.ts';

const DECLARED = ['$', '$labels', '$externalLabels', '$externalURL', '$value'];

interface Body {
  readonly nodes: readonly GoTemplateNode[];
  /** What ended it: `end`, `else` (whose rest is still to be read), or nothing at the end of the text. */
  readonly stop: 'end' | 'else' | undefined;
}

/**
 * @param source a label's or annotation's value
 * @returns its nodes; text is as it is printed, with `{{-` and `-}}` applied
 * @throws GoTemplateError with the place, where Prometheus would refuse it
 */
export function parseGoTemplate(source: string): readonly GoTemplateNode[] {
  const cursor: Cursor = {
    tokens: tokenizeGoTemplate(source),
    length: source.length,
    at: 0,
    variables: [...DECLARED],
    loops: 0,
  };
  const { nodes, stop } = readBody(cursor, true);
  if (stop !== undefined) throw unexpected(cursor, `{{${stop}}} without a block to close`, cursor.at - 1);
  return Object.freeze(nodes);
}

function readBody(cursor: Cursor, topLevel: boolean): Body {
  const nodes: GoTemplateNode[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined) return { nodes, stop: undefined };
    const { start } = token;
    cursor.at += 1;
    if (token.type === 'text') {
      nodes.push({ type: 'text', text: token.text, span: { start, end: token.end } });
      continue;
    }
    skipSpace(cursor);
    const keyword = peek(cursor)?.type === 'identifier' ? peek(cursor)?.text : undefined;
    if (keyword === 'end') {
      cursor.at += 1;
      close(cursor, '{{end}}');
      return { nodes, stop: 'end' };
    }
    if (keyword === 'else') {
      cursor.at += 1;
      return { nodes, stop: 'else' };
    }
    nodes.push(readAction(cursor, keyword, start, topLevel));
  }
}

function readAction(cursor: Cursor, keyword: string | undefined, start: number, topLevel: boolean): GoTemplateNode {
  const depth = cursor.variables.length;
  switch (keyword) {
    case 'if':
    case 'with':
    case 'range': {
      cursor.at += 1;
      const node = readControl(cursor, keyword, start);
      cursor.variables.length = depth;
      return node;
    }
    case 'break':
    case 'continue': {
      cursor.at += 1;
      if (cursor.loops === 0) throw unexpected(cursor, `{{${keyword}}} outside {{range}}`, cursor.at - 1);
      const end = close(cursor, `{{${keyword}}}`);
      return { type: keyword, span: { start, end } };
    }
    case 'define':
      if (!topLevel) throw unexpected(cursor, 'unexpected {{define}} inside a block');
      return readDefinition(cursor, keyword, start);
    case 'block':
      return readDefinition(cursor, keyword, start);
    case 'template': {
      cursor.at += 1;
      const name = readName(cursor, keyword);
      const pipeline = peek(cursor)?.type === 'close' ? undefined : readPipeline(cursor, 'close', 'template clause');
      const end = close(cursor, '{{template}}');
      return { type: keyword, name, body: [], span: { start, end }, ...(pipeline === undefined ? {} : { pipeline }) };
    }
    default: {
      const pipeline = readPipeline(cursor, 'close', 'command');
      const end = close(cursor, 'command');
      return { type: 'action', pipeline, span: { start, end } };
    }
  }
}

function readControl(cursor: Cursor, type: 'if' | 'with' | 'range', start: number): GoTemplateNode {
  const pipeline = readPipeline(cursor, 'close', type);
  close(cursor, `{{${type}}}`);
  if (type === 'range') cursor.loops += 1;
  const body = readBody(cursor, false);
  if (type === 'range') cursor.loops -= 1;
  const otherwise = body.stop === 'else' ? readElse(cursor, type) : [];
  if (body.stop === undefined) throw unexpected(cursor, `{{${type}}} without {{end}}`);
  return { type, pipeline, body: body.nodes, otherwise, span: { start, end: lastEnd(cursor) } };
}

/** After `{{else`: what follows up to and with `{{end}}`. */
function readElse(cursor: Cursor, of: 'if' | 'with' | 'range'): readonly GoTemplateNode[] {
  skipSpace(cursor);
  const next = peek(cursor);
  if (of === 'if' && next?.type === 'identifier' && next.text === 'if') {
    cursor.at += 1;
    const depth = cursor.variables.length;
    const nested = readControl(cursor, 'if', next.start);
    cursor.variables.length = depth;
    return [nested];
  }
  close(cursor, '{{else}}');
  const { nodes, stop } = readBody(cursor, false);
  if (stop === 'else') throw unexpected(cursor, 'a second {{else}}', cursor.at - 1);
  if (stop === undefined) throw unexpected(cursor, `{{${of}}} without {{end}}`);
  return nodes;
}

/** `{{define "name"}} … {{end}}` and `{{block "name" pipeline}} … {{end}}`, which see no outer variables. */
function readDefinition(cursor: Cursor, type: 'define' | 'block', start: number): GoTemplateNode {
  cursor.at += 1;
  const name = readName(cursor, type);
  const pipeline = type === 'block' ? readPipeline(cursor, 'close', 'block clause') : undefined;
  close(cursor, `{{${type}}}`);
  const { variables, loops } = { variables: [...cursor.variables], loops: cursor.loops };
  cursor.variables.splice(0, cursor.variables.length, '$');
  cursor.loops = 0;
  const { nodes, stop } = readBody(cursor, false);
  cursor.variables.splice(0, cursor.variables.length, ...variables);
  cursor.loops = loops;
  if (stop === 'else') throw unexpected(cursor, `{{else}} in {{${type}}}`, cursor.at - 1);
  if (stop === undefined) throw unexpected(cursor, `{{${type}}} without {{end}}`);
  const span = { start, end: lastEnd(cursor) };
  return { type, name, body: nodes, span, ...(pipeline === undefined ? {} : { pipeline }) };
}

function readName(cursor: Cursor, keyword: string): string {
  skipSpace(cursor);
  const token = peek(cursor);
  if (token?.type !== 'string') throw unexpected(cursor, `{{${keyword}}} needs a name in quotes`);
  cursor.at += 1;
  skipSpace(cursor);
  return token.text;
}
