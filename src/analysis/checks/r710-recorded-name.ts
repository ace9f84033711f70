import type { Expr } from '../../promql/ast.ts';
import { parseDuration } from '../../promql/duration.ts';
import { advice, type Advice } from '../advice.ts';
import { defineCheck, type Check, type Finding, type Query } from '../check.ts';
import { labelsOf } from '../facts/source.ts';
import { mayHave } from '../facts/labels.ts';
import { dropping, instead, keeping, replaced, seconds as ofSeconds } from '../rewrite.ts';
import { duration, list } from '../wording.ts';

/** `level:metric:operations`, the form that the Prometheus documentation gives names of recording rules. */
const FORM = /^([^:]*):[^:]*:([^:]*)$/;
/** The range at the end of an operation: `rate5m`, `increase1h`, `ratio_rate30d`. */
const RANGE =
  /(?:rate|increase|irate|delta|over_time|avg|max|min|sum|count|changes|resets)_?(\d+(?:ms|[smhdwy])(?:\d+(?:ms|[smhdwy]))*)$/;

export const recordedName: Check = defineCheck({
  code: 'R710',
  query(query) {
    const { place } = query;
    const [, level, operations] = (place.type === 'record' && FORM.exec(place.name)) || [];
    if (place.type !== 'record' || level === undefined || operations === undefined) return undefined;
    return [...otherRange(place.name, operations, query), ...otherLevel(place.name, level, query)];
  },
});

function otherRange(name: string, operations: string, query: Query): readonly Finding[] {
  const { facts } = query;
  const said = RANGE.exec(operations)?.[1];
  const used = facts.nodes.flatMap(({ sources }) =>
    sources.flatMap(({ ranges }) => ranges.flatMap(({ seconds }) => seconds ?? [])),
  );
  if (said === undefined || used.length === 0) return [];
  const seconds = parseDuration(said) / 1000;
  if (used.includes(seconds)) return [];
  return [
    {
      part: { part: 'name' },
      message: `The name \`${name}\` says a range of ${said}, but the query looks back ${duration(Math.max(...used))}.`,
      why: 'People read `level:metric:operations` as the contract of a recorded series and choose their ranges by it.',
      fix: advice`Name it \`${name.slice(0, -said.length)}${duration(Math.max(...used))}\`${orRange(seconds, query)}.`,
    },
  ];
}

function otherLevel(name: string, level: string, query: Query): readonly Finding[] {
  const { expr } = query;
  const labels = groupedBy(expr);
  if (!labels || labels.length === 0 || level === '' || labels.some((label) => level.includes(label))) return [];
  return [
    {
      part: { part: 'name' },
      message: `The name \`${name}\` says the level \`${level}\`, but the series are told apart by ${list(labels)}.`,
      why: 'The first part of `level:metric:operations` names the labels of the result.',
      fix: advice`Name it \`${labels.join('_')}${name.slice(level.length)}\`${orLevel(level, labels, query)}.`,
    },
  ];
}

/** The labels of a result that is grouped by a list; through operators, those of the left side. */
function groupedBy(expr: Expr): readonly string[] | undefined {
  if (expr.type === 'BinaryExpr') return groupedBy(expr.lhs);
  if (expr.type === 'Call') return expr.args.map(groupedBy).find((labels) => labels !== undefined);
  if (expr.type !== 'AggregateExpr' || expr.grouping?.mode !== 'by') return undefined;
  return expr.grouping.labels.filter((label): label is string => typeof label === 'string' && label !== 'le');
}

/** The query with the range that the name says, where it has only one. */
function orRange(said: number, query: Query): Advice | string {
  const ranges = query.facts.nodes.flatMap(({ expr }) => (expr.type === 'MatrixSelector' ? [expr] : []));
  const [only, more] = ranges;
  if (!only || more || query.facts.nodes.some(({ expr }) => expr.type === 'SubqueryExpr')) return '';
  const whole = replaced(query.expr, only, { ...only, range: ofSeconds(said) });
  return advice`, or write ${instead(query.expr, whole, query)}`;
}

/** The query with the level that the name says, where that is a label of the series. */
function orLevel(level: string, labels: readonly string[], query: Query): Advice | string {
  const { expr } = query;
  if (expr.type !== 'AggregateExpr' || !mayHave(labelsOf(query.of(expr.expr)), level)) return '';
  return advice`, or write ${instead(expr, keeping(dropping(expr, labels), level), query)}`;
}
