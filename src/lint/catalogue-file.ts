/** Reads catalogues that `dashwright catalogue` or somebody's own program wrote. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { whyUnreadable } from '../diagnostics/system-refusal.ts';
import { CATALOGUE_SCHEMA } from '../metrics/catalogue-schema.ts';
import { sampleNames } from '../metrics/lookup.ts';
import type { Catalogue, MetricModel } from '../metrics/model.ts';
import { parseJson } from './tree/json.ts';
import { field } from './tree/node.ts';
import { scrapeHint } from './scrape/scrape-hint.ts';
import { positionOf } from './text/source-text.ts';
import type { FileText } from './text/source-text.ts';

/** A catalogue cannot be used: the caller's mistake. */
export class CatalogueFileError extends Error {
  override readonly name = 'CatalogueFileError';
}

/**
 * Reads catalogues and puts them together. Where two say something of the same metric, the later one counts.
 *
 * @throws CatalogueFileError when a file cannot be read or is no catalogue
 */
export function readCatalogues(paths: readonly string[]): Catalogue {
  const validate = new Ajv({ allErrors: false, strict: false }).compile<Catalogue>(CATALOGUE_SCHEMA);
  const catalogues = paths.map((path) => {
    const file: FileText = { type: 'file', path, text: readText(path) };
    const value = readJson(file);
    if (!validate(value)) throw notACatalogue(file, validate.errors?.at(-1));
    return value;
  });
  const byName = new Map<string, MetricModel>();
  for (const { metrics } of catalogues) {
    for (const metric of metrics) byName.set(metric.name, metric);
  }
  refuseCollisions([...byName.values()]);
  const externalLabels = Object.assign({}, ...catalogues.map((catalogue) => catalogue.externalLabels)) as NonNullable<
    Catalogue['externalLabels']
  >;
  return { metrics: [...byName.values()], externalLabels };
}

/** Whether a text seems to be a catalogue, right or wrong in what it says. */
export function looksLikeCatalogue(text: string): boolean {
  try {
    const value = JSON.parse(text) as { readonly metrics?: unknown } | null;
    return Array.isArray(value?.metrics);
  } catch {
    return false;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { why, fix } = whyUnreadable(error, resolve(path));
    throw new CatalogueFileError(`The catalogue "${path}" cannot be read: ${why}. ${fix}`, { cause: error });
  }
}

function readJson(file: FileText): unknown {
  const problem = parseJson(file).problems.find(({ type }) => type === 'syntax');
  if (problem !== undefined) {
    const hint = scrapeHint(file);
    throw new CatalogueFileError(
      `${place(file, problem.span.start)} The catalogue is no JSON: ${problem.message}.${hint === undefined ? '' : ` ${hint}`}`,
    );
  }
  return JSON.parse(file.text.replace(/^\uFEFF/, '')) as unknown;
}

function notACatalogue(file: FileText, error: ErrorObject | undefined): CatalogueFileError {
  const path = (error?.instancePath ?? '').split('/').slice(1);
  const [document] = parseJson(file).documents;
  const node = field(document, ...path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
  const name =
    path[0] === 'metrics' && path[1] !== undefined ? field(document, 'metrics', Number(path[1]), 'name') : undefined;
  const metric = name?.type === 'scalar' ? `metric "${name.text.text}"` : '';
  const where = path.slice(metric === '' ? 0 : 2).join('.');
  const what = [where === '' ? '' : `"${where}"`, metric].filter((part) => part !== '').join(' of ');
  const { additionalProperty, allowedValues } = (error?.params ?? {}) as {
    readonly additionalProperty?: string;
    readonly allowedValues?: readonly unknown[];
  };
  const detail = additionalProperty ?? (allowedValues === undefined ? '' : allowedValues.slice(0, 12).join(', '));
  return new CatalogueFileError(
    `${place(file, node?.span.start ?? 0)} This is no catalogue: ${what === '' ? 'it' : what} ` +
      `${error?.message ?? 'is wrong'}${detail === '' ? '' : ` (${detail})`}. docs/catalogue.md has the form.`,
  );
}

function refuseCollisions(metrics: readonly MetricModel[]): void {
  const owners = new Map<string, string>();
  for (const metric of metrics) {
    for (const series of sampleNames(metric)) {
      const other = owners.get(series);
      if (other !== undefined) {
        throw new CatalogueFileError(
          `Two metrics of the catalogue expose "${series}": "${other}" and "${metric.name}". Remove one.`,
        );
      }
      owners.set(series, metric.name);
    }
  }
}

function place(file: FileText, offset: number): string {
  const { line, column } = positionOf(file, offset);
  return `${file.path}:${line}:${column}:`;
}
