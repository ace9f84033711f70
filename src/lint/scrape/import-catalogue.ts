/** `dashwright catalogue --from FILE|URL`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { whyUnreadable } from '../../diagnostics/system-refusal.ts';
import type { Catalogue, ExporterModel } from '../../metrics/model.ts';
import { looksLikeCatalogue } from '../catalogue-file.ts';
import { ExpositionError } from './exposition-error.ts';
import { looksLikeExposition, parseExposition } from './exposition.ts';
import type { Exposition } from './exposition.ts';
import { get, ImportError, statusError } from './http.ts';
import type { HttpOptions } from './http.ts';
import { metricModels } from './metric-models.ts';
import { metricsOfPrometheus } from './prometheus-api.ts';
import { isPrometheus } from './prometheus-client.ts';

export interface CatalogueImportOptions extends HttpOptions {
  /** Labels whose values of today are all that there will ever be. */
  readonly closedLabels?: readonly string[];
  /** Of a single target's metrics: who exposes them. A Prometheus knows that itself. */
  readonly exporter?: ExporterModel;
}

/**
 * Makes a catalogue from a file with a scrape in it, from a target's `/metrics`, or from a Prometheus.
 *
 * Values of labels that were seen are a sample of what may come, so label values stay open unless the kind of
 * the metric (a state set) or `closedLabels` says otherwise.
 *
 * @throws ImportError that says what is wrong and what to do
 */
export async function importCatalogue(from: string, options: CatalogueImportOptions): Promise<Catalogue> {
  if (!/^https?:\/\//i.test(from)) return catalogueOfText(readScrape(from), from, options);
  checkUrl(from);
  const answer = await get(from, options);
  if (answer.status < 300 && isScrape(answer.contentType, answer.body)) {
    return catalogueOfText(answer.body, from, options);
  }
  if (!(await isPrometheus(from, options))) {
    if (answer.status >= 400) throw statusError(from, answer.status);
    throw new ImportError(
      `${from} answers with ${answer.contentType === '' ? 'something' : answer.contentType}, which is no metrics text, ` +
        'and it is no Prometheus either. Name the /metrics of a target, or the address of a Prometheus.',
    );
  }
  return { metrics: await metricsOfPrometheus(from, options) };
}

/** `host:9090`, `host:9090/metrics` or `ftp://host`: an address that is taken for a file. */
const LIKE_ADDRESS = /^[\w.-]+:\d+(?:\/|$)|^\w+:\/\//;

function readScrape(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { why, fix } = whyUnreadable(error, resolve(path));
    const hint = LIKE_ADDRESS.test(path) ? ' The address of a server begins with http:// or https://.' : '';
    throw new ImportError(`"${path}" cannot be read: ${why}. ${fix}${hint}`, { cause: error });
  }
}

function checkUrl(url: string): void {
  if (!URL.canParse(url)) throw new ImportError(`"${url}" is no address.`);
}

/** By its type where it says one. */
function isScrape(contentType: string, body: string): boolean {
  if (/openmetrics-text|version=0\.0\.4|version=1\.0\.0/.test(contentType)) return true;
  if (/html|json/.test(contentType)) return false;
  return looksLikeExposition(body);
}

function catalogueOfText(text: string, from: string, options: CatalogueImportOptions): Catalogue {
  let exposition: Exposition;
  try {
    exposition = parseExposition(text);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    const hint = looksLikeCatalogue(text)
      ? ` It is a catalogue already: give it to \`dashwright lint --catalogue ${from}\`.`
      : '';
    throw new ImportError(`${from}:${error.line} is no metrics text: ${error.message}.${hint}`, { cause: error });
  }
  const metrics = metricModels(exposition, options);
  if (metrics.length === 0) throw new ImportError(`${from} holds no metrics.`);
  return { metrics };
}
