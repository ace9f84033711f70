/** Going through trees and changing them. Nothing recurses, so that no tree is too deep. */
import type { Expr, VectorSelector } from './ast.ts';

const none: readonly Expr[] = [];

/**
 * The expressions directly inside a node, in the order of the text.
 *
 * The selector inside a range selector is one of them; durations, matchers and labels are not.
 */
export function children(node: Expr): readonly Expr[] {
  switch (node.type) {
    case 'MatrixSelector':
      return [node.selector];
    case 'SubqueryExpr':
    case 'UnaryExpr':
      return [node.expr];
    case 'Call':
      return node.args;
    case 'AggregateExpr':
      return node.param === undefined ? [node.expr] : [node.param, node.expr];
    case 'BinaryExpr':
      return [node.lhs, node.rhs];
    case 'VariableExpr':
      return node.operands === undefined ? none : [node.operands.lhs, node.operands.rhs];
    case 'ErrorExpr':
      return node.children;
    default:
      return none;
  }
}

export interface Visitor {
  /** Called before the node's children; `false` leaves them out. */
  readonly enter?: (node: Expr, parent: Expr | undefined) => boolean | void;
  /** Called after the node's children. */
  readonly leave?: (node: Expr, parent: Expr | undefined) => void;
}

interface Visit {
  readonly node: Expr;
  readonly parent: Expr | undefined;
  readonly leaving: boolean;
}

/**
 * Goes through a tree in the order of the text.
 *
 * @param root the tree
 * @param visitor what to call at each node; a function is called before the node's children, and leaves them
 *   out by returning `false`
 */
export function walk(root: Expr, visitor: Visitor | NonNullable<Visitor['enter']>): void {
  const { enter, leave }: Visitor = typeof visitor === 'function' ? { enter: visitor } : visitor;
  const todo: Visit[] = [{ node: root, parent: undefined, leaving: false }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { node, parent, leaving } = next;
    if (leaving) {
      leave?.(node, parent);
      continue;
    }
    const inside = enter?.(node, parent) !== false;
    if (leave !== undefined) todo.push({ node, parent, leaving: true });
    if (!inside) continue;
    const inner = children(node);
    for (let i = inner.length - 1; i >= 0; i--) {
      const child = inner[i];
      if (child !== undefined) todo.push({ node: child, parent: node, leaving: false });
    }
  }
}

/** Calls a function with every node of a tree, parents first; it cannot leave anything out. */
export function visit(root: Expr, call: (node: Expr) => void): void {
  walk(root, (node) => {
    call(node);
  });
}

/**
 * Makes a tree anew from the leaves up.
 *
 * @param root the tree; it stays as it is
 * @param change called with each node after its children were changed; what it returns takes the node's place
 * @returns the new tree; parts in which nothing changed are the same objects as before
 * @throws TypeError when the selector of a range selector would become anything but a selector
 */
export function transform(root: Expr, change: (node: Expr) => Expr): Expr {
  const done: Expr[] = [];
  walk(root, {
    leave: (node) => {
      const count = children(node).length;
      const inner = count === 0 ? none : done.splice(done.length - count, count);
      done.push(Object.freeze(change(withChildren(node, inner))));
    },
  });
  return done[0] ?? root;
}

/**
 * Puts other expressions in the place of a node's children.
 *
 * @param node the node; it stays as it is
 * @param inner as many as `children(node)` gives, in the same order
 */
export function withChildren(node: Expr, inner: readonly Expr[]): Expr {
  const before = children(node);
  if (before.length !== inner.length)
    throw new TypeError(`a ${node.type} with ${before.length} children cannot get ${inner.length}`);
  if (before.every((child, i) => child === inner[i])) return node;
  return Object.freeze(replace(node, inner));
}

function replace(node: Expr, inner: readonly Expr[]): Expr {
  const [first = node, second = node] = inner;
  switch (node.type) {
    case 'MatrixSelector':
      return { ...node, selector: asSelector(first) };
    case 'SubqueryExpr':
    case 'UnaryExpr':
      return { ...node, expr: first };
    case 'Call':
      return { ...node, args: Object.freeze([...inner]) };
    case 'AggregateExpr':
      return node.param === undefined ? { ...node, expr: first } : { ...node, param: first, expr: second };
    case 'BinaryExpr':
      return { ...node, lhs: first, rhs: second };
    case 'VariableExpr':
      return { ...node, operands: Object.freeze({ ...node.operands, lhs: first, rhs: second }) };
    case 'ErrorExpr':
      return { ...node, children: Object.freeze([...inner]) };
    default:
      return node;
  }
}

function asSelector(node: Expr): VectorSelector {
  if (node.type !== 'VectorSelector') throw new TypeError(`only a selector can have a range, not a ${node.type}`);
  return node;
}
