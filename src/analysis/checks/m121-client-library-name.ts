import { advice } from '../advice.ts';
import { defineCheck, type Check } from '../check.ts';
import { namingOf } from '../client-libraries.ts';
import { selectedName } from '../facts/selector.ts';
import { nameFault } from '../metric-names.ts';
import { renamed } from '../rewrite.ts';

export const clientLibraryName: Check = defineCheck({
  code: 'M121',
  nodes: {
    VectorSelector(node, query) {
      const { world } = query;
      const name = selectedName(node);
      const fault = name === undefined ? undefined : nameFault(name, world);
      if (fault?.code !== 'M121') return undefined;
      const { metric, instead } = fault;
      const corrected = renamed(node, instead, query);
      const library = namingOf(metric)?.name ?? 'the client library';
      return {
        node,
        span: node.nameSpan ?? node.span,
        message: `There is no series \`${name}\`: it is called \`${instead}\`.`,
        why:
          instead.length > (name?.length ?? 0)
            ? `${library} adds \`${instead.slice(name?.length)}\` to the name that the program gives, so no series has the bare name.`
            : `${library} exposes names as the program writes them and adds nothing.`,
        fix: advice`Write ${corrected}.`,
        related: [{ message: `\`${metric.name}\` is declared here`, position: metric.position }],
        replacement: corrected,
      };
    },
  },
  metric(metric) {
    const { name, kind, nameAsExposed, recordedBy } = metric;
    if (nameAsExposed === true || recordedBy) return undefined;
    const suffix = kind === 'counter' ? '_total' : kind === 'info' ? '_info' : undefined;
    const naming = namingOf(metric);
    if (!suffix || !naming?.adds.includes(suffix) || name.endsWith(suffix)) return undefined;
    return {
      message: `${naming.name} exposes the ${kind} \`${name}\` as \`${name}${suffix}\`.`,
      why: `It adds \`${suffix}\` to every ${kind} whose name lacks it, so a query of \`${name}\` finds nothing.`,
      fix: `Declare it as \`${name}${suffix}\`.`,
    };
  },
});
