/** Questions to a Prometheus' HTTP API. What the answers hold is Prometheus' promise (docs/querying/api). */
import { get, ImportError, statusError } from './http.ts';
import type { HttpOptions } from './http.ts';

export interface MetricMetadata {
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

export interface ActiveTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapePool?: string;
  readonly scrapeInterval?: string;
}

export interface RecordingGroup {
  /** Seconds. */
  readonly interval: number;
  readonly rules: readonly { readonly name: string; readonly query: string }[];
}

export interface PrometheusClient {
  metadata(): Promise<Readonly<Record<string, readonly MetricMetadata[]>>>;
  activeTargets(): Promise<readonly ActiveTarget[]>;
  recordingGroups(): Promise<readonly RecordingGroup[]>;
  /** Values of a label, of all series or of those that a selector selects. */
  labelValues(label: string, selector?: string): Promise<readonly string[]>;
  labelNames(selector: string): Promise<readonly string[]>;
  /** The values of an instant query's result. */
  values(query: string): Promise<readonly number[]>;
}

/**
 * @param base address of the server, with its path prefix
 */
export function prometheusClient(base: string, options: HttpOptions): PrometheusClient {
  const data = async <Data>(path: string): Promise<Data> => {
    const url = apiUrl(base, path);
    const { status, body } = await get(url, options);
    const answer = readAnswer<Data>(body);
    if (answer === undefined) {
      if (status >= 400) throw statusError(url, status);
      throw new ImportError(`${url} does not answer with JSON: this is no Prometheus.`);
    }
    if (answer.status !== 'success' || answer.data === undefined) {
      throw new ImportError(`${url} answers with an error: ${answer.error ?? `status ${status}`}.`);
    }
    return answer.data;
  };
  return {
    metadata: () => data('metadata'),
    activeTargets: async () =>
      (await data<{ readonly activeTargets: readonly ActiveTarget[] }>('targets?state=active')).activeTargets,
    recordingGroups: async () =>
      (await data<{ readonly groups: readonly RecordingGroup[] }>('rules?type=record')).groups,
    labelValues: (label, selector) => data(`label/${label}/values${matching(selector)}`),
    labelNames: (selector) => data(`labels${matching(selector)}`),
    values: async (query) => {
      const { result } = await data<{ readonly result: readonly { readonly value: readonly [number, string] }[] }>(
        `query?query=${encodeURIComponent(query)}`,
      );
      return result.map(({ value }) => Number(value[1]));
    },
  };
}

/** Whether a Prometheus, or something that speaks like one, answers there. */
export async function isPrometheus(base: string, options: HttpOptions): Promise<boolean> {
  const { status, body } = await get(apiUrl(base, 'metadata?limit=1'), options);
  return status === 200 && readAnswer(body)?.status === 'success';
}

function apiUrl(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/api/v1/${path}`;
}

function matching(selector: string | undefined): string {
  return selector === undefined ? '' : `?match[]=${encodeURIComponent(selector)}`;
}

interface Answer<Data> {
  readonly status?: string;
  readonly data?: Data;
  readonly error?: string;
}

function readAnswer<Data>(body: string): Answer<Data> | undefined {
  try {
    return JSON.parse(body) as Answer<Data>;
  } catch {
    return undefined;
  }
}
