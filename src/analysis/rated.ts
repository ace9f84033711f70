/** Rates put around the counters of a query, for the text of a fix. */
import type { Call, DurationValue, Expr, TemplateDuration, VectorSelector } from '../promql/ast.ts';
import { parseTolerant } from '../promql/parse.ts';
import { children, withChildren } from '../promql/walk.ts';
import type { Query } from './check.ts';
import { selectedNames } from './facts/selected-names.ts';
import { selectedName } from './facts/selector.ts';
import { call, seconds } from './rewrite.ts';

type Where = Pick<Query, 'world' | 'place'>;

const RATE_INTERVAL: TemplateDuration = {
  type: 'TemplateDuration',
  text: { type: 'Template', parts: [{ type: 'GrafanaVariable', name: '__rate_interval', syntax: 'dollar' }] },
};

/** The range that a rate of these series usually has at this place. */
export function usualRange(selector: VectorSelector, { world, place }: Where): DurationValue {
  if (place.type === 'panel') return RATE_INTERVAL;
  const metric = world.series(selectedName(selector) ?? '')?.metric;
  const interval = metric?.recordedBy?.intervalSeconds ?? metric?.exporter?.scrapeIntervalSeconds ?? 0;
  return seconds(Math.max(300, 4 * interval));
}

/** `func(selector[range])`. */
export function overRange(func: string, selector: VectorSelector, range: DurationValue): Call {
  return call(func, { type: 'MatrixSelector', selector, range });
}

/**
 * An expression with a rate around each selector that has no range yet. A recorded sum of counters becomes a sum of
 * rates.
 *
 * @returns `undefined` where that would be another expression than what was meant
 */
export function rated(node: Expr, where: Where, func = 'rate', range?: DurationValue): Expr | undefined {
  switch (node.type) {
    case 'VectorSelector':
      return ratedSelector(node, where, func, range);
    case 'MatrixSelector':
    case 'NumberLiteral':
    case 'StringLiteral':
      return node;
    case 'AggregateExpr':
    case 'Call':
      return ratedParts(node, where, func, range);
    case 'BinaryExpr': {
      const scales = node.lhs.type === 'NumberLiteral' || node.rhs.type === 'NumberLiteral';
      return node.op === '+' || scales ? ratedParts(node, where, func, range) : undefined;
    }
    default:
      return undefined;
  }
}

function ratedParts(node: Expr, where: Where, func: string, range?: DurationValue): Expr | undefined {
  const inner = children(node).map((child) => rated(child, where, func, range));
  return inner.every((child) => child !== undefined) ? withChildren(node, inner) : undefined;
}

function ratedSelector(node: VectorSelector, where: Where, func: string, range?: DurationValue): Expr | undefined {
  const known = where.world.series(selectedName(node) ?? '');
  const recorded = known?.recorded?.some(({ counter }) => counter === 'aggregated') && known.metric.recordedBy;
  if (!recorded) return overRange(func, node, range ?? usualRange(node, where));
  if (node.matchers.length > 0 || node.offset || node.at) return undefined;
  const { expr, problems } = parseTolerant(recorded.expr, { variables: true });
  // rules that read rules may read each other
  const nested = selectedNames(expr).some((name) => where.world.series(name)?.recorded);
  return problems.length > 0 || nested ? undefined : rated(expr, where, func, range);
}
