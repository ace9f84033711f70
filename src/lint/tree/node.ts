/** A YAML or JSON document as data that knows where it stands. */
import type { Span } from '../../promql/ast.ts';
import type { ScalarText, SourceText } from '../text/source-text.ts';

export type TreeNode = ScalarNode | MapNode | ListNode;

export interface ScalarNode {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  /** A string's text; of anything else, what is written. */
  readonly text: ScalarText;
  readonly within: SourceText;
  readonly span: Span;
}

export interface MapEntry {
  readonly keySpan: Span;
  readonly value: TreeNode;
}

export interface MapNode {
  readonly type: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly within: SourceText;
  readonly span: Span;
}

export interface ListNode {
  readonly type: 'list';
  readonly items: readonly TreeNode[];
  readonly within: SourceText;
  readonly span: Span;
}

/** A comment, without its `#`. */
export interface Comment {
  readonly text: string;
  readonly within: SourceText;
  readonly span: Span;
}

/** What keeps a text from being read. */
export interface SyntaxProblem {
  /** After a duplicate key the document can still be read, but one of the two values is lost. */
  readonly type: 'syntax' | 'duplicate-yaml-key' | 'duplicate-json-key';
  readonly message: string;
  /** What to do, where more can be said than that the syntax has to be mended. */
  readonly fix?: string;
  readonly within: SourceText;
  readonly span: Span;
}

export interface ParsedText {
  readonly documents: readonly TreeNode[];
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
}

export function field(node: TreeNode | undefined, ...path: readonly (string | number)[]): TreeNode | undefined {
  let at = node;
  for (const step of path) {
    if (at?.type === 'map') at = at.entries.get(String(step))?.value;
    else if (at?.type === 'list' && typeof step === 'number') at = at.items[step];
    else return undefined;
  }
  return at;
}

/** The text of a string scalar; nothing for another type. */
export function stringAt(node: TreeNode | undefined, ...path: readonly (string | number)[]): ScalarText | undefined {
  const found = field(node, ...path);
  return found?.type === 'scalar' && typeof found.value === 'string' ? found.text : undefined;
}

export function valueAt(
  node: TreeNode | undefined,
  ...path: readonly (string | number)[]
): string | number | boolean | null | undefined {
  const found = field(node, ...path);
  return found?.type === 'scalar' ? found.value : undefined;
}

export function itemsAt(node: TreeNode | undefined, ...path: readonly (string | number)[]): readonly TreeNode[] {
  const found = field(node, ...path);
  return found?.type === 'list' ? found.items : [];
}
