/**
 * Reads what a target exposes: Prometheus' text format 0.0.4 and OpenMetrics 1.0.
 *
 * Sources: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/.
 */
import { ExpositionError } from './exposition-error.ts';
import { parseSampleLine, unescaped } from './sample-line.ts';
import type { ScrapedSample } from './sample-line.ts';

const TYPES = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
  'untyped',
] as const;

export type FamilyType = (typeof TYPES)[number];

export interface ScrapedFamily {
  /** As `# TYPE` names it: in OpenMetrics without `_total` and `_info`. */
  readonly name: string;
  /** Absent where no `# TYPE` stands above the samples. */
  readonly type?: FamilyType;
  readonly help?: string;
  readonly unit?: string;
  readonly samples: readonly ScrapedSample[];
}

export interface Exposition {
  readonly format: 'prometheus' | 'openmetrics';
  readonly families: readonly ScrapedFamily[];
}

/** Endings of sample names beside the family's own, by type. */
const SUFFIXES: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count', '_created'],
  info: ['_info'],
  stateset: [],
  unknown: [],
  untyped: [],
};

const META = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?:[ \t]+(.*?))?[ \t]*$/;

const ANNOUNCEMENT = new RegExp(`^#[ \\t]+TYPE[ \\t]+\\S+[ \\t]+(?:${TYPES.join('|')})[ \\t]*\\r?$`, 'm');

type Draft = { -readonly [Key in keyof ScrapedFamily]: ScrapedFamily[Key] } & { samples: ScrapedSample[] };

/**
 * @param text the body of a scrape
 * @throws ExpositionError at the first line that is neither a sample, a comment nor empty
 */
export function parseExposition(text: string): Exposition {
  const families = new Map<string, Draft>();
  /** Family of every sample name that a `# TYPE` line announces. */
  const owners = new Map<string, Draft>();
  let ended = false;
  text.split('\n').forEach((raw, index) => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '') return;
    if (ended) throw new ExpositionError('after "# EOF" comes another line', index + 1);
    if (line.trim() === '# EOF') {
      ended = true;
    } else if (line.trimStart().startsWith('#')) readMeta(families, owners, line.trimStart(), index + 1);
    else readSample(families, owners, line, index + 1);
  });
  return { format: ended ? 'openmetrics' : 'prometheus', families: [...families.values()] };
}

/** Whether a text seems to be a scrape: it announces a metric's type, or every line of it is one of a scrape. */
export function looksLikeExposition(text: string): boolean {
  if (ANNOUNCEMENT.test(text)) return true;
  try {
    return parseExposition(text).families.some(({ samples }) => samples.length > 0);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    return false;
  }
}

function readMeta(families: Map<string, Draft>, owners: Map<string, Draft>, line: string, number: number): void {
  const match = META.exec(line);
  if (!match) return;
  const [, keyword, quoted, bare, rest = ''] = match;
  const name = quoted === undefined ? (bare ?? '') : unescaped(quoted);
  const family = families.get(name) ?? { name, samples: [] };
  families.set(name, family);
  if (keyword === 'HELP') family.help = unescaped(rest);
  else if (keyword === 'UNIT') family.unit = rest;
  else {
    const type = TYPES.find((known) => known === rest.toLowerCase());
    if (type === undefined) throw new ExpositionError(`"${rest}" is no type of metric: ${TYPES.join(', ')}`, number);
    family.type = type;
    for (const suffix of ['', ...SUFFIXES[type]]) owners.set(name + suffix, family);
  }
}

function readSample(families: Map<string, Draft>, owners: Map<string, Draft>, line: string, number: number): void {
  let sample: ScrapedSample;
  try {
    sample = parseSampleLine(line);
  } catch (error) {
    throw new ExpositionError((error as Error).message, number);
  }
  const family = owners.get(sample.name) ?? families.get(sample.name) ?? { name: sample.name, samples: [] };
  families.set(family.name, family);
  family.samples.push(sample);
}
