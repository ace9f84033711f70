/** Panels on the grid. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRID_COLUMNS, layOut, type Box, type GridPos } from '../../src/grafana/layout.ts';

const stat: Box = { preferred: { width: 4, height: 4 } };
const graph: Box = { preferred: { width: 12, height: 8 } };
const gauge: Box = { preferred: { width: 6, height: 6 } };

const widths = (boxes: readonly Box[]): number[][] => {
  const lines = new Map<number, number[]>();
  for (const { y, w } of layOut(boxes, 0).places) lines.set(y, [...(lines.get(y) ?? []), w]);
  return [...lines.values()];
};

describe('panels without sizes fill their lines', () => {
  test('two graphs share a line', () => {
    expect(widths([graph, graph])).toEqual([[12, 12]]);
  });

  test('one graph has a line of its own', () => {
    expect(widths([graph])).toEqual([[24]]);
  });

  test('seven numbers become four and three, not six and one', () => {
    expect(widths(Array.from({ length: 7 }, () => stat))).toEqual([
      [6, 6, 6, 6],
      [8, 8, 8],
    ]);
  });

  test('odd columns go to the first panels', () => {
    expect(widths(Array.from({ length: 5 }, () => stat))).toEqual([[5, 5, 5, 5, 4]]);
  });

  test('numbers do not share a line with graphs', () => {
    expect(widths([stat, stat, graph])).toEqual([[12, 12], [24]]);
  });

  test('a gauge stands beside numbers, which grow to its height', () => {
    expect(layOut([stat, gauge], 0).places.map(({ h }) => h)).toEqual([6, 6]);
  });
});

describe('sizes that the author chose', () => {
  const wide = (width: number): Box => ({ ...graph, width });

  test('are kept, and lines break before they overflow', () => {
    expect(widths([wide(9), wide(9), wide(9), wide(9)])).toEqual([
      [9, 9],
      [9, 9],
    ]);
    expect(widths([wide(16), wide(12)])).toEqual([[16], [12]]);
  });

  test('leave the rest of the line to a neighbour without one', () => {
    expect(widths([wide(8), stat])).toEqual([[8, 16]]);
  });

  test('a height is that of the panel alone when the line is higher', () => {
    expect(layOut([{ ...graph, height: 4 }, graph], 0).places.map(({ h }) => h)).toEqual([4, 8]);
  });

  test('a panel that is repeated across takes the whole line', () => {
    expect(widths([stat, { ...stat, wholeLine: true }, stat])).toEqual([[24], [24], [24]]);
  });
});

const sizes = fc.record(
  {
    width: fc.integer({ min: 1, max: GRID_COLUMNS }),
    height: fc.integer({ min: 1, max: 20 }),
    wholeLine: fc.boolean(),
  },
  { requiredKeys: [] },
);
const boxes: fc.Arbitrary<Box[]> = fc.array(
  fc
    .tuple(sizes, fc.constantFrom(stat, graph, gauge, { preferred: { width: 24, height: 8 } }))
    .map(([size, box]) => ({ ...box, ...size })),
  { maxLength: 40 },
);

const overlaps = (a: GridPos, b: GridPos): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('whatever the panels', () => {
  const places = (list: readonly Box[]): readonly GridPos[] => layOut(list, 3).places;

  test('each has a place inside the 24 columns and below the top', () => {
    fc.assert(
      fc.property(boxes, (list) => {
        const found = places(list);
        expect(found).toHaveLength(list.length);
        for (const { x, y, w, h } of found) {
          expect([x, y, w, h].every(Number.isInteger)).toBe(true);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(3);
          expect(w).toBeGreaterThanOrEqual(1);
          expect(h).toBeGreaterThanOrEqual(1);
          expect(x + w).toBeLessThanOrEqual(GRID_COLUMNS);
        }
      }),
      { seed: 1 },
    );
  });

  test('no two lie on top of each other, and they read in their order', () => {
    fc.assert(
      fc.property(boxes, (list) => {
        const found = places(list);
        for (const [index, place] of found.entries()) {
          for (const other of found.slice(index + 1)) {
            expect(overlaps(place, other)).toBe(false);
            expect(other.y > place.y || (other.y === place.y && other.x > place.x)).toBe(true);
          }
        }
      }),
      { seed: 2 },
    );
  });

  test('a size that the author chose is the size it gets', () => {
    fc.assert(
      fc.property(boxes, (list) => {
        for (const [index, place] of places(list).entries()) {
          const { width, height, wholeLine } = list[index] as Box;
          expect(place.w).toBe(wholeLine ? GRID_COLUMNS : (width ?? place.w));
          expect(place.h).toBe(height ?? place.h);
        }
      }),
      { seed: 3 },
    );
  });

  test('a line of panels without widths is full', () => {
    const open = fc.array(fc.constantFrom(stat, graph, gauge), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(open, (list) => {
        for (const line of widths(list)) expect(line.reduce((sum, width) => sum + width, 0)).toBe(GRID_COLUMNS);
      }),
      { seed: 4 },
    );
  });

  test('the bottom is where the lowest panel ends', () => {
    fc.assert(
      fc.property(boxes, (list) => {
        const { places: found, bottom } = layOut(list, 3);
        expect(bottom).toBe(Math.max(3, ...found.map(({ y, h }) => y + h)));
      }),
      { seed: 5 },
    );
  });
});
