/** `dashwright catalogue --from FILE|URL`. */
import { readFileSync } from 'node:fs';
import type { Catalogue, ExporterModel } from '../../metrics/model.ts';
import { ExpositionError } from './exposition-error.ts';
import { parseExposition } from './exposition.ts';
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

function readScrape(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ImportError(`"${path}" cannot be read: ${(error as Error).message}.`);
  }
}

function checkUrl(url: string): void {
  if (!URL.canParse(url)) throw new ImportError(`"${url}" is no address.`);
}

/** By its type where it says one; a plain text has to have a line that only a scrape has. */
function isScrape(contentType: string, body: string): boolean {
  if (/openmetrics-text|version=0\.0\.4|version=1\.0\.0/.test(contentType)) return true;
  if (/html|json/.test(contentType)) return false;
  return /^#[ \t]+(TYPE|HELP)[ \t]/m.test(body) || /^[a-zA-Z_:][\w:]*(\{.*\})?[ \t]+[-+\d.NI]/m.test(body);
}

function catalogueOfText(text: string, from: string, options: CatalogueImportOptions): Catalogue {
  let exposition: Exposition;
  try {
    exposition = parseExposition(text);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    throw new ImportError(`${from}:${error.line} is no metrics text: ${error.message}.`);
  }
  const metrics = metricModels(exposition, options);
  if (metrics.length === 0) throw new ImportError(`${from} holds no metrics.`);
  return { metrics };
}
