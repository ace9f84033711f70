import { parse, print } from 'dashwright/promql';
import { describe, expect, test } from 'vitest';
import { dashboards, page, rules } from './output.ts';

const text = page('guide-queries.md');
const canonical = (expr: string): string => print(parse(expr, { variables: true }));

/** `Dashboard _Title_ › _Panel_:`, ``Alert `Name`:`` or ``Record `name`:`` with the block that follows. */
const SHOWN = /^(?:Dashboard _(.+?)_ › _(.+?)_|(Alert|Record) `(.+?)`):\n\n```promql\n([^]*?)\n```$/gm;

interface Shown {
  readonly place: string;
  readonly expr: string;
  readonly emitted: readonly string[];
}

const shown: readonly Shown[] = [...text.matchAll(SHOWN)].map(([, dashboard, panel, kind, rule, expr = '']) => ({
  place: rule === undefined ? `${dashboard} › ${panel}` : `${kind} ${rule}`,
  expr,
  emitted: rule === undefined ? targetsOf(dashboard ?? '', panel ?? '') : expressionsOf(rule),
}));

function targetsOf(dashboard: string, panel: string): readonly string[] {
  return dashboards()
    .filter(({ title }) => title === dashboard)
    .flatMap(({ panels }) => panels.filter(({ title }) => title === panel))
    .flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr ?? []));
}

function expressionsOf(name: string): readonly string[] {
  return rules()
    .filter(({ alert, record }) => alert === name || record === name)
    .map(({ expr }) => expr);
}

describe('the page on the queries of the guide', () => {
  test('takes each of its 21 queries, and its items without one', () => {
    const numbers = [...text.matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(text.match(/^### /gm)?.length).toBeGreaterThan(15);
  });

  test('shows no query of ours without saying where it is', () => {
    expect(shown).toHaveLength(text.match(/^```promql$/gm)?.length ?? 0);
    expect(shown.length).toBeGreaterThan(60);
  });

  test.each(shown)('shows what $place emits', ({ expr, emitted }) => {
    expect(emitted.map(canonical)).toContain(canonical(expr));
  });
});
