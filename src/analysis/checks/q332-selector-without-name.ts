import type { Matcher } from '../../promql/ast.ts';
import { decideRegex } from '../facts/regex.ts';
import { namesOf } from '../metric-names.ts';
import { list } from '../wording.ts';
import { defineCheck, type Check, type Query } from '../check.ts';

export const selectorWithoutName: Check = defineCheck({
  code: 'Q332',
  nodes: {
    VectorSelector(node, query) {
      if (node.name !== undefined) return undefined;
      const name = node.matchers.find((matcher) => matcher.name === '__name__');
      const parent = query.parentOf(node);
      // the second argument of info() selects labels, not series
      if (name?.op === '=' || (parent?.type === 'Call' && parent.func === 'info' && parent.args[1] === node))
        return undefined;
      return {
        node,
        span: name?.span,
        message: name ? 'The selector names its metric by a pattern.' : 'The selector names no metric.',
        why: name
          ? 'Prometheus tries the pattern on the name of every metric, and a new metric that fits changes the result without notice, of whatever kind and unit it is.'
          : 'Prometheus has to look at the series of every metric, and the result mixes kinds and units; a new metric changes it without notice.',
        fix: name
          ? fixOfPattern(name, query)
          : `If one metric is meant, write its name: \`up${query.print(node)}\`. If all that match are meant, leave it.`,
      };
    },
  },
});

/** More names than these are no help. */
const SHOWN = 5;

function fixOfPattern({ op, value }: Matcher, { world }: Query): string {
  const names = namesOf(world).all.filter(
    (one) => op === '=~' && typeof value === 'string' && decideRegex(value, one) === true,
  );
  const known = names.length > 0 && names.length <= SHOWN ? `: ${list(names, 'or')}` : '';
  return `If one metric is meant, write its name${known}. If all that match are meant, leave it.`;
}
