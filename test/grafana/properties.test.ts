/** Whatever an author puts together, the file is one that Grafana takes. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bargauge,
  gaugePanel,
  heatmap,
  max,
  piechart,
  rate,
  row,
  stat,
  statetimeline,
  sum,
  table,
  target,
  textPanel,
  timeseries,
  type AnyQuery,
  type GridWidth,
  type Panel,
  type Row,
} from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { GRID_COLUMNS } from '../../src/grafana/layout.ts';
import { context, dashboardOf, duration, finished, full, memory, runs, type Output } from './pack.ts';

const queries: readonly AnyQuery[] = [
  memory,
  full,
  max(finished),
  sum(rate(runs), { by: ['status'] }),
  sum(rate(duration.bucket), { by: ['le'] }),
];
const kinds = [timeseries, stat, gaugePanel, bargauge, table, heatmap, piechart, statetimeline];

const options = fc.record(
  {
    description: fc.string(),
    width: fc.integer({ min: 1, max: GRID_COLUMNS }).map((width) => width as GridWidth),
    height: fc.integer({ min: 1, max: 16 }),
    decimals: fc.nat({ max: 5 }),
    noValue: fc.string(),
    thresholds: fc
      .dictionary(fc.float({ noNaN: true, noDefaultInfinity: true }).map(String), fc.constant('red' as const), {
        maxKeys: 4,
      })
      .map((limits) => ({ base: 'green' as const, ...limits })),
    showLegend: fc.constantFrom(true, false, 'list' as const, 'table' as const),
    transparent: fc.boolean(),
    mappings: fc.array(
      fc.oneof(
        fc.record({ value: fc.oneof(fc.string(), fc.integer()), text: fc.string() }),
        fc.record({ from: fc.constant(0), to: fc.nat(), text: fc.string() }),
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

const panel: fc.Arbitrary<Panel> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...kinds),
        fc.string({ maxLength: 12 }),
        fc.array(
          fc.oneof(
            fc.constantFrom(...queries),
            fc.tuple(fc.constantFrom(...queries), fc.string()).map(([query, legend]) => target(query, { legend })),
          ),
          { minLength: 1, maxLength: 4 },
        ),
        options,
      )
      .map(([kind, title, list, more]) => kind(title, list, more as never)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.string(), fc.string()).map(([title, text]) => textPanel(title, text)) },
);

const rows: fc.Arbitrary<Row[]> = fc.array(
  fc
    .tuple(fc.string({ maxLength: 8 }), fc.array(panel, { maxLength: 8 }), fc.boolean())
    .map(([title, panels, collapsed]) => row(title, panels, { collapsed })),
  { maxLength: 4 },
);

test('no panel is refused, lost, doubled or out of place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(panel, { maxLength: 6 }), rows, async (panels, list) => {
      const model = dashboardOf(panels, { rows: list });
      const { artefacts, diagnostics } = await compileDashboards([model], context);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const { panels: found }: Output = JSON.parse(artefacts[0]?.text ?? '');
      const nested: Output[] = found.flatMap((one: Output) => [one, ...(one.panels ?? [])]);
      const own = nested.filter(({ type }) => type !== 'row');
      expect(own).toHaveLength(panels.length + list.reduce((count, { panels: inside }) => count + inside.length, 0));
      expect(nested.length - own.length).toBe(list.length);
      expect(new Set(nested.map(({ id }) => id)).size).toBe(nested.length);
      for (const { gridPos, targets } of own) {
        expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(GRID_COLUMNS);
        const letters = (targets ?? []).map(({ refId }: Output) => refId);
        expect(new Set(letters).size).toBe(letters.length);
      }
    }),
    { seed: 1, numRuns: 150 },
  );
});
