import { describe, expect, test } from 'vitest';
import { dashboards } from './output.ts';

const all = dashboards();
const panels = all.flatMap(({ title, panels: own }) =>
  own.map((panel) => ({ place: `${title} › ${panel.title}`, panel })),
);

/** A line over time is read by its shape; everything that shows one number is read by its colour. */
const SHOWS_A_NUMBER = new Set(['stat', 'gauge', 'bargauge', 'table', 'state-timeline']);

describe('dashboards of the pack', () => {
  test('cover the six areas and have an overview', () => {
    expect(all.map(({ uid }) => uid).toSorted()).toEqual([
      'auto-scaling',
      'cicd-pipelines',
      'data-pipelines',
      'infrastructure-cost',
      'kubernetes-health',
      'mlops-overview',
      'monitoring-health',
    ]);
  });

  test.each(all)('$title says what it is for and leads to its neighbours', ({ description, tags, links }) => {
    expect(description).toMatch(/\S/);
    expect(tags).toContain('mlops');
    expect(links.length).toBeGreaterThan(0);
  });

  test.each(all)('$title tells the age of its data', ({ panels: own }) => {
    expect(own.some(({ title }) => title.startsWith('Age of the '))).toBe(true);
  });

  test.each(panels.filter(({ panel }) => panel.type !== 'text'))(
    '$place has a description, a unit, and words for when there is nothing',
    ({ panel }) => {
      const { unit, noValue, thresholds } = panel.fieldConfig?.defaults ?? {};
      expect(panel.description).toMatch(/[.:]$/);
      expect(unit).toMatch(/\S/);
      expect(noValue).toMatch(/\S/);
      expect(!SHOWS_A_NUMBER.has(panel.type) || (thresholds?.steps.length ?? 0) > 0).toBe(true);
    },
  );
});
