/** Asks a target or a Prometheus, with errors that say what to do. */

/** A catalogue cannot be made from a file or address. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

export interface HttpOptions {
  /** How long one answer may take. */
  readonly timeoutMilliseconds: number;
  /** Sent with every request, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** More than any target should ever expose, and little enough to hold in memory. */
const LARGEST_BODY = 256 * 1024 * 1024;

const ACCEPT = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.8,application/json;q=0.5';

/** @throws ImportError when no answer comes */
export async function get(url: string, { timeoutMilliseconds, headers }: HttpOptions): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      headers: { accept: ACCEPT, ...headers },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await bodyOf(response, url),
    };
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${url} gave no answer: ${whyNot(error, timeoutMilliseconds)}`);
  }
}

async function bodyOf(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LARGEST_BODY)
      throw new ImportError(`${url} sends more than ${LARGEST_BODY >> 20} MiB: that is no scrape.`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is the server running, and is the port right?',
  ENOTFOUND: 'there is no host of that name.',
  EAI_AGAIN: 'the name of the host could not be looked up.',
  ECONNRESET: 'the connection was cut.',
  EHOSTUNREACH: 'the host cannot be reached from here.',
};

function whyNot(error: unknown, timeoutMilliseconds: number): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `it took longer than ${timeoutMilliseconds / 1000} s. --timeout gives it more.`;
  return CAUSES[cause?.code ?? ''] ?? `${cause?.message ?? message}.`;
}

/** What an answer that is no success means for the user. */
export function statusError(url: string, status: number): ImportError {
  const why: Readonly<Record<number, string>> = {
    401: 'it wants credentials. Give them with --header "Authorization: …".',
    403: 'it does not allow this.',
    404: 'there is nothing at this path. A target usually answers at /metrics.',
  };
  return new ImportError(`${url} answers with status ${status}: ${why[status] ?? 'see its log.'}`);
}
