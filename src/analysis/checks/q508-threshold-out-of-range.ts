import type { Expr } from '../../promql/ast.ts';
import { defineCheck, type Check, type PlacedFinding, type Project, type Query } from '../check.ts';
import { impossibleComparison } from '../comparisons.ts';
import { hull, type Interval } from '../facts/interval.ts';
import { presenceOf, valueOf } from '../facts/source.ts';
import { number } from '../wording.ts';

export const thresholdOutOfRange: Check = defineCheck({
  code: 'Q508',
  nodes: {
    BinaryExpr(node, query) {
      const found = impossibleComparison(node, query);
      if (found?.code !== 'Q508') return undefined;
      const { side, other, values, limit } = found;
      // an info metric is no value at all, which is Q213's to say
      if (query.of(side).sources.every(({ kind }) => kind === 'info')) return undefined;
      const ratio = values.max <= 1 && limit.min > 1 && limit.min <= 100;
      return {
        node,
        message: `\`${query.print(side)}\` ${rangeText(values)}, so \`${query.print(node)}\` never holds.`,
        why: node.bool
          ? 'The result is 0 for every series, at all times.'
          : 'A comparison that no value passes lets no series through, so an alert on it never fires.',
        fix: ratio
          ? `Compare a ratio with a ratio (\`${number(limit.min / 100)}\`), or multiply by 100 first.`
          : isCount(side) && limit.max < 1
            ? `Where nothing is left to count there is no series instead of 0. Write \`absent(…)\` to notice that, or add up values of 0 and 1 with \`sum\` instead of counting.`
            : values.min === 0 && values.max === 0
              ? 'Count the series with `count` instead of adding up values that are all 0.'
              : `Compare \`${query.print(side)}\` with a value that it can have, not with \`${query.print(other)}\`.`,
      };
    },
  },
  project: (project) => panelsOf(project).flatMap(limitsOutOfRange),
});

function isCount(node: Expr): boolean {
  return node.type === 'AggregateExpr' && node.op === 'count';
}

/** The queries of each panel with thresholds: its colours are for all of them. */
function panelsOf({ queries }: Project): readonly (readonly Query[])[] {
  const panels = new Map<unknown, Query[]>();
  for (const query of queries.values()) {
    const { place, subject } = query;
    if (place.type !== 'panel' || place.transformed === true || !place.thresholds) continue;
    const at = subject.where.findIndex((step) => step.startsWith('panel '));
    const key = at < 0 ? subject : subject.where.slice(0, at + 1).join('\n');
    panels.set(key, [...(panels.get(key) ?? []), query]);
  }
  return [...panels.values()];
}

function limitsOutOfRange(queries: readonly Query[]): readonly PlacedFinding[] {
  const [first] = queries;
  if (first?.place.type !== 'panel') return [];
  if (queries.some(({ facts }) => presenceOf(facts.root) === 'never')) return [];
  const values = queries.map(({ facts }) => valueOf(facts.root)).reduce(hull);
  const limits = (first.place.thresholds ?? []).filter((limit) => limit > values.max || limit < values.min);
  if (limits.length === 0) return [];
  const ratio = values.max <= 1 && limits.every((limit) => limit > 1 && limit <= 100);
  return [
    {
      subject: first.subject,
      part: { part: 'threshold' },
      message: `The value of the panel ${rangeText(values)}, so it never meets the threshold${limits.length === 1 ? '' : 's'} ${limits.map(number).join(' and ')}.`,
      why: 'A colour begins where the value reaches its threshold; this one is never shown, or always.',
      fix: ratio
        ? `Write the limits of a ratio as ratios (${limits.map((limit) => number(limit / 100)).join(', ')}), or multiply the query by 100.`
        : 'Set thresholds that the value can reach.',
    },
  ];
}

function rangeText({ min, max }: Interval): string {
  if (min === max) return `is always ${number(min)}`;
  if (max === Infinity) return `is never below ${number(min)}`;
  if (min === -Infinity) return `is never above ${number(max)}`;
  return `lies between ${number(min)} and ${number(max)}`;
}
