import type { BinaryExpr, Expr } from '../../promql/ast.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type PlacedFinding, type Project, type Query } from '../check.ts';
import { impossibleComparison } from '../comparisons.ts';
import type { NodeFacts } from '../facts/facts.ts';
import { hull, type Interval } from '../facts/interval.ts';
import { presenceOf, valueOf } from '../facts/source.ts';
import { selectorsIn } from '../facts/selected-names.ts';
import { call, instead, numeral, replaced } from '../rewrite.ts';
import type { Subject } from '../subject.ts';
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
          ? advice`Compare a ratio with a ratio: ${instead(node, replaced(node, other, numeral(Number(number(limit.min / 100)))), query)}.`
          : isCount(side) && limit.max < 1
            ? fixOfCount(node, side, query)
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

/** Nothing to count gives no series: what was meant is that there is none, or that none of them is 1. */
function fixOfCount(node: BinaryExpr, side: Expr, query: Query): Advice {
  const counted = side.type === 'AggregateExpr' ? side.expr : side;
  const sources = query.of(counted).sources;
  const summed = side.type === 'AggregateExpr' ? replaced(node, side, { ...side, op: 'sum' }) : node;
  const [selector, more] = selectorsIn(counted);
  const none = instead(node, call('absent', selector && !more ? selector : counted), query);
  const noSeries = advice`A count of nothing is no series instead of 0. To find out that there is none write ${none}`;
  return sources.every(({ kind }) => kind === 'boolean' || kind === 'stateset')
    ? advice`${noSeries}; that all are 0, ${instead(node, summed, query)}.`
    : advice`${noSeries}.`;
}

interface PanelQuery {
  readonly subject: Subject;
  readonly root: NodeFacts;
}

/** The queries of each panel with thresholds: its colours are for all of them. */
function panelsOf({ trees, factsOf }: Project): readonly (readonly PanelQuery[])[] {
  const panels = new Map<unknown, PanelQuery[]>();
  for (const [subject, expr] of trees) {
    const { place } = subject;
    if (place.type !== 'panel' || place.transformed === true || !place.thresholds) continue;
    const at = subject.where.findIndex((step) => step.startsWith('panel '));
    const key = at < 0 ? subject : subject.where.slice(0, at + 1).join('\n');
    panels.set(key, [...(panels.get(key) ?? []), { subject, root: factsOf(expr).root }]);
  }
  return [...panels.values()];
}

function limitsOutOfRange(queries: readonly PanelQuery[]): readonly PlacedFinding[] {
  const [first] = queries;
  if (first?.subject.place.type !== 'panel') return [];
  if (queries.some(({ root }) => presenceOf(root) === 'never')) return [];
  const values = queries.map(({ root }) => valueOf(root)).reduce(hull);
  const limits = (first.subject.place.thresholds ?? []).filter((limit) => limit > values.max || limit < values.min);
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
