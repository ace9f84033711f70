import type { DurationOperand, Expr, Requirement } from '../../promql/ast.ts';
import { isAtLeast } from '../../promql/options.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import type { Server } from '../facts/world.ts';
import { instead, seconds } from '../rewrite.ts';

/** Silent while nothing is said of the server. */
export const needsServerFeature: Check = defineCheck({
  code: 'C805',
  query(query) {
    const { server } = query.world;
    if (server.version === undefined && server.features.size === 0) return undefined;
    return query.facts.nodes.flatMap(({ expr }) =>
      unmet(expr, server).map((requirement) => finding(expr, requirement, query)),
    );
  },
});

function unmet(expr: Expr, server: Server): readonly Requirement[] {
  return requirementsOf(expr).filter(
    (requirement) => isTooNew(requirement, server) || lacksFeature(requirement, server),
  );
}

function isTooNew({ since }: Requirement, { version }: Server): boolean {
  return since !== undefined && version !== undefined && !isAtLeast(version, since);
}

function lacksFeature({ feature }: Requirement, { features }: Server): boolean {
  return feature !== undefined && !features.has(feature);
}

function requirementsOf(expr: Expr): readonly Requirement[] {
  const own = expr.requires ?? [];
  switch (expr.type) {
    case 'MatrixSelector':
      return [...own, ...ofDuration(expr.range)];
    case 'SubqueryExpr':
      return [...own, ...ofDuration(expr.range), ...ofDuration(expr.step), ...ofDuration(expr.offset)];
    case 'VectorSelector':
      return [...own, ...ofDuration(expr.offset)];
    default:
      return own;
  }
}

function ofDuration(duration: DurationOperand | undefined): readonly Requirement[] {
  if (duration?.type !== 'DurationExpr') return [];
  return [...(duration.requires ?? []), ...duration.operands.flatMap(ofDuration)];
}

function finding(node: Expr, requirement: Requirement, query: Query): Finding {
  const { server } = query.world;
  const { what, since, feature } = requirement;
  if (isTooNew(requirement, server)) {
    return {
      node,
      message: `Prometheus ${server.version ?? ''} does not know ${what}.`,
      why: `It came with ${since ?? 'a newer version'}; older servers refuse the whole query, and a rule file with it does not load.`,
      fix: advice`${without(node, query)} If the server is newer than that, set \`prometheus.version\` in the configuration to its version${feature === undefined ? '' : `; it must also run with \`--enable-feature=${feature}\``}.`,
    };
  }
  return {
    node,
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} is switched off on the server.`,
    why: `Prometheus refuses it unless it was started with \`--enable-feature=${feature ?? ''}\`.`,
    fix: advice`${without(node, query)} Or start the server with that flag and add "${feature ?? ''}" to \`prometheus.features\` in the configuration.`,
  };
}

/** How to say it to an older server. */
function without(node: Expr, query: Query): Advice | string {
  if (node.type === 'AggregateExpr' && node.op === 'limitk')
    return advice`Write ${instead(node, { ...node, op: 'topk' }, query)}, which picks the largest instead of any.`;
  const range = node.type === 'MatrixSelector' ? fixedSeconds(node.range) : undefined;
  if (node.type === 'MatrixSelector' && range !== undefined)
    return advice`Write ${instead(node, { ...node, range: seconds(range) }, query)}.`;
  return 'Write the query without it.';
}

/** The seconds of arithmetic on plain durations. */
function fixedSeconds(duration: DurationOperand): number | undefined {
  if (duration.type === 'Duration') return duration.milliseconds / 1000;
  if (duration.type === 'NumberLiteral') return Number(duration.value);
  if (duration.type !== 'DurationExpr') return undefined;
  const [left, right] = duration.operands.map(fixedSeconds);
  if (left === undefined || right === undefined) return undefined;
  const compute = COMPUTE[duration.op];
  return compute?.(left, right);
}

const COMPUTE: Readonly<Partial<Record<string, (left: number, right: number) => number>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
