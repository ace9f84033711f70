/** Another moment, automatic ranges, and where a query was written. */
import {
  add,
  at,
  avgOverTime,
  catalogue,
  exporter,
  counter,
  extended,
  findSample,
  maxOverTime,
  offset,
  promql,
  range,
  rate,
  resolveAutoRange,
  resolveQueryRanges,
  selector,
  sub,
  subquery,
  sum,
  time,
  topk,
} from 'dashwright';
import { equal, print } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';
import { dashboardRange, isAutoRange, ruleRange } from '../../src/query/auto-range.ts';
import { finished, memory, runs, team } from './metrics.ts';

describe('offset and @', () => {
  test('cannot move the clock', () => {
    expect(() => offset(sub(time(), finished), '1d')).toThrow('offset() cannot move time()');
    expect(() => at(promql`hour() > ${memory}`, 'end')).toThrow('at() cannot move hour()');
  });

  test('cannot move what a variable stands for', () => {
    expect(() => offset(topk(team, memory), '1d')).toThrow('cannot move what a dashboard variable stands for');
  });

  test('do not add up with a variable', () => {
    expect(() => offset(offset(memory, team), '1d')).toThrow('cannot be added up: write one offset');
    expect(print(offset(memory, team).expr)).toBe('memory_bytes offset $team');
  });

  test('leave a selector alone that is pinned to a moment', () => {
    const pinned = add(memory, at(memory, 100));
    expect(print(offset(pinned, '1d').expr)).toBe('memory_bytes offset 1d + memory_bytes @ 100');
    expect(print(at(pinned, 'end').expr)).toBe('memory_bytes @ end() + memory_bytes @ 100');
  });

  test('refuse a moment that is none', () => {
    expect(() => at(memory, Number.NaN)).toThrow(
      'at() needs seconds since 1970, "start", "end" or a variable, but got NaN',
    );
    expect(print(at(memory, team).expr)).toBe('memory_bytes @ $team');
  });

  test('extended ranges are for selectors', () => {
    expect(() => extended(sum(memory), 'smoothed')).toThrow('extended() is for selectors');
  });
});

describe('an automatic range', () => {
  const slow = exporter('slow', { scrapeInterval: '2m' });
  const jobs = counter('jobs_total', { from: slow });
  const known = catalogue([runs, jobs]);
  const inRules = ruleRange((name) => findSample(known, name)?.metric, 60);
  const query = add(sum(rate(runs)), sum(rate(jobs)));

  test('is $__rate_interval on a dashboard', () => {
    expect(print(resolveAutoRange(query.expr, dashboardRange))).toBe(
      'sum(rate(runs_total[$__rate_interval])) + sum(rate(jobs_total[$__rate_interval]))',
    );
  });

  test('is four scrape intervals of the metric’s exporter in a rule', () => {
    expect(print(resolveAutoRange(query.expr, inRules))).toBe('sum(rate(runs_total[2m])) + sum(rate(jobs_total[8m]))');
  });

  test('is four of the default where nothing is known', () => {
    expect(print(resolveAutoRange(rate(selector('x')).expr, inRules))).toBe('rate(x[4m])');
  });

  test('of a recorded metric follows its group', () => {
    const recorded = {
      name: 'r',
      kind: 'untyped',
      labels: {},
      recordedBy: { expr: 'x', intervalSeconds: 300 },
    } as const;
    const resolver = ruleRange(() => recorded, 60);
    expect(print(resolveAutoRange(avgOverTime(selector('r')).expr, resolver))).toBe('avg_over_time(r[20m])');
  });

  test('leaves written ranges and trees without one as they are', () => {
    const written = rate(runs, '5m');
    expect(resolveAutoRange(written.expr, inRules)).toBe(written.expr);
    expect(resolveQueryRanges(written, inRules)).toBe(written);
  });

  test('keeps the call sites of what it replaces', () => {
    const resolved = resolveQueryRanges(query, inRules);
    expect(resolved.origins.get(resolved.expr)).toBe(query.position);
    if (resolved.expr.type !== 'BinaryExpr' || query.expr.type !== 'BinaryExpr') throw new Error('not an operator');
    expect(resolved.origins.get(resolved.expr.lhs)).toBe(query.origins.get(query.expr.lhs));
  });

  test('is told from other variables', () => {
    const automatic = range(runs).expr;
    const other = range(runs, team).expr;
    if (automatic.type !== 'MatrixSelector' || other.type !== 'MatrixSelector') throw new Error('not a range');
    expect([isAutoRange(automatic.range), isAutoRange(other.range)]).toEqual([true, false]);
  });
});

describe('a range', () => {
  test('of an expression must be written', () => {
    expect(() => maxOverTime(sum(memory))).toThrow(
      "max_over_time() of an expression needs a range, such as '1h': only the range of a selector can be left to the panel or rule.",
    );
  });

  test('is given once', () => {
    expect(() => maxOverTime(subquery(memory, '1h'), '1h')).toThrow('max_over_time() got a range twice');
  });

  test.each(['5 minutes', '1.5h', '1m1h', '5', ''])('is not "%s"', (text) => {
    expect(() => rate(runs, text as '5m')).toThrow(
      `"${text}" is no duration. Write whole numbers with y, w, d, h, m, s or ms`,
    );
  });

  test.each(['0s', '-5m'] as const)('is longer than "%s"', (text) => {
    expect(() => rate(runs, text)).toThrow('The range of rate() must be longer than 0');
  });
});

describe('a query', () => {
  test('remembers where each of its functions was called', () => {
    const inner = rate(runs);
    const outer = sum(inner);
    const [innerPlace, outerPlace] = [inner.position.resolve(), outer.position.resolve()];
    expect(outerPlace?.file).toMatch(/modifiers\.test\.ts$/);
    expect(outerPlace?.line).toBe((innerPlace?.line ?? 0) + 1);
    expect(outer.origins.get(inner.expr)?.resolve()).toEqual(innerPlace);
    // declared elsewhere, and used where the function around it is called
    expect(runs.model.position?.file).toMatch(/metrics\.ts$/);
    expect(runs.position.resolve()).toBeUndefined();
    expect(outer.origins.has(runs.expr)).toBe(false);
    expect(runs({ status: 'success' }).position.resolve()?.file).toMatch(/modifiers\.test\.ts$/);
  });

  test('is the same tree however often it is used', () => {
    const shared = sum(rate(runs));
    expect(equal(add(shared, shared).expr, add(shared, sum(rate(runs))).expr)).toBe(true);
  });
});
