/** Ids of panels. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PANEL_ID, panelIds, type PanelKey } from '../../src/grafana/panel-ids.ts';

const key = fc.string({ maxLength: 12 });
const distinct = fc.uniqueArray(key, { minLength: 1, maxLength: 40 });

describe('ids', () => {
  test('are positive, in range and unique, whatever the keys', () => {
    const keys = fc.array(
      fc.record({ key, id: fc.option(fc.integer({ min: 1, max: MAX_PANEL_ID }), { nil: undefined, freq: 9 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(keys, (list) => {
        const chosen = list.flatMap(({ id }) => id ?? []);
        fc.pre(new Set(chosen).size === chosen.length);
        const ids = panelIds(list.map(({ key: name, id }) => (id === undefined ? { key: name } : { key: name, id })));
        expect(new Set(ids).size).toBe(list.length);
        for (const id of ids) {
          expect(Number.isInteger(id)).toBe(true);
          expect(id).toBeGreaterThanOrEqual(1);
          expect(id).toBeLessThanOrEqual(MAX_PANEL_ID);
        }
      }),
      { seed: 1 },
    );
  });

  test('stay what they are when a panel is added anywhere', () => {
    fc.assert(
      fc.property(distinct, fc.nat(), (keys, at) => {
        const [added = '', ...others] = keys;
        const before = panelIds(others.map((name) => ({ key: name })));
        const place = at % (others.length + 1);
        const after = panelIds(others.toSpliced(place, 0, added).map((name) => ({ key: name })));
        expect(after.toSpliced(place, 1)).toEqual(before);
      }),
      { seed: 2 },
    );
  });

  test('stay what they are when panels change places', () => {
    fc.assert(
      fc.property(distinct, (keys) => {
        const ids = (list: readonly string[]): Map<string, number> =>
          new Map(panelIds(list.map((name) => ({ key: name }))).map((id, index) => [list[index] as string, id]));
        expect(ids(keys.toReversed())).toEqual(new Map([...ids(keys)].toReversed()));
      }),
      { seed: 3 },
    );
  });

  test('make way for an id that the author chose', () => {
    const [taken = 0] = panelIds([{ key: 'a' }]);
    const keys: PanelKey[] = [{ key: 'a' }, { key: 'b', id: taken }];
    expect(panelIds(keys)[1]).toBe(taken);
    expect(panelIds(keys)[0]).not.toBe(taken);
    expect(panelIds(keys.toReversed())).toEqual(panelIds(keys).toReversed());
  });

  test('are told apart by order where the keys are the same', () => {
    const [first, second] = panelIds([{ key: 'a' }, { key: 'a' }]);
    expect(first).toBe(panelIds([{ key: 'a' }])[0]);
    expect(second).not.toBe(first);
  });

  test('hardly ever meet: a hundred thousand keys, as many as the birthday paradox allows', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ key: `panel ${index}` }));
    const apart = new Set(many.map((one) => panelIds([one])[0])).size;
    // n²/2m ≈ 4.7 pairs among 2^30
    expect(many.length - apart).toBeLessThan(20);
  });
});
