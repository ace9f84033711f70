/** Options of `dashwright catalogue --from`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CatalogueImportOptions } from '../lint/scrape/import-catalogue.ts';
import type { LabelModel } from '../metrics/model.ts';
import { parseDuration } from '../promql/duration.ts';
import { UsageError } from './usage-error.ts';

export interface ImportCommandOptions {
  readonly from?: string;
  readonly job?: string;
  /** Milliseconds. */
  readonly scrapeInterval?: number;
  readonly targetLabels?: readonly string[];
  readonly closed?: readonly string[];
  readonly header?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
}

const DEFAULT_TIMEOUT = '30s';
const DEFAULT_SCRAPE_INTERVAL = 60;

/** Adds `--from` and what belongs to it. */
export function withImportOptions(command: Command): Command {
  return command
    .option('--from <file-or-url>', 'make one from a scraped /metrics text, a target or a Prometheus instead')
    .option('--job <name>', 'the job that scrapes the target')
    .option('--scrape-interval <duration>', 'how often it does (default: 1m)', duration)
    .option('--target-labels <names>', 'labels that it adds beside job and instance, with commas between', names)
    .option('--closed <labels>', 'labels whose values of now are all that there will ever be', names)
    .option('--header <line>', 'send a header, such as "Authorization: Bearer ..."; repeatable', header)
    .addOption(
      new Option('--timeout <duration>', 'how long one answer may take')
        .argParser(duration)
        .default(parseDuration(DEFAULT_TIMEOUT), DEFAULT_TIMEOUT),
    );
}

function duration(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    throw new InvalidArgumentError('It is a number and a unit, such as 15s or 1m.');
  }
}

function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

function header(line: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It has the form "Name: value".');
  return { ...before, [name]: value };
}

/** @throws UsageError for options that need another one */
export function importOptionsOf(options: ImportCommandOptions): CatalogueImportOptions {
  const { from, job, scrapeInterval, targetLabels, closed, header: headers, timeout } = options;
  if (from === undefined && (job ?? scrapeInterval ?? targetLabels ?? closed ?? headers) !== undefined) {
    throw new UsageError("These options belong to --from: the project's own catalogue has no use for them.");
  }
  if (job === undefined && (scrapeInterval ?? targetLabels) !== undefined) {
    throw new UsageError('--scrape-interval and --target-labels say something of a job: add --job.');
  }
  const scrapeIntervalSeconds = scrapeInterval === undefined ? DEFAULT_SCRAPE_INTERVAL : scrapeInterval / 1000;
  return {
    timeoutMilliseconds: timeout,
    ...(headers === undefined ? {} : { headers }),
    ...(closed === undefined ? {} : { closedLabels: closed }),
    ...(job === undefined
      ? {}
      : { exporter: { name: job, job, scrapeIntervalSeconds, targetLabels: labelsOf(targetLabels ?? []) } }),
  };
}

function labelsOf(targetLabels: readonly string[]): Readonly<Record<string, LabelModel>> {
  return Object.fromEntries(['instance', ...targetLabels].map((name) => [name, { values: { type: 'any' } } as const]));
}
