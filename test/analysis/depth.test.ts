import { expect, test } from 'vitest';
import { analyseProject } from '../../src/analysis/analyse.ts';
import { createWorld } from '../../src/analysis/world.ts';
import { parse } from '../../src/promql/parse.ts';
import { OPEN_WORLD, shown, subject } from './harness.ts';

const chain = (terms: number): string => Array.from({ length: terms }, () => 'x').join(' + ');
const nested = (calls: number): string => 'abs('.repeat(calls) + 'x' + ')'.repeat(calls);
const codes = (text: string): readonly string[] =>
  shown(analyseProject({ groups: [], dashboards: [], queries: [subject(text)] }, OPEN_WORLD)).map((code) =>
    code.slice(0, 4),
  );

test('what is nested too deeply is said not to be judged, and ends nothing', () => {
  expect(codes(nested(9000))).toEqual(['C806']);
  expect(codes(chain(9000))).toEqual(['C806']);
  expect(codes(nested(900))).toEqual([]);
  expect(codes(chain(900))).toEqual([]);
});

test('a rule like that is read as a metric of which nothing is known', () => {
  const world = createWorld({ rules: [{ name: 'a:b', expr: parse(nested(9000)), text: '' }] });
  expect(world.metric('a:b')).toBeUndefined();
});
