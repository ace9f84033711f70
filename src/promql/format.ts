/**
 * Writes trees as PromQL on several lines, for people.
 *
 * The layout is that of `promtool promql format`: what is longer than 100 characters is split, its parts are
 * indented by two spaces. Other than there, `a + b + c` is one list of equals, not a staircase.
 */
import type { BinaryExpr, Expr, VariableExpr } from './ast.ts';
import { needsBrackets } from './brackets.ts';
import { printText } from './grafana.ts';
import { operators, powerPrecedence } from './operators.ts';
import { aggregateArguments, print, printAggregateHead, printOperator, printUpTo, subquerySuffix } from './print.ts';

const longestLine = 100;

/** Deeper than this nothing is indented further, so that the text stays as long as the tree. */
const deepestIndent = 40;

/** A part of the text: finished, or a node that starts at a certain depth. */
type Part = string | { readonly node: Expr; readonly depth: number };

/**
 * Lays a tree out on as many lines as it takes.
 *
 * @param node any tree of expressions
 * @returns the query; it parses to an equal tree, and there is no line break at its end
 * @throws TypeError when there is an ErrorExpr in the tree
 */
export function format(node: Expr): string {
  const todo: Part[] = [{ node, depth: 0 }];
  let text = '';
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const parts = layOut(part.node, part.depth);
    for (let i = parts.length - 1; i >= 0; i--) todo.push(parts[i] ?? '');
  }
  return text;
}

function layOut(node: Expr, depth: number): readonly Part[] {
  const short = printUpTo(node, longestLine);
  if (short !== undefined) return [short];
  switch (node.type) {
    case 'Call':
      return [`${node.func}(`, ...list(node.args, depth), ')'];
    case 'AggregateExpr':
      return [`${printAggregateHead(node)}(`, ...list(aggregateArguments(node), depth), ')'];
    case 'UnaryExpr':
      return [node.op, ...operand(node, node.expr, depth)];
    case 'SubqueryExpr':
      return [...operand(node, node.expr, depth), subquerySuffix(node)];
    case 'BinaryExpr':
      return chain(node, depth);
    case 'VariableExpr':
      return variableOperation(node, depth);
    default:
      return [print(node)];
  }
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, deepestIndent))}`;
}

function list(nodes: readonly Expr[], depth: number): readonly Part[] {
  const parts = nodes.flatMap((node, i): readonly Part[] => [
    i === 0 ? '' : ',',
    lineBreak(depth + 1),
    { node, depth: depth + 1 },
  ]);
  return [...parts, lineBreak(depth)];
}

function operand(parent: Expr, node: Expr, depth: number): readonly Part[] {
  if (!needsBrackets(parent, node)) return [{ node, depth }];
  const short = printUpTo(node, longestLine);
  if (short !== undefined) return ['(', short, ')'];
  return ['(', lineBreak(depth + 1), { node, depth: depth + 1 }, lineBreak(depth), ')'];
}

/** Operators of the same level, none of them in brackets: their operands stand below each other. */
function chain(last: BinaryExpr, depth: number): readonly Part[] {
  const nodes = [last];
  for (let node = last; ;) {
    const { lhs } = node;
    if (lhs.type !== 'BinaryExpr' || !sameLevel(node, lhs) || needsBrackets(node, lhs)) break;
    nodes.push(lhs);
    node = lhs;
  }
  const first = nodes.at(-1) ?? last;
  const parts: Part[] = ['  ', ...operand(first, first.lhs, depth + 1)];
  for (const node of nodes.toReversed()) {
    const operator = printOperator(node.op, node);
    parts.push(lineBreak(depth), operator, lineBreak(depth + 1), ...operand(node, node.rhs, depth + 1));
  }
  return parts;
}

function sameLevel(a: BinaryExpr, b: BinaryExpr): boolean {
  const level = operators.get(a.op)?.precedence;
  return level !== powerPrecedence && level === operators.get(b.op)?.precedence;
}

function variableOperation(node: VariableExpr, depth: number): readonly Part[] {
  const { variable, operands } = node;
  if (operands === undefined) return [print(node)];
  return [
    '  ',
    ...operand(node, operands.lhs, depth + 1),
    lineBreak(depth),
    printOperator(printText(variable), operands),
    lineBreak(depth + 1),
    ...operand(node, operands.rhs, depth + 1),
  ];
}
