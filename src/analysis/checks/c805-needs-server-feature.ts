import type { DurationOperand, Expr, Requirement } from '../../promql/ast.ts';
import { isAtLeast } from '../../promql/options.ts';
import { defineCheck, type Check, type Finding } from '../check.ts';
import type { Server } from '../facts/world.ts';

/** Silent while nothing is said of the server. */
export const needsServerFeature: Check = defineCheck({
  code: 'C805',
  query({ facts, world: { server } }) {
    if (server.version === undefined && server.features.size === 0) return undefined;
    return facts.nodes.flatMap(({ expr }) =>
      unmet(expr, server).map((requirement) => finding(expr, requirement, server)),
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

function finding(node: Expr, requirement: Requirement, server: Server): Finding {
  const { what, since, feature } = requirement;
  if (isTooNew(requirement, server)) {
    return {
      node,
      message: `Prometheus ${server.version ?? ''} does not know ${what}.`,
      why: `It came with ${since ?? 'a newer version'}; older servers refuse the whole query, and a rule file with it does not load.`,
      fix: 'Write it without, or set the version of the server in the configuration if it is newer.',
    };
  }
  return {
    node,
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} is switched off on the server.`,
    why: `Prometheus refuses it unless it was started with \`--enable-feature=${feature ?? ''}\`.`,
    fix: `Write it without, or start the server so and name "${feature ?? ''}" among its features in the configuration.`,
  };
}
