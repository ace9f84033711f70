import type { MetricModel } from '../../metrics/model.ts';
import { advice } from '../advice.ts';
import { defineCheck, type Check, type Query } from '../check.ts';
import type { Expr, VectorSelector } from '../../promql/ast.ts';
import { selectedName } from '../facts/selector.ts';
import { selectedNames } from '../facts/selected-names.ts';
import type { World } from '../facts/world.ts';
import { nameFault, reaches } from '../metric-names.ts';
import { renamed } from '../rewrite.ts';
import { didYouMean, list, placeName } from '../wording.ts';

/** Silent in `new or old`, which reads both names on purpose. */
export const metricRenamed: Check = defineCheck({
  code: 'M112',
  nodes: {
    VectorSelector(node, query) {
      const { world } = query;
      const name = selectedName(node);
      if (name === undefined) return undefined;
      const at = { node, span: node.nameSpan ?? node.span };
      const fault = nameFault(name, world);
      if (fault?.code === 'M112') {
        if (isAlternative(node, fault.instead, query)) return undefined;
        return {
          ...at,
          message: `\`${name}\` was renamed to \`${fault.instead}\`.`,
          why: `T${exporterOf(fault.metric).slice(1)} exposes the new name only, so a query of the old one is valid and always empty.`,
          fix: advice`Write ${renamed(node, fault.instead, query)}.`,
          related: [{ message: `\`${fault.instead}\` is declared here`, position: fault.metric.position }],
          replacement: renamed(node, fault.instead, query),
        };
      }
      const metric = world.series(name)?.metric;
      if (!metric || metric.recordedBy) return undefined;
      const gone = goneBecause(metric, world);
      if (!gone || (metric.renamedTo !== undefined && isAlternative(node, metric.renamedTo, query))) return undefined;
      return {
        ...at,
        message: `\`${name}\` ${gone}.`,
        why: `The query is valid, but ${exporterOf(metric)} exposes no such metric, so it is always empty.`,
        fix: fixOf(metric, name, query),
        related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
      };
    },
  },
  metric({ name, renamedTo, recordedBy }, world) {
    if (renamedTo === undefined || recordedBy || !world.closed || world.metric(renamedTo)) return undefined;
    return {
      message: `\`${name}\` was renamed to \`${renamedTo}\`, which the catalogue does not have.`,
      why: 'Messages about the old name send people to the new one.',
      fix: `Declare \`${renamedTo}\`, or correct the name.${didYouMean(
        renamedTo,
        world.metrics.map((metric) => metric.name),
      )}`,
    };
  },
});

function goneBecause({ since, removed, renamedTo, exporter }: MetricModel, world: World): string | undefined {
  const version = exporter?.version;
  if (removed !== undefined) {
    if (reaches(version, removed) !== true) return undefined;
    const to = renamedTo === undefined ? '' : ` and is now \`${renamedTo}\``;
    return `was removed in version ${removed} of its exporter${to}`;
  }
  if (reaches(version, since) === false)
    return `came with version ${since} of its exporter, but the catalogue says that ${version} runs`;
  if (renamedTo === undefined) return undefined;
  if (reaches(version, world.metric(renamedTo)?.since) === false) return undefined;
  return `was renamed to \`${renamedTo}\``;
}

function exporterOf({ exporter }: MetricModel): string {
  if (!exporter) return 'the exporter';
  return `the exporter \`${exporter.name}\`${exporter.version === undefined ? '' : ` ${exporter.version}`}`;
}

function fixOf({ renamedTo, renamedFrom, since, removed, exporter }: MetricModel, name: string, query: Query): string {
  if (renamedTo !== undefined) return `Write \`${renamedTo}\`.`;
  if (reaches(exporter?.version, since) === false) {
    const former = renamedFrom ? ` Until then, write its old name ${list(renamedFrom, 'or')}.` : '';
    return `Upgrade the exporter to ${since} or newer, and set its version in the catalogue to the one that runs.${former}`;
  }
  const isAll = selectedNames(query.expr).every((other) => other === name);
  return `${isAll ? `Delete the ${placeName(query.place)}` : 'Take this part out of the query'}: the catalogue names nothing that replaces it. If the exporter that runs is older than ${removed}, set its version in the catalogue.`;
}

function isAlternative(node: VectorSelector, other: string, query: Query): boolean {
  for (let below: Expr = node, above = query.parentOf(node); above; below = above, above = query.parentOf(above)) {
    if (above.type !== 'BinaryExpr' || above.op !== 'or') continue;
    const side = above.lhs === below ? above.rhs : above.lhs;
    if ([...selectedNames(side)].some((name) => name === other)) return true;
  }
  return false;
}
