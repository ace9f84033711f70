/** Reads YAML streams, keeping the place of every value, key and comment. */
import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml';
import type { Alias, CST, Document, Node, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Span } from '../../promql/ast.ts';
import type { OffsetMap } from '../text/offset-map.ts';
import type { ScalarText, SourceText } from '../text/source-text.ts';
import type { Comment, ListNode, MapEntry, MapNode, ParsedText, ScalarNode, SyntaxProblem, TreeNode } from './node.ts';
import { yamlProblem } from './yaml-problems.ts';
import { mapOfYamlScalar, styleOf } from './yaml-scalars.ts';

/**
 * Parses a stream of YAML documents. A document with a syntax error gives a problem and no tree; the other
 * documents of the stream are still read. Empty documents are left out.
 *
 * @param commentsWith only comments that contain this text are collected
 */
export function parseYaml(source: SourceText, commentsWith: string): ParsedText {
  const tokens = [...new Parser().parse(source.text)];
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: TreeNode[] = [];
  const problems: SyntaxProblem[] = [];
  for (const document of composer.compose(tokens)) {
    const problem = yamlProblem(document);
    if (problem !== undefined) {
      problems.push({ type: 'syntax', within: source, ...problem });
      continue;
    }
    const node = new TreeBuilder(source, document, problems).tree();
    if (node !== undefined) documents.push(node);
  }
  const comments = source.text.includes(commentsWith) ? commentsOf(source, tokens, commentsWith) : [];
  return { documents, problems, comments };
}

class TreeBuilder {
  readonly #source: SourceText;
  readonly #document: Document.Parsed;
  readonly #problems: SyntaxProblem[];
  readonly #built = new Map<Node, TreeNode | 'under way'>();

  constructor(source: SourceText, document: Document.Parsed, problems: SyntaxProblem[]) {
    this.#source = source;
    this.#document = document;
    this.#problems = problems;
  }

  tree(): TreeNode | undefined {
    const { contents } = this.#document;
    return contents === null || isEmpty(contents) ? undefined : this.#node(contents);
  }

  #node(node: Node | null): TreeNode {
    const known = node === null ? undefined : this.#built.get(node);
    if (known !== undefined && known !== 'under way') return known;
    if (node === null) return this.#empty({ start: 0, end: 0 });
    if (known === 'under way') return this.#broken(node, 'an alias that points to a value which contains it');
    this.#built.set(node, 'under way');
    const built = this.#build(node);
    this.#built.set(node, built);
    return built;
  }

  #build(node: Node): TreeNode {
    if (isAlias(node)) return this.#alias(node);
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return this.#list(node);
    return this.#scalar(node);
  }

  #alias(node: Alias): TreeNode {
    const target = node.resolve(this.#document);
    return target === undefined
      ? this.#broken(node, `an alias of an unknown anchor "${node.source}"`)
      : this.#node(target);
  }

  #map(node: YAMLMap): MapNode {
    const entries = new Map<string, MapEntry>();
    const merged: TreeNode[] = [];
    for (const { key, value } of node.items as { key: Node | null; value: Node | null }[]) {
      const keyNode = this.#node(key);
      const valueNode =
        value === null ? this.#empty({ start: keyNode.span.end, end: keyNode.span.end }) : this.#node(value);
      const name = keyNode.type === 'scalar' ? keyNode.text.text : '';
      if (name === '<<' && valueNode.type !== 'scalar') {
        merged.push(...(valueNode.type === 'list' ? valueNode.items : [valueNode]));
        continue;
      }
      if (entries.has(name)) {
        const message = `the key "${name}" stands twice in the same mapping`;
        this.#problems.push({ type: 'duplicate-yaml-key', message, within: this.#source, span: keyNode.span });
      }
      entries.set(name, { keySpan: keyNode.span, value: valueNode });
    }
    for (const from of merged) {
      if (from.type !== 'map') continue;
      for (const [name, entry] of from.entries) if (!entries.has(name)) entries.set(name, entry);
    }
    return { type: 'map', entries, within: this.#source, span: spanOf(node) };
  }

  #list(node: YAMLSeq): ListNode {
    const items = (node.items as (Node | null)[]).map((item) => this.#node(item));
    return { type: 'list', items, within: this.#source, span: spanOf(node) };
  }

  #scalar(node: Scalar): ScalarNode {
    const token = node.srcToken as CST.FlowScalar | CST.BlockScalar | undefined;
    const span = spanOf(node);
    if (token === undefined) return this.#empty(span);
    const { value } = node;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    const text = typeof value === 'string' ? value : (node.source ?? '');
    return {
      type: 'scalar',
      value: known,
      text: scalarText(this.#source, span, text, token),
      within: this.#source,
      span,
    };
  }

  #broken(node: Node, what: string): TreeNode {
    const span = spanOf(node);
    this.#problems.push({ type: 'syntax', message: `here stands ${what}`, within: this.#source, span });
    return this.#empty(span);
  }

  #empty(span: Span): ScalarNode {
    const text: ScalarText = {
      type: 'scalar',
      text: '',
      style: 'plain',
      outer: this.#source,
      span,
      map: () => ({ runs: [], outerEnd: span.end }),
    };
    return { type: 'scalar', value: null, text, within: this.#source, span };
  }
}

function scalarText(outer: SourceText, span: Span, text: string, token: CST.FlowScalar | CST.BlockScalar): ScalarText {
  let map: OffsetMap | undefined;
  return {
    type: 'scalar',
    text,
    style: styleOf(token),
    outer,
    span,
    map: () => (map ??= mapOfYamlScalar(outer.text, token)),
  };
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0, 0];
  return { start, end };
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}

function commentsOf(source: SourceText, tokens: readonly CST.Token[], wanted: string): readonly Comment[] {
  const comments: Comment[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const token = value as { type?: string; offset?: number; source?: string };
      if (token.type === 'comment' && token.source?.includes(wanted) === true && token.offset !== undefined) {
        const span = { start: token.offset, end: token.offset + token.source.length };
        comments.push({ text: token.source.slice(1), within: source, span });
      } else Object.values(value).forEach(visit);
    }
  };
  visit(tokens);
  return comments;
}
