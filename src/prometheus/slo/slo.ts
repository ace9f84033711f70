/** Service level objectives: from one definition to the records, alerts and unit tests that watch it. */
import { absent } from '../../query/functions.ts';
import { milliseconds } from '../../query/duration.ts';
import type { Duration, Examples } from '../../query/duration.ts';
import type { Metric } from '../../query/metric.ts';
import { and, div, ge, gt, sub } from '../../query/operators.ts';
import { sum } from '../../query/aggregations.ts';
import { increase } from '../../query/over-time.ts';
import { ratio } from '../../query/patterns.ts';
import type { QueryValue } from '../../query/query.ts';
import type { Vector } from '../../query/types.ts';
import type { SeriesInput } from '../../query/series.ts';
import { printDuration } from '../../promql/duration.ts';
import { capturePosition, type CapturedPosition } from '../../source/position.ts';
import { alert } from '../authoring/alert.ts';
import { ruleGroup } from '../authoring/group.ts';
import { record } from '../authoring/record.ts';
import { text } from '../authoring/text.ts';
import type { AlertingRule, PanelReference, RuleGroup } from '../model.ts';
import { absenceCases, burnCases } from './cases.ts';
import { placedAlert, placedRecord } from './places.ts';
import type { RecordedRatio } from './places.ts';
import { burnRates, exact, rareWindows, USUAL_WINDOWS } from './windows.ts';
import type { BurnRate } from './windows.ts';

export interface SloOptions<Bad extends string, Total extends string, By extends Bad & Total> {
  /** The share of events that must be good, such as 0.999. */
  readonly objective: number;
  /** Over which the objective is held. Default: 30 days. */
  readonly period?: Duration<Examples>;
  /** Counts the events that went wrong; a selector of a counter. */
  readonly bad: Vector<Bad, 'counter' | 'bucket'>;
  /** Counts all events, those that went wrong too. */
  readonly total: Vector<Total, 'counter' | 'bucket'>;
  /** One objective for each value of these labels. Default: one for all. */
  readonly by?: readonly By[];
  /**
   * Events are rare: a window of minutes holds one or none, and a single failure would be 100 %. Alerts then look
   * at a day and a week, and stay silent below this number of events.
   */
  readonly minimumEvents?: number;
  /** How long there may be no `total` at all before that is an alert of its own. Default: one hour. */
  readonly absentFor?: Duration<Examples>;
  /** The series to which one bad event, and one good event, adds; from them the unit tests are made. */
  readonly example: SloExample<By>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly runbook?: string;
  readonly panel?: PanelReference;
}

export interface SloExample<By extends string> {
  /** Written with `metric.series(labels, '0')`; the samples do not matter. */
  readonly bad: readonly SeriesInput[];
  readonly good: readonly SeriesInput[];
  /** The values of the labels in `by`. */
  readonly labels: Readonly<Record<By, string>>;
}

/** What an objective becomes. */
export interface Slo<By extends string> {
  /** To export: records and alerts, and the budget, which is evaluated less often. */
  readonly groups: readonly RuleGroup[];
  /** 1: nothing is spent. 0: all of it. Below: the objective is missed. */
  readonly budgetRemaining: Metric<Readonly<Record<By | 'slo', string>>, 'gauge', 'ratio', string>;
  /**
   * The recorded error ratio.
   *
   * @throws TypeError for a window that is not recorded, with those that are
   */
  errorRatio(window: Duration<Examples>): Metric<Readonly<Record<By | 'slo', string>>, 'gauge', 'ratio', string>;
}

type Counter = Vector<string, 'counter', 'count'>;

const DEFAULT_PERIOD: Duration = '30d';
const DEFAULT_ABSENCE: Duration = '1h';
const BUDGET_INTERVAL: Duration = '5m';

/**
 * Defines an objective.
 *
 * The budget is weighted by events, not by time: a bad night with ten requests costs ten requests. Where
 * nothing happened there is no ratio, never 0/0.
 *
 * @param name letters, digits and "-", such as `cicd-pipelines`; the label `slo`, and part of all names
 * @throws TypeError for an objective that is no share, a name that cannot be part of others, or an objective
 *   that is so low that no window can exceed its budget
 */
export function slo<Bad extends string, Total extends string, const By extends Bad & Total = never>(
  name: string,
  options: SloOptions<Bad, Total, By>,
): Slo<By> {
  const position = capturePosition(slo);
  const definition = read(name, options);
  const ratios = recordedRatios(definition, position);
  const budget = budgetRecord(definition, position);
  const burns = definition.burns.map((burn) => burnAlert(burn, definition, ratios, options, position));
  const rules = [...ratios.values(), ...burns, absentAlert(definition, options, position)];
  const place = { position };
  return Object.freeze({
    groups: Object.freeze([
      Object.freeze({ ...ruleGroup(`slo-${name}`, {}, rules), ...place }),
      Object.freeze({ ...ruleGroup(`slo-${name}-budget`, { interval: BUDGET_INTERVAL }, [budget]), ...place }),
    ]),
    budgetRemaining: budget,
    errorRatio(window: Duration) {
      const found = ratios.get(printDuration(milliseconds(window)));
      if (found !== undefined) return found;
      throw new TypeError(
        `The objective "${name}" records no error ratio over ${window}, but over ${[...ratios.keys()].join(', ')}.`,
      );
    },
  });
}

interface Definition {
  readonly name: string;
  readonly objective: number;
  /** `30d`. */
  readonly period: Duration;
  readonly bad: Counter;
  readonly total: Counter;
  readonly by: readonly string[];
  readonly burns: readonly BurnRate[];
  /** `pipeline_name:cicd_pipelines`. */
  readonly prefix: string;
}

function read(name: string, options: SloOptions<string, string, string>): Definition {
  const { objective, bad, total, by = [], period = DEFAULT_PERIOD, minimumEvents } = options;
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
    throw new TypeError(`The name of the objective ${JSON.stringify(name)} may have letters, digits and "-" only.`);
  }
  if (!(objective > 0 && objective < 1)) {
    throw new TypeError(`The objective "${name}" is ${objective}, but it is a share of events: 0.999, not 99.9.`);
  }
  const windows = minimumEvents === undefined ? USUAL_WINDOWS : rareWindows(milliseconds(period));
  const burns = burnRates(objective, milliseconds(period), windows);
  if (burns.length === 0) {
    throw new TypeError(`The objective "${name}" is so low that no alert can tell how fast its budget is spent.`);
  }
  return {
    name,
    objective,
    period,
    bad: bad as unknown as Counter,
    total: total as unknown as Counter,
    by,
    burns,
    prefix: `${by.length === 0 ? 'slo' : by.join('_')}:${name.toLowerCase().replaceAll('-', '_')}`,
  };
}

function recordedRatios(definition: Definition, position: CapturedPosition): ReadonlyMap<string, RecordedRatio> {
  const { name, bad, total, by, burns, prefix } = definition;
  const windows = burns.flatMap(({ long, short }) => (short === undefined ? [long] : [short, long]));
  const ordered = [...new Set(windows)].toSorted((a, b) => a - b).map(printDuration) as Duration[];
  return new Map(
    ordered.map((window): [string, RecordedRatio] => {
      const query = ratio(bad, total, { by, over: window });
      const made = record(`${prefix}_errors:ratio_increase${window}`, query, { labels: { slo: name } });
      return [window, placedRecord(made, position)];
    }),
  );
}

function budgetRecord(definition: Definition, position: CapturedPosition): RecordedRatio {
  const { name, bad, total, by, period, objective, prefix } = definition;
  const spent = div(ratio(bad, total, { by, over: period }), exact(1 - objective));
  const made = record(`${prefix}_error_budget:remaining${period}`, sub(1, spent), { labels: { slo: name } });
  return placedRecord(made, position);
}

function burnAlert(
  burn: BurnRate,
  definition: Definition,
  ratios: ReadonlyMap<string, RecordedRatio>,
  options: SloOptions<string, string, string>,
  position: CapturedPosition,
): AlertingRule {
  const { name, total, by } = definition;
  const { threshold, factor, longText, shortText, severity } = burn;
  const { minimumEvents, labels, runbook, panel } = options;
  const over = (window: string): Vector<string, 'gauge', 'ratio'> =>
    gt(ratios.get(window) as unknown as Vector<string, 'gauge', 'ratio'>, threshold);
  const enough =
    minimumEvents === undefined ? undefined : ge(sum(increase(total, longText as Duration), { by }), minimumEvents);
  const long = over(longText);
  const sustained = shortText === undefined ? long : and(long, over(shortText));
  const expr = enough === undefined ? sustained : and(sustained, enough, { on: by });
  const rule = alert(alertName(name, 'ErrorBudgetBurn'), {
    expr,
    severity,
    labels: { ...labels, long: longText, ...(shortText === undefined ? {} : { short: shortText }) },
    summary: `The error budget of ${name} is spent ${factor} times as fast as it may be.`,
    description: ({ value }) =>
      text`${value.percentage} of the events of ${name} went wrong in the last ${longText}. At this pace the budget of ${definition.period} lasts ${lasts(burn, definition)}.`,
    ...(runbook === undefined ? {} : { runbook }),
    ...(panel === undefined ? {} : { panel }),
  });
  const tests = burnCases(burn, options.example, { slo: name, minimumEvents, position });
  return placedAlert(rule, tests, position);
}

/** How long a whole budget lasts at the pace of a window. */
function lasts({ factor }: BurnRate, { period }: Definition): string {
  const hours = milliseconds(period) / factor / 3_600_000;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}

function absentAlert(
  definition: Definition,
  options: SloOptions<string, string, string>,
  position: CapturedPosition,
): AlertingRule {
  const { name, total } = definition;
  const { absentFor = DEFAULT_ABSENCE, labels, runbook, panel } = options;
  const rule = alert(alertName(name, 'SliAbsent'), {
    expr: absent(total) as unknown as Vector<string, 'gauge', 'count'>,
    for: absentFor,
    severity: 'warning',
    labels: { ...labels, slo: name },
    summary: `Nothing is known of the events of ${name}.`,
    description: `No series counts the events of ${name}, so nobody would be told if they went wrong.`,
    ...(runbook === undefined ? {} : { runbook }),
    ...(panel === undefined ? {} : { panel }),
  });
  const tests = absenceCases(options.example, absentLabels(total), milliseconds(absentFor), position);
  return placedAlert(rule, tests, position);
}

/** absent() has the labels that the selector pins to one value. */
function absentLabels({ expr }: QueryValue): Readonly<Record<string, string>> {
  const matchers = expr.type === 'VectorSelector' ? expr.matchers : [];
  return Object.fromEntries(
    matchers.flatMap(({ name, op, value }) =>
      op === '=' && typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

/** `cicd-pipelines` and `ErrorBudgetBurn` are `CicdPipelinesErrorBudgetBurn`. */
function alertName(name: string, what: string): string {
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words.join('') + what;
}
