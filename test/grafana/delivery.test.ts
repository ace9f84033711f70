/** The rules of delivery: each finds its fault, at the author's line, and nothing else. */
import { describe, expect, test } from 'vitest';
import {
  barchart,
  constantVariable,
  customVariable,
  dashboard,
  dashboardLink,
  dataLink,
  dataquery,
  datasourceVariable,
  folder,
  intervalVariable,
  labelValues,
  override,
  rate,
  row,
  stat,
  sum,
  tagsLink,
  target,
  textPanel,
  timeseries,
  urlLink,
  variable,
  type Dashboard,
  type DashboardOptions,
  type Panel,
  type Variable,
} from 'dashwright';
import { compileDashboards } from '../../src/grafana/compile-dashboards.ts';
import { DEFAULT_DATASOURCE, type DashboardContext } from '../../src/grafana/context.ts';
import { DELIVERY_CODES } from '../../src/grafana/delivery/codes.ts';
import { referencedVariables } from '../../src/grafana/delivery/variable-references.ts';
import { loki } from './loki.ts';
import { context, memory, runs } from './pack.ts';

const described = { description: 'd' };
const good = stat('Good', sum(rate(runs)), described);

const withOptions = (options: Partial<DashboardOptions<string>>, title = 'Test'): Dashboard[] => [
  dashboard(title, { uid: 'test', ...options }),
];
const panels = (...list: readonly Panel[]): Dashboard[] => withOptions({ panels: list });
const variables = (...list: readonly Variable[]): Dashboard[] => withOptions({ variables: list });
const at = (uid: string, title: string, folderName?: string): Dashboard =>
  dashboard(title, { uid, ...(folderName === undefined ? {} : { folder: folderName }) });

interface Case {
  readonly wrong: Readonly<Record<string, readonly Dashboard[]>>;
  readonly right?: Readonly<Record<string, readonly Dashboard[]>>;
}

const never = (value: unknown): never => value as never;

const CASES: Readonly<Record<string, Case>> = {
  D650: {
    wrong: {
      empty: withOptions({ uid: '' }),
      'with a space': withOptions({ uid: 'a b' }),
      'with a dot': withOptions({ uid: 'a.b' }),
      'of 41 characters': withOptions({ uid: 'a'.repeat(41) }),
    },
    right: {
      'of 40 characters': withOptions({ uid: 'a'.repeat(40) }),
      'of every kind of character': withOptions({ uid: 'aZ0_-' }),
    },
  },
  D651: {
    wrong: {
      'the same uid': [at('a', 'A', 'X'), at('a', 'B', 'Y')],
      'the same but for its case': [at('a', 'A'), at('A', 'B')],
    },
    right: { 'one file name in two folders': [at('a', 'A', 'X'), at('A', 'B', 'Y')] },
  },
  D652: {
    wrong: { empty: withOptions({}, ''), blank: withOptions({}, '  '), 'too long': withOptions({}, 'a'.repeat(5001)) },
  },
  D653: {
    wrong: {
      'in one folder': [at('a', 'A', 'X'), at('b', 'A', 'X')],
      'in no folder': [at('a', 'A'), at('b', 'A ')],
    },
    right: { 'in two folders': [at('a', 'A', 'X'), at('b', 'A', 'Y'), at('c', 'A')] },
  },
  D654: {
    wrong: {
      'called General': withOptions({ folder: 'general' }),
      'with the uid general': withOptions({ folder: folder('X', { uid: 'general' }) }),
      'without a title': withOptions({ folder: folder('', { uid: 'x' }) }),
      'without a letter for its uid': withOptions({ folder: '監視' }),
      'with two uids': [
        dashboard('A', { uid: 'a', folder: folder('X', { uid: 'x' }) }),
        dashboard('B', { uid: 'b', folder: folder('X', { uid: 'y' }) }),
      ],
      'with two titles': [
        dashboard('A', { uid: 'a', folder: folder('X', { uid: 'x' }) }),
        dashboard('B', { uid: 'b', folder: folder('Y', { uid: 'x' }) }),
      ],
    },
    right: { 'with a uid of its own': withOptions({ folder: folder('監視', { uid: 'watch' }) }) },
  },
  D655: {
    wrong: { blank: panels(stat(' ', memory, described)) },
    right: { 'of text': panels(textPanel('', 'Hello')) },
  },
  D656: { wrong: { missing: panels(stat('x', memory)), blank: panels(stat('x', memory, { description: ' ' })) } },
  D657: {
    wrong: {
      'an empty list': panels(stat('x', [], described)),
      'only hidden ones': panels(stat('x', target(memory, { hide: true }), described)),
    },
    right: { 'a hidden one beside another': panels(stat('x', [memory, target(memory, { hide: true })], described)) },
  },
  D658: {
    wrong: {
      'too wide': panels(stat('x', memory, { ...described, width: never(30) })),
      'without a width': panels(stat('x', memory, { ...described, width: never(0) })),
      'of half a unit': panels(stat('x', memory, { ...described, height: 2.5 })),
      'of a negative height': panels(stat('x', memory, { ...described, height: -1 }), good),
    },
    right: { 'of 24 columns': panels(stat('x', memory, { ...described, width: 24 })) },
  },
  D659: {
    wrong: {
      zero: panels(stat('x', memory, { ...described, id: 0 })),
      'half a number': panels(stat('x', memory, { ...described, id: 1.5 })),
      twice: panels(stat('x', memory, { ...described, id: 7 }), stat('y', memory, { ...described, id: 7 })),
      'twice, in a closed row': withOptions({
        panels: [stat('x', memory, { ...described, id: 7 })],
        rows: [row('r', [stat('y', memory, { ...described, id: 7 })], { collapsed: true })],
      }),
    },
    right: { one: panels(stat('x', memory, { ...described, id: 1 })) },
  },
  D660: {
    wrong: {
      'one title in one row': panels(good, good),
      'one key': panels(stat('x', memory, { ...described, key: 'k' }), stat('y', memory, { ...described, key: 'k' })),
    },
    right: {
      'one title in two rows': withOptions({ rows: [row('a', [good]), row('b', [good])] }),
      'a key': panels(good, stat('Good', memory, { ...described, key: 'k' })),
      'an id': panels(good, stat('Good', memory, { ...described, id: 7 })),
    },
  },
  D661: {
    wrong: {
      'the same letter': panels(
        timeseries(
          'x',
          [target(memory, { refId: 'A', legend: 'a' }), target(memory, { refId: 'A', legend: 'b' })],
          described,
        ),
      ),
      'no letter': panels(timeseries('x', target(memory, { refId: '1' }), described)),
    },
  },
  D662: {
    wrong: {
      'a variable that is not declared': panels(
        stat('x', memory, { ...described, datasource: { type: 'prometheus', uid: '${nope}' } }),
      ),
      'no uid': panels(stat('x', memory, { ...described, datasource: { type: 'prometheus', uid: '' } })),
      "of another source's query": panels(
        timeseries('x', dataquery(loki('{}'), { datasource: { type: 'loki', uid: '$logs' } }), described),
      ),
      'the variable that a fixed data source replaces': withOptions({
        datasource: { type: 'prometheus', uid: 'main' },
        panels: [stat('x', memory, { ...described, datasource: { type: 'prometheus', uid: '$datasource' } })],
      }),
    },
    right: {
      'a declared variable': withOptions({
        variables: [datasourceVariable('logs', 'loki')],
        panels: [timeseries('x', dataquery(loki('{}'), { datasource: { type: 'loki', uid: '$logs' } }), described)],
      }),
    },
  },
  D663: {
    wrong: {
      'of a panel': panels(stat('x', memory, { ...described, repeat: constantVariable('nope', '') })),
      'of a row': withOptions({ rows: [row('r', [good], { repeat: constantVariable('nope', '') })] }),
    },
    right: {
      'by a declared variable': withOptions({
        variables: [variable('pod', labelValues(memory, 'pod'))],
        panels: [stat('x', memory, { ...described, repeat: { kind: 'variable', name: 'pod' } })],
      }),
    },
  },
  D664: {
    wrong: {
      'in a title': panels(stat('Runs of $nope', memory, described)),
      'in a description': panels(stat('x', memory, { description: 'of ${nope:csv}' })),
      'in a text': panels(textPanel('', 'See [[nope]]')),
      'in the title of a row': withOptions({ rows: [row('$nope', [good])] }),
      'in a link': withOptions({ links: [urlLink('x', 'https://example.org/$nope')] }),
      'in a data link': panels(stat('x', memory, { ...described, dataLinks: [dataLink('x', '/d/x?var-a=$nope')] })),
    },
    right: {
      "Grafana's own": panels(stat('x ${__from:date}', memory, { description: '$__range, $__all and $5' })),
      declared: withOptions({
        variables: [constantVariable('team', 'a')],
        panels: [stat('Runs of $team', memory, { description: '${team:csv} and ${datasource}' })],
      }),
    },
  },
  D665: {
    wrong: {
      'with a dash': variables(constantVariable('a-b', 'x')),
      'that begins with a digit': variables(constantVariable('1a', 'x')),
      "of Grafana's own": variables(constantVariable('__a', 'x')),
      twice: variables(constantVariable('a', 'x'), constantVariable('a', 'y')),
      'that every query goes through': variables(constantVariable('datasource', 'x')),
    },
    right: { 'of the data source': variables(datasourceVariable('datasource', 'prometheus')) },
  },
  D666: {
    wrong: {
      'an empty list': variables(customVariable('a', [])),
      'no interval': variables(intervalVariable('a', [])),
      'opening with another value': variables(customVariable('a', ['x'], { initial: 'y' })),
      'opening with several': variables(customVariable('a', ['x', 'y'], { initial: ['x', 'y'] })),
      'opening with All': variables(variable('a', labelValues(memory, 'pod'), { initial: 'all' })),
      'All without a choice of it': variables(customVariable('a', ['x'], { allValue: '.+' })),
    },
    right: {
      'opening with several of many': variables(customVariable('a', ['x', 'y'], { initial: ['x', 'y'], multi: true })),
      'opening with what only Prometheus knows': variables(variable('a', labelValues(memory, 'pod'), { initial: 'p' })),
      'automatic intervals': variables(
        intervalVariable('a', ['5m'], { auto: { count: 10, min: '1m' }, initial: 'auto' }),
      ),
    },
  },
  D667: {
    wrong: {
      'a start': withOptions({ time: { from: never('yesterday'), to: 'now' } }),
      'a refresh': withOptions({ refresh: never('banana') }),
      'a time zone': withOptions({ timezone: 'berlin time' }),
      'a week': withOptions({ weekStart: never('sunfriday') }),
      'an interval': panels(stat('x', memory, { ...described, interval: never('1 minute') })),
      'an interval of a query': panels(stat('x', target(memory, { interval: never('soon') }), described)),
      'a shift': panels(stat('x', memory, { ...described, timeShift: never('1') })),
      'an automatic interval': variables(intervalVariable('a', ['5m'], { auto: { count: 1, min: never('x') } })),
    },
    right: {
      'every notation': withOptions({
        time: { from: 'now-1d/d', to: 'now/d' },
        refresh: 'auto',
        timezone: 'Europe/Berlin',
      }),
      dates: withOptions({ time: { from: '2026-01-01T00:00:00Z', to: '2026-02-01' }, timezone: 'utc', refresh: 'off' }),
    },
  },
  D668: {
    wrong: {
      'a limit that is no number': panels(
        stat('x', memory, { ...described, thresholds: never({ base: 'red', high: 'red' }) }),
      ),
      'no base': panels(stat('x', memory, { ...described, thresholds: never({ 5: 'red' }) })),
      'percent above 100': panels(
        stat('x', memory, { ...described, thresholds: { base: 'red', 150: 'red' }, thresholdsMode: 'percentage' }),
      ),
      'min above max': panels(stat('x', memory, { ...described, min: 2, max: 1 })),
      'half a digit': panels(stat('x', memory, { ...described, decimals: 0.5 })),
      'a range that ends before it begins': panels(
        stat('x', memory, { ...described, mappings: [{ from: 2, to: 1, text: 'x' }] }),
      ),
      'in an override': panels(stat('x', memory, { ...described, overrides: [override('a', { min: 1, max: 1 })] })),
    },
  },
  D669: {
    wrong: {
      'for kubectl apply': panels(textPanel('', 'x'.repeat(270_000))),
      'for a ConfigMap': panels(textPanel('', 'x'.repeat(1_100_000))),
    },
  },
  D670: {
    wrong: {
      'a value that an option does not have': panels(
        timeseries('x', memory, { ...described, panel: (panel) => panel.drawStyle(never('scribble')) }),
      ),
      'a text for a number': panels(
        timeseries('x', memory, { ...described, panel: (panel) => panel.lineWidth(never('2')) }),
      ),
      'a stacking of bars': panels(barchart('x', memory, { ...described, stacking: never('sideways') })),
      'a format of a query': panels(stat('x', target(memory, { format: never('csv') }), described)),
      'tags that are no texts': withOptions({ tags: never([1]) }),
    },
  },
  D671: {
    wrong: {
      'by the SDK': panels(barchart('x', memory, { ...described, panel: (panel) => panel.barRadius(9) })),
      'by the function of the panel': panels(
        timeseries('x', memory, {
          ...described,
          panel: () => {
            throw new Error('mine');
          },
        }),
      ),
      'by JSON': panels(timeseries('x', memory, { ...described, panel: (panel) => panel.min(Number.NaN) })),
    },
  },
  D672: {
    wrong: {
      'to a dashboard that is none of these': withOptions({ links: [dashboardLink('x', 'nope')] }),
      'of a value': panels(stat('x', memory, { ...described, dataLinks: [dataLink('x', 'nope')] })),
      'of an override': panels(
        stat('x', memory, { ...described, overrides: [override('a', { dataLinks: [dataLink('x', 'nope')] })] }),
      ),
      'to no tag': withOptions({ links: [tagsLink('x', [])] }),
      'to a script': withOptions({ links: [urlLink('x', 'javascript:alert(1)')] }),
    },
    right: {
      'to itself, a path, a URL and a letter': withOptions({
        links: [
          dashboardLink('x', 'test'),
          urlLink('x', '/d/other'),
          urlLink('x', 'https://example.org'),
          urlLink('x', 'mailto:a@example.org'),
        ],
      }),
    },
  },
  D673: {
    wrong: {
      'two totals': panels(timeseries('x', [sum(rate(runs)), sum(rate(runs))], described)),
      'one legend for two': panels(
        stat('x', [target(memory, { legend: 'a' }), target(memory, { legend: 'a' })], described),
      ),
    },
    right: {
      'two legends': panels(stat('x', [target(memory, { legend: 'a' }), target(memory, { legend: 'b' })], described)),
      'a legend with labels': panels(
        stat('x', [target(memory, { legend: '{{pod}}' }), target(memory, { legend: '{{pod}}' })], described),
      ),
    },
  },
  D674: {
    wrong: { 'an aggregation': variables(variable('a', labelValues(sum(memory, { by: ['pod'] }), 'pod'))) },
    right: { 'a selector': variables(variable('a', labelValues(memory({ pod: 'x' }), 'pod'))) },
  },
};

const findings = async (models: readonly Dashboard[], more: DashboardContext = {}) =>
  (await compileDashboards(models, { ...context, ...more })).diagnostics;

const wrong = Object.entries(CASES).flatMap(([code, { wrong: cases }]) =>
  Object.entries(cases).map(([name, models]) => ({ code, name, models })),
);
const right = Object.entries(CASES).flatMap(([code, { right: cases }]) =>
  Object.entries(cases ?? {}).map(([name, models]) => ({ code, name, models })),
);

describe('each rule', () => {
  test('is in the table once, and has a case', () => {
    const codes = DELIVERY_CODES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(DELIVERY_CODES.map(({ name }) => name)).size).toBe(codes.length);
    expect(Object.keys(CASES)).toEqual(codes.filter((code) => code !== 'D675'));
  });

  test.each(wrong)('$code finds: $name', async ({ code, models }) => {
    const found = await findings(models);
    expect(new Set(found.map((one) => one.code))).toEqual(new Set([code]));
    const entry = DELIVERY_CODES.find((one) => one.code === code);
    for (const { name, severity, message, why, fix, where, position } of found) {
      expect({ name, severity }).toEqual({ name: entry?.name, severity: entry?.severity });
      for (const text of [message, why, fix]) {
        expect(text).toMatch(/^\S.*[.!)]$/s);
        expect(text).not.toContain('undefined');
      }
      expect(where.length).toBeGreaterThan(0);
      expect(position?.file).toMatch(/delivery\.test\.ts$/);
    }
  });

  test.each(right)('$code lets be: $name', async ({ models }) => {
    expect(await findings(models)).toEqual([]);
  });
});

describe('a finding', () => {
  test('points at the panel, the variable or the link, not at the dashboard', async () => {
    const panel = stat('x', memory);
    const [found] = await findings([dashboard('Test', { uid: 'test', panels: [panel] })]);
    expect(found?.position).toEqual(panel.position.resolve());
    expect(found?.where).toEqual(['dashboard "Test"', 'panel "x"']);
  });

  test('names the other one of two', async () => {
    const first = at('a', 'A');
    const [found] = await findings([first, at('a', 'B')]);
    expect(found?.related).toEqual([{ message: '"A" is defined here', position: first.position.resolve() }]);
  });

  test('says which option does not fit', async () => {
    const [found] = await findings(
      panels(timeseries('x', memory, { ...described, panel: (panel) => panel.drawStyle(never('scribble')) })),
    );
    expect(found?.message).toBe('custom.drawStyle must be one of ["line","bars","points"].');
  });

  test('says what the SDK refused, and the rest of the dashboard is still checked', async () => {
    const found = await findings(
      panels(
        barchart('x', memory, { ...described, panel: (panel) => panel.barRadius(9) }),
        stat('$nope', memory, described),
      ),
    );
    expect(found.map(({ code }) => code)).toEqual(['D664', 'D671']);
    expect(found[1]?.message).toContain('barRadius must be <= 0.5.');
  });
});

describe('settings of the data source', () => {
  const settings = (more: Partial<typeof DEFAULT_DATASOURCE>): DashboardContext => ({
    datasource: { ...DEFAULT_DATASOURCE, ...more },
  });

  test.each([
    ['a uid', { uid: 'a b' }],
    ['a name', { name: '' }],
    ['a URL', { url: 'prometheus:9090' }],
    ['a scrape interval', { scrapeIntervalSeconds: 0 }],
  ])('D675 finds: %s', async (_, more) => {
    const found = await findings([at('a', 'A')], settings(more));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['D675', 'error']]);
  });

  test('a URL may come from the environment of Grafana', async () => {
    expect(await findings([at('a', 'A')], settings({ url: '$PROMETHEUS_URL' }))).toEqual([]);
  });
});

describe('variables in a text', () => {
  test.each([
    ['$a ${b} [[c]]', ['a', 'b', 'c']],
    ['${a:csv} [[b:csv]] ${c.field} ${d.field:raw}', ['a', 'b', 'c', 'd']],
    ['$__range ${__from:date:YYYY-MM} $5 costs 5$', []],
    ['${__field.labels.pod} ${__data.fields["a b"]}', []],
  ])('%s', (text, names) => {
    expect(referencedVariables(text)).toEqual(names);
  });
});
