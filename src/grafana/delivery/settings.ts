/** Times, limits and sizes: settings that the SDK takes as any text or number. */
import { isObject } from '../json.ts';
import type { FieldOptions } from '../model.ts';
import { dashboardPath } from '../output-paths.ts';
import { dashboardRule, dashboardWhere, panelRule, panelWhere, type DeliveryRule, type Finding } from './rule.ts';

const MOMENT =
  /^(now([+-]\d+[smhdwMy])?(\/[smhdwMyQ])?|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?|\d{10,13})$/;
const REFRESH = /^(|auto|\d+(s|m|h|d|w|M|y))$/;
const INTERVAL = /^>?(\d+(ms|s|m|h|d|w|M|y))+$/;
const WEEK_STARTS: readonly string[] = ['monday', 'saturday', 'sunday'];

/** Names of the time zone database, as far as a name can be told from a slip of the pen. */
const TIMEZONE = /^(|browser|utc|[A-Z][A-Za-z]*(\/[A-Za-z0-9_+-]+){0,2})$/;

type Setting = readonly [what: string, value: string | undefined, pattern: RegExp, example: string];

function unreadable(settings: readonly Setting[], place: Pick<Finding, 'where' | 'position'>): readonly Finding[] {
  return settings
    .filter(([, value, pattern]) => value !== undefined && !pattern.test(value))
    .map(([what, value, , example]) => ({
      message: `Grafana cannot read the ${what} "${value}".`,
      why: 'It would fall back to another one, or show an error instead of the dashboard.',
      fix: `Write it as in ${example}.`,
      ...place,
    }));
}

const times = dashboardRule('D667', (dashboard) => {
  const { time, refresh, timezone, weekStart, position } = dashboard.model;
  const place = { where: dashboardWhere(dashboard), position };
  const own = unreadable(
    [
      ['start', time.from, MOMENT, '"now-6h" or "now/d"'],
      ['end', time.to, MOMENT, '"now" or "now/d"'],
      ['refresh interval', refresh, REFRESH, '"30s", "1m" or "auto"'],
      ['time zone', timezone, TIMEZONE, '"browser", "utc" or "Europe/Berlin"'],
      ['first day of the week', weekStart, new RegExp(`^(${WEEK_STARTS.join('|')})$`), '"monday"'],
    ],
    place,
  );
  const panels = dashboard.panels.flatMap(({ panel, row }) =>
    unreadable(
      [
        ['interval', panel.interval, INTERVAL, '"1m"'],
        ['time range', panel.timeFrom, INTERVAL, '"7d"'],
        ['time shift', panel.timeShift, INTERVAL, '"1d"'],
        ...panel.targets.map((target): Setting => [
          'interval',
          target.kind === 'prometheus' ? target.interval : undefined,
          INTERVAL,
          '"1m"',
        ]),
      ],
      { where: panelWhere(dashboard, panel, row), position: panel.position },
    ),
  );
  const variables = dashboard.model.variables.flatMap((variable) =>
    variable.type !== 'interval'
      ? []
      : unreadable(
          [...variable.intervals, ...(variable.auto ? [variable.auto.min] : [])].map((value): Setting => [
            'interval',
            value,
            INTERVAL,
            '"5m"',
          ]),
          { where: [...dashboardWhere(dashboard), `variable "${variable.name}"`], position: variable.position },
        ),
  );
  return [...own, ...panels, ...variables];
});

const fields = panelRule('D668', ({ panel, row }, dashboard) => {
  const place = { where: panelWhere(dashboard, panel, row), position: panel.position };
  return [panel, ...panel.overrides].flatMap((options) =>
    fieldProblems(options).map((problem) => ({ ...problem, ...place })),
  );
});

type Problem = Pick<Finding, 'message' | 'why' | 'fix'>;

function fieldProblems({ min, max, decimals, thresholds, thresholdsMode, mappings }: FieldOptions): readonly Problem[] {
  const problems: Problem[] = [];
  const limits = Object.keys(thresholds ?? {}).filter((limit) => limit !== 'base');
  const wrong = limits.filter((limit) => !Number.isFinite(Number(limit)) || limit.trim() === '');
  if (wrong.length > 0) {
    problems.push({
      message: `"${wrong.join('", "')}" is no limit of a threshold.`,
      why: 'A threshold begins at a number.',
      fix: "Write { base: 'green', 0.8: 'yellow' }.",
    });
  }
  if (thresholds !== undefined && typeof thresholds.base !== 'string') {
    problems.push({
      message: 'The thresholds have no base colour.',
      why: 'Grafana draws values below the first limit in no colour at all.',
      fix: "Add { base: 'green' }.",
    });
  }
  const percent = thresholdsMode === 'percentage' && limits.some((limit) => Number(limit) < 0 || Number(limit) > 100);
  if (percent) {
    problems.push({
      message: 'A threshold in percent lies outside of 0 to 100.',
      why: 'Percent are counted between min and max.',
      fix: 'Give percent, or leave thresholdsMode out.',
    });
  }
  if (min !== undefined && max !== undefined && !(min < max)) {
    problems.push({
      message: `min is ${min} and max is ${max}.`,
      why: 'Nothing lies between them.',
      fix: 'Give a max above min.',
    });
  }
  if (decimals !== undefined && !(Number.isInteger(decimals) && decimals >= 0)) {
    problems.push({
      message: `decimals is ${decimals}.`,
      why: 'It counts digits after the point.',
      fix: 'Give a whole number from 0.',
    });
  }
  for (const mapping of mappings ?? []) {
    if (!('from' in mapping) || mapping.from === null || mapping.to === null || mapping.from <= mapping.to) continue;
    problems.push({
      message: `A value mapping goes from ${mapping.from} to ${mapping.to}.`,
      why: 'No value lies in it.',
      fix: 'Give the smaller number first.',
    });
  }
  return problems;
}

/** Kubernetes: an object's limit in etcd, and the limit of the annotation in which `kubectl apply` keeps a copy. */
const CONFIG_MAP_LIMIT = 1024 * 1024;
const APPLY_LIMIT = 262_144;

const size: DeliveryRule = {
  code: 'D669',
  check: ({ dashboards, texts, context }) =>
    dashboards.flatMap((dashboard, index): Finding[] => {
      const bytes = new TextEncoder().encode(texts[index] ?? '').length;
      if (bytes <= APPLY_LIMIT) return [];
      const tooLarge = bytes > CONFIG_MAP_LIMIT;
      return [
        {
          message: `${dashboardPath(dashboard.model, context)} has ${bytes} bytes.`,
          why: tooLarge
            ? 'A ConfigMap holds 1 MiB.'
            : 'kubectl apply keeps a copy of a ConfigMap in an annotation, which holds 262144 bytes.',
          fix: tooLarge
            ? 'Split the dashboard, or mount it from a volume.'
            : 'Apply it with --server-side, or split the dashboard.',
          where: dashboardWhere(dashboard),
          position: dashboard.model.position,
        },
      ];
    }),
};

const datasource: DeliveryRule = {
  code: 'D675',
  check: ({ context }) => {
    const settings = context.datasource;
    if (!isObject(settings) || settings === undefined) return [];
    const problems: [string, string, string][] = [];
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(settings.uid)) {
      problems.push([
        `Grafana does not accept the data source uid "${settings.uid}".`,
        'A uid is 1 to 40 letters, digits, "-" and "_".',
        'Choose one that never changes, such as "prometheus".',
      ]);
    }
    if (settings.name.trim() === '') {
      problems.push([
        'The data source has no name.',
        'Grafana provisions none without one.',
        'Name it, such as "Prometheus".',
      ]);
    }
    if (!/^https?:\/\/[^/\s]/.test(settings.url) && !settings.url.startsWith('$')) {
      problems.push([
        `"${settings.url}" is no URL of a Prometheus.`,
        "Grafana's server asks it over http or https.",
        'Write it with its scheme, such as "http://prometheus:9090".',
      ]);
    }
    if (!(settings.scrapeIntervalSeconds > 0 && Number.isFinite(settings.scrapeIntervalSeconds))) {
      problems.push([
        `The scrape interval is ${settings.scrapeIntervalSeconds} seconds.`,
        '$__rate_interval is made of it.',
        'Give the global scrape_interval of the Prometheus.',
      ]);
    }
    return problems.map(([message, why, fix]) => ({ message, why, fix, where: [`datasource "${settings.name}"`] }));
  },
};

export const SETTING_RULES: readonly DeliveryRule[] = [times, fields, size, datasource];
