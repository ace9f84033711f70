/**
 * Writes trees as PromQL on one line, as Prometheus' own printer does, with no bracket that the tree does not
 * need: what is printed parses to an equal tree. Nothing recurses, so that no tree is too deep.
 */
import type {
  AggregateExpr,
  BinaryExpr,
  Expr,
  Fill,
  LabelName,
  NumberLiteral,
  SubqueryExpr,
  VariableExpr,
  VectorMatching,
} from './ast.ts';
import { needsBrackets, sameNumber } from './brackets.ts';
import { printText } from './grafana.ts';
import { isPlainGroupingLabel } from './names.ts';
import { printNumber } from './numbers.ts';
import { type DurationNode, durationPieces, printSeconds } from './print-duration.ts';
import { matrixPieces, subqueryPieces, vectorPieces } from './print-selector.ts';
import { quoteText } from './quote.ts';

/** A part of the text: finished, or still a node. */
type Piece = string | Expr | DurationNode;

/**
 * Prints a tree.
 *
 * @param node any tree of expressions; its offsets and remembered brackets do not matter
 * @returns the query on one line
 * @throws TypeError when there is an ErrorExpr in the tree
 */
export function print(node: Expr): string {
  return printPieces([node], Infinity) ?? '';
}

/**
 * Prints a tree if its text is short, without going through more of it than that.
 *
 * @param node any tree of expressions
 * @param length the most characters
 * @returns undefined when the text is longer
 */
export function printUpTo(node: Expr, length: number): string | undefined {
  return printPieces([node], length);
}

/** Writes what stands behind the expression of a subquery: `[1h:5m] offset 1d`. */
export function subquerySuffix(node: SubqueryExpr): string {
  return printPieces(subqueryPieces(node, []).toReversed(), Infinity) ?? '';
}

/** Prints what is to do, the last first. */
function printPieces(todo: Piece[], length: number): string | undefined {
  let text = '';
  for (let piece = todo.pop(); piece !== undefined; piece = todo.pop()) {
    if (typeof piece === 'string') {
      text += piece;
      if (text.length > length) return undefined;
      continue;
    }
    const pieces = piecesOf(piece);
    for (let i = pieces.length - 1; i >= 0; i--) todo.push(pieces[i] ?? '');
  }
  return text;
}

function piecesOf(node: Exclude<Piece, string>): readonly Piece[] {
  switch (node.type) {
    case 'NumberLiteral':
      return [printNumberLiteral(node)];
    case 'StringLiteral':
      return [quoteText(node.value)];
    case 'VariableExpr':
      return variablePieces(node);
    case 'VectorSelector':
      return vectorPieces(node);
    case 'MatrixSelector':
      return matrixPieces(node);
    case 'SubqueryExpr':
      return subqueryPieces(node, operandPieces(node, node.expr));
    case 'Call':
      return [`${node.func}(`, ...separated(node.args), ')'];
    case 'AggregateExpr':
      return [`${printAggregateHead(node)}(`, ...separated(aggregateArguments(node)), ')'];
    case 'UnaryExpr':
      return [node.op, ...operandPieces(node, node.expr)];
    case 'BinaryExpr':
      return [...operandPieces(node, node.lhs), ` ${printOperator(node.op, node)} `, ...operandPieces(node, node.rhs)];
    case 'ErrorExpr':
      throw new TypeError('cannot print a tree with an ErrorExpr: fix the query or cut the node out');
    default:
      return durationPieces(node);
  }
}

function variablePieces(node: VariableExpr): readonly Piece[] {
  const { variable, operands } = node;
  const text = printText(variable);
  if (operands === undefined) return [text];
  const { lhs, rhs } = operands;
  return [...operandPieces(node, lhs), ` ${printOperator(text, operands)} `, ...operandPieces(node, rhs)];
}

function operandPieces(parent: Expr, child: Expr): readonly Piece[] {
  return needsBrackets(parent, child) ? ['(', child, ')'] : [child];
}

function separated(nodes: readonly Expr[]): readonly Piece[] {
  return nodes.flatMap((node, i) => (i === 0 ? [node] : [', ', node]));
}

/** Writes a number; a duration as one. */
function printNumberLiteral({ value, duration }: NumberLiteral): string {
  return duration && typeof value === 'number' ? printSeconds(value) : printNumber(value);
}

/** Writes an aggregation up to its opening bracket: `sum by (job) `. */
export function printAggregateHead({ op, grouping }: AggregateExpr): string {
  return grouping === undefined ? op : `${op} ${grouping.mode} (${printLabels(grouping.labels)}) `;
}

export function aggregateArguments({ param, expr }: AggregateExpr): readonly Expr[] {
  return param === undefined ? [expr] : [param, expr];
}

/** Writes an operator with its modifiers: `/ on (job) group_left ()`. */
export function printOperator(
  op: string,
  { bool, matching, fill }: Pick<BinaryExpr, 'bool' | 'matching' | 'fill'>,
): string {
  return [op, bool && 'bool', matching && printMatching(matching), fill && printFill(fill)]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function printMatching({ mode, labels, group, include }: VectorMatching): string {
  // The brackets of an empty list stay: without them those of the right side would be taken for the list.
  const grouped = group === undefined ? '' : ` group_${group} (${printLabels(include ?? [])})`;
  return `${mode} (${printLabels(labels)})${grouped}`;
}

function printFill({ left, right }: Fill): string {
  const one = (side: string, value: NumberLiteral | undefined): string | undefined =>
    value && `fill${side} (${printNumberLiteral(value)})`;
  const both = left !== undefined && right !== undefined && sameNumber(left, right);
  const sides = both ? [one('', left)] : [one('_left', left), one('_right', right)];
  return sides.filter((side) => side !== undefined).join(' ');
}

function printLabels(labels: readonly LabelName[]): string {
  return labels
    .map((label) => {
      const plain =
        typeof label === 'string'
          ? isPlainGroupingLabel(label)
          : label.parts.every((part) => typeof part !== 'string' || /^\w*$/.test(part));
      return plain ? printText(label) : quoteText(label);
    })
    .join(', ');
}
