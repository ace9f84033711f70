/** Works out the facts of every node of a query, from the leaves up, each node once. */
import type { Expr, SubqueryExpr, ValueType } from '../../promql/ast.ts';
import { functions } from '../../promql/functions.ts';
import { aggregationSources } from './aggregation.ts';
import { binaryFacts } from './binary.ts';
import { callSources, secondsOf } from './call.ts';
import type { Facts, NodeFacts, Source } from './facts.ts';
import { ANY_NUMBER, negate, withNaN } from './interval.ts';
import { ANY_LABELS, METRIC_NAME, withoutLabels } from './labels.ts';
import { numberOf } from './number.ts';
import { selectorSources } from './selector.ts';
import { changed, constantSource, numberSource } from './source.ts';
import type { World } from './world.ts';

/**
 * What a query means.
 *
 * @param expr a tree; nodes that occur in several places are looked at once
 * @param world what is known of metrics, rules and the server
 */
export function infer(expr: Expr, world: World): Facts {
  const found = new Map<Expr, NodeFacts>();
  const nodes: NodeFacts[] = [];
  const visit = (node: Expr): NodeFacts => {
    const before = found.get(node);
    if (before) return before;
    const facts = factsOf(node, visit, world);
    found.set(node, facts);
    nodes.push(facts);
    return facts;
  };
  const root = visit(expr);
  return {
    root,
    nodes,
    of(node) {
      const facts = found.get(node);
      if (!facts) throw new Error(`Not a node of this query: ${node.type}.`);
      return facts;
    },
  };
}

type Visit = (node: Expr) => NodeFacts;

function factsOf(expr: Expr, visit: Visit, world: World): NodeFacts {
  switch (expr.type) {
    case 'NumberLiteral':
      return { expr, type: 'scalar', sources: [constantSource(numberOf(expr))] };
    case 'StringLiteral':
      return { expr, type: 'string', sources: [numberSource(ANY_NUMBER)] };
    case 'VectorSelector':
      return { expr, type: 'vector', sources: selectorSources(expr, world) };
    case 'MatrixSelector':
      return { expr, type: 'matrix', sources: visit(expr.selector).sources };
    case 'SubqueryExpr':
      return { expr, type: 'matrix', sources: stepped(expr, visit(expr.expr).sources, world) };
    case 'Call':
      return {
        expr,
        type: functions.get(expr.func)?.returns ?? 'vector',
        sources: callSources(expr, expr.args.map(visit), world),
      };
    case 'AggregateExpr': {
      const param = expr.param && visit(expr.param);
      return { expr, type: 'vector', sources: aggregationSources(expr, visit(expr.expr), param) };
    }
    case 'BinaryExpr': {
      const [left, right] = [visit(expr.lhs), visit(expr.rhs)];
      const { sources, join } = binaryFacts(expr, left, right);
      return { expr, type: typeOfBinary(left.type, right.type), sources, ...(join ? { join } : {}) };
    }
    case 'UnaryExpr': {
      const operand = visit(expr.expr);
      return { expr, type: operand.type, sources: operand.sources.map((source) => signed(source, expr)) };
    }
    case 'VariableExpr':
    case 'ErrorExpr':
      for (const child of expr.type === 'ErrorExpr' ? expr.children : []) visit(child);
      return { expr, type: 'vector', sources: [UNKNOWN] };
  }
}

/** What a Grafana variable stands for can be anything. */
const UNKNOWN: Source = changed(numberSource(withNaN(ANY_NUMBER)), {
  labels: ANY_LABELS,
  key: undefined,
  kind: 'unknown',
  sample: 'unknown',
  presence: 'maybe',
});

function typeOfBinary(left: ValueType, right: ValueType): ValueType {
  return left === 'vector' || right === 'vector' ? 'vector' : 'scalar';
}

function stepped(node: SubqueryExpr, sources: readonly Source[], world: World): readonly Source[] {
  const step = node.step ? secondsOf(node.step) : world.server.evaluationIntervalSeconds;
  return sources.map((source) => changed(source, { resolutionSeconds: step }));
}

function signed(source: Source, node: Expr & { readonly type: 'UnaryExpr' }): Source {
  if (node.op === '+') return source;
  return changed(source, {
    value: negate(source.value),
    labels: withoutLabels(source.labels, [METRIC_NAME], { text: 'a sign drops the metric name', node }),
    counter: source.counter && 'aggregated',
  });
}
