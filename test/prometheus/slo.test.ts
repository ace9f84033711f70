import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { any, counter, exporter, oneOf, slo } from 'dashwright';
import type { RuleGroup } from 'dashwright';
import { compilePrometheus } from '../../src/prometheus/compile.ts';
import { burnRates, rareWindows, USUAL_WINDOWS } from '../../src/prometheus/slo/windows.ts';
import { checkRules, evaluateAll, inTemporaryFolder, testRules } from '../engines/promtool.ts';

const app = exporter('app', { scrapeInterval: '30s' });
const requests = counter('http_requests_total', { labels: { service: any, code: any }, unit: 'count', from: app });
const runs = counter('ci_runs_total', {
  labels: { pipeline: any, status: oneOf('success', 'failure') },
  unit: 'count',
  from: app,
});

const serviceSeries = (code: string) => requests.series({ service: 'api', code, job: 'app' }, '0');
const api = slo('api-requests', {
  objective: 0.999,
  bad: requests({ code: '500', job: 'app' }),
  total: requests({ job: 'app' }),
  by: ['service'],
  labels: { team: 'core' },
  example: { bad: [serviceSeries('500')], good: [serviceSeries('200')], labels: { service: 'api' } },
});
const ci = slo('ci', {
  objective: 0.9,
  period: '28d',
  bad: runs({ status: 'failure' }),
  total: runs,
  minimumEvents: 10,
  example: {
    bad: [runs.series({ pipeline: 'train', status: 'failure' }, '0')],
    good: [runs.series({ pipeline: 'train', status: 'success' }, '0')],
    labels: {},
  },
});

function compiled(groups: readonly RuleGroup[]) {
  return compilePrometheus({ groups, exporters: [app.model], find: () => undefined });
}

interface Written {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

function rulesOf(groups: readonly RuleGroup[]): readonly Written[] {
  const files = compiled(groups).artefacts.filter(({ path }) => path.startsWith('prometheus/rules/'));
  return files.flatMap(({ text }) =>
    (parse(text) as { groups: { rules: Written[] }[] }).groups.flatMap((g) => g.rules),
  );
}

describe('the windows of an objective', () => {
  test("are those of Google's workbook, in exact decimals", () => {
    const rates = burnRates(0.999, 30 * 86_400_000, USUAL_WINDOWS);
    expect(rates.map(({ factor, threshold }) => [factor, threshold])).toEqual([
      [14.4, 0.0144],
      [6, 0.006],
      [3, 0.003],
      [1, 0.001],
    ]);
  });

  test('whose threshold no ratio can exceed are left out', () => {
    const rates = burnRates(0.9, 30 * 86_400_000, USUAL_WINDOWS);
    expect(rates.map(({ longText }) => longText)).toEqual(['6h', '1d', '3d']);
  });

  test('of rare events are a day and a week, the week at the pace of the whole budget', () => {
    const period = 28 * 86_400_000;
    expect(burnRates(0.9, period, rareWindows(period)).map(({ threshold }) => threshold)).toEqual([0.28, 0.1]);
  });
});

describe('an objective', () => {
  test('records its ratios, alerts at four speeds, and tells when there is nothing to count', () => {
    const rules = rulesOf(api.groups);
    expect(rules.map(({ alert, record, labels }) => alert ?? `${record} ${labels['slo']}`)).toEqual([
      'service:api_requests_errors:ratio_increase5m api-requests',
      'service:api_requests_errors:ratio_increase30m api-requests',
      'service:api_requests_errors:ratio_increase1h api-requests',
      'service:api_requests_errors:ratio_increase2h api-requests',
      'service:api_requests_errors:ratio_increase6h api-requests',
      'service:api_requests_errors:ratio_increase1d api-requests',
      'service:api_requests_errors:ratio_increase3d api-requests',
      'ApiRequestsErrorBudgetBurn',
      'ApiRequestsErrorBudgetBurn',
      'ApiRequestsErrorBudgetBurn',
      'ApiRequestsErrorBudgetBurn',
      'ApiRequestsSliAbsent',
      'service:api_requests_error_budget:remaining30d api-requests',
    ]);
    const page = rules.find(({ alert }) => alert === 'ApiRequestsErrorBudgetBurn');
    expect(page?.labels).toEqual({ long: '1h', short: '5m', severity: 'critical', team: 'core' });
    expect(page?.expr.replaceAll(/\s+/g, ' ')).toContain('ratio_increase1h > 0.0144');
  });

  test('its recorded metrics can be used in queries', () => {
    expect(api.errorRatio('1h')({ service: 'x', slo: 'api-requests' }).expr).toMatchObject({
      name: 'service:api_requests_errors:ratio_increase1h',
    });
    expect(api.budgetRemaining({ service: 'x' }).expr).toMatchObject({
      name: 'service:api_requests_error_budget:remaining30d',
    });
    // @ts-expect-error the objective is not by code
    api.budgetRemaining({ code: '500' });
    expect(() => api.errorRatio('10m')).toThrow('records no error ratio over 10m, but over 5m, 30m, 1h');
  });

  test('is said to be written where slo() was called', () => {
    const files = api.groups.flatMap(({ rules, position }) => [
      position,
      ...rules.flatMap(({ position: place, query }) => [place, query.position, ...query.origins.values()]),
    ]);
    expect(new Set(files.map((place) => place.resolve()?.file))).toEqual(new Set([import.meta.filename]));
  });

  test.each([
    ['a b', {}, 'letters, digits and "-" only'],
    ['x', { objective: 99.9 }, '0.999, not 99.9'],
    ['x', { objective: 0.5, period: '365d' }, 'so low that no alert can tell'],
  ] as const)('%s %j is refused', (name, change, message) => {
    const options = { objective: 0.99, bad: runs, total: runs, example: { bad: [], good: [], labels: {} } };
    expect(() => slo(name, { ...options, ...change })).toThrow(message);
  });
});

test('the budget is weighted by events, and is nothing where nothing happened', async () => {
  const { artefacts } = compiled(api.groups);
  const rules = artefacts.find(({ path }) => path.endsWith('rules/slo-api-requests-budget.yaml'))?.text ?? '';
  const series = (service: string, code: string): string =>
    `http_requests_total{service="${service}", code="${code}", job="app"}`;
  const [budget] = await evaluateAll(
    [
      {
        // A quiet day in which every request fails, then a busy one in which one in ten thousand does.
        series: {
          [series('api', '500')]: '0+1x24 25+1000x24',
          [series('api', '200')]: '0x24 0+9999000x24',
          [series('idle', '200')]: '7x48',
        },
        expr: 'round(service:api_requests_error_budget:remaining30d, 0.01)',
        at: '49h',
        interval: '1h',
      },
    ],
    { rules },
  );
  expect(budget?.samples).toEqual([{ labels: { service: 'api', slo: 'api-requests' }, value: 0.9 }]);
});

test('promtool accepts the rules, and every generated test holds', { timeout: 120_000 }, async () => {
  const { artefacts, diagnostics } = compiled([...api.groups, ...ci.groups]);
  expect(diagnostics).toEqual([]);
  await inTemporaryFolder(async (folder) => {
    for (const { path, text } of artefacts) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const paths = (part: string) =>
      artefacts.filter(({ path }) => path.includes(part)).map(({ path }) => join(folder, path));
    expect(await checkRules(paths('/rules/'))).toMatchObject({ ok: true });
    expect(await testRules(paths('/tests/'))).toMatchObject({ ok: true });
  });
});
