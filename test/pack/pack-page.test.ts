import { expect, test } from 'vitest';
import * as exporters from '../../metrics/exporters.ts';
import { dashboards, page } from './output.ts';

const text = page('pack.md');

test('the page on the pack names panels of the overview only', () => {
  const rows = [...text.matchAll(/^\| (?:CI\/CD|infrastructure|cost|monitoring|data) +\| .+? +\| (.+?) +\|$/gm)];
  const overview = dashboards().find(({ uid }) => uid === 'mlops-overview');
  const titles = new Set(overview?.panels.map(({ title }) => title));
  expect(rows).toHaveLength(19);
  expect(rows.map(([, title = '']) => title).filter((title) => !titles.has(title))).toEqual([]);
});

test('the page on the pack names every exporter', () => {
  const jobs = Object.values(exporters).flatMap((one) => ('model' in one ? [one.model.job] : []));
  expect(jobs.length).toBeGreaterThan(20);
  expect(jobs.filter((job) => !text.includes(`\`${job}\``))).toEqual([]);
});
