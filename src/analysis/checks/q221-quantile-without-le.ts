import { defineCheck, type Check } from '../check.ts';
import { labelFact } from '../facts/labels.ts';

const QUANTILES: ReadonlySet<string> = new Set(['histogram_quantile', 'histogram_quantiles', 'histogram_fraction']);

/** Only of buckets that had `le` and lost it: series that never had one are Q224's and Q231's. */
export const quantileWithoutLe: Check = defineCheck({
  code: 'Q221',
  nodes: {
    Call(node, query) {
      if (!QUANTILES.has(node.func)) return undefined;
      const argument = node.args.find((arg) => query.of(arg).type === 'vector');
      if (!argument) return undefined;
      for (const source of query.of(argument).sources) {
        const le = labelFact(source.labels, 'le');
        const buckets = source.sample === 'float' && source.role === 'bucket';
        if (!buckets || le.presence !== 'impossible' || !le.reason) continue;
        const dropped = le.reason.node;
        return {
          node: argument,
          message: `\`${node.func}()\` needs the label \`le\`, which its argument does not have.`,
          why: `${le.reason.text}; without \`le\` there are no buckets to read a quantile from, so the result is always empty.`,
          fix:
            dropped.type === 'AggregateExpr' ? fixOf(dropped.grouping?.mode) : 'Keep `le` on the way to the function.',
          related: [{ message: '`le` is dropped here', node: dropped }],
        };
      }
      return undefined;
    },
  },
});

function fixOf(mode: 'by' | 'without' | undefined): string {
  if (mode === 'by') return 'Add `le` to the labels of `by (…)`.';
  return mode === 'without' ? 'Take `le` out of `without (…)`.' : 'Aggregate `by (le)`.';
}
