/** What exposes metrics: a scrape job, its interval and the labels that scraping attaches. */
import { checkFields, type Fields } from './fields.ts';
import { any, labelModels, oneOf, type Label, type LabelDeclarations } from './labels.ts';
import type { ExporterModel } from './model.ts';
import { checkLabelName } from './names.ts';

/** An exporter. `Target` maps the names of its target labels to their values. */
export interface Exporter<Target extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  readonly kind: 'exporter';
  readonly model: ExporterModel;
  readonly '~target': Target;
}

export interface ExporterOptions<Job extends string, Labels extends LabelDeclarations> {
  /** How often it is scraped, such as `'30s'`. */
  readonly scrapeInterval: ScrapeInterval<'such as 15s or 1m'>;
  /** Value of the `job` label. Default: the exporter's name. */
  readonly job?: Job;
  /** Labels that the scrape attaches besides `job` and `instance`, or in their place. */
  readonly targetLabels?: Labels;
  readonly version?: string;
  readonly clientLibrary?: string;
  /** `host:port` of the static targets. */
  readonly targets?: readonly string[];
  /** Default: `/metrics`. */
  readonly metricsPath?: string;
  /** The exporter's own `job` and `instance` win over the scrape's. */
  readonly honorLabels?: boolean;
}

const FIELDS: Fields<ExporterOptions<string, LabelDeclarations>> = {
  scrapeInterval: true,
  job: true,
  targetLabels: true,
  version: true,
  clientLibrary: true,
  targets: true,
  metricsPath: true,
  honorLabels: true,
};

/**
 * A whole number of seconds or minutes, as in `scrape_interval`. `Hint` adds nothing to it: the compiler prints it
 * with the name where it refuses a text.
 */
export type ScrapeInterval<Hint extends string = string> =
  `${bigint}s` | `${bigint}m` | `${bigint}h` | `${bigint}m${bigint}s` | `${bigint}ms` | Extract<Hint, never>;

type TargetOf<Job extends string, Labels extends LabelDeclarations> = {
  readonly [Name in 'job' | 'instance' | (keyof Labels & string)]: Name extends keyof Labels
    ? Labels[Name]['~value']
    : Name extends 'job'
      ? Job
      : string;
} & {};

/**
 * Declares an exporter. Its target labels belong to every metric that is declared `from` it.
 *
 * @param name the exporter's name; also the `job` label unless `job` says otherwise
 * @throws TypeError for a name that is empty, an interval that cannot be read, a bad label or a bad target
 */
export function exporter<
  const Name extends string,
  const Job extends string = Name,
  const Labels extends LabelDeclarations = Record<never, Label>,
>(name: Name, options: ExporterOptions<Job, Labels>): Exporter<TargetOf<Job, Labels>> {
  const { scrapeInterval, job = name, targetLabels = {}, ...rest } = options;
  const where = `exporter "${name}"`;
  checkFields(options, FIELDS, `The ${where}`);
  if (name === '' || (job as string) === '')
    throw new TypeError('An exporter needs a name and a job that are not empty.');
  const labels: LabelDeclarations = { job: oneOf(job as string), instance: any, ...targetLabels };
  for (const labelName of Object.keys(labels)) checkLabelName(labelName, where);
  if (rest.targets !== undefined) checkTargets(rest.targets, where);
  const model: ExporterModel = Object.freeze({
    ...rest,
    name,
    job,
    scrapeIntervalSeconds: intervalSeconds(scrapeInterval, where),
    targetLabels: labelModels(labels),
  });
  return Object.freeze({ kind: 'exporter', model }) as Exporter<TargetOf<Job, Labels>>;
}

/** Prometheus refuses a whole configuration in which one target is a URL. */
function checkTargets(targets: readonly string[], where: string): void {
  if (!Array.isArray(targets)) throw new TypeError(`The targets of ${where} are no list: write ['host:port'].`);
  const bad = targets.find((target) => typeof target !== 'string' || target === '' || target.includes('/'));
  if (bad === undefined) return;
  throw new TypeError(
    `The target "${String(bad)}" of ${where} is no host:port: write it without http:// and without a path, which is metricsPath.`,
  );
}

function intervalSeconds(text: string, where: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
  const [hours, minutes, seconds, millis] = (match ?? []).slice(1).map((amount) => Number(amount ?? 0));
  const total = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0) + (millis ?? 0) / 1000;
  if (match && total > 0) return total;
  throw new TypeError(`The scrape interval of ${where} is "${text}"; write a length of time such as "30s" or "1m".`);
}
