/** Reads what promtool prints of a failed `promql_expr_test`: the only place where it shows a result. */

export interface Sample {
  /** With `__name__` where the result has a metric name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type EvaluationResult =
  | { readonly samples: readonly Sample[]; readonly error?: undefined }
  | { readonly error: string; readonly samples?: undefined };

/**
 * @param output of `promtool test rules`, where every expression was expected to return something impossible
 * @param count how many expressions there were
 * @throws when there is not one result for each: promtool refused the series or the rules
 */
export function readEvaluations(output: string, count: number): readonly EvaluationResult[] {
  const results = output
    .split(/^ {4}expr: /m)
    .slice(1)
    .map(readOne);
  if (results.length !== count) throw new Error(`promtool could not run the series or rules:\n${output}`);
  return results;
}

function readOne(block: string): EvaluationResult {
  const [, rest] = readQuoted(block, 0);
  const error = /^, time: [^,]*, err: ([\s\S]*?)\s*$/.exec(block.slice(rest));
  if (error) return { error: error[1] ?? '' };
  const got = /\n {8}got: (.*)/.exec(block.slice(rest))?.[1];
  if (got === undefined) throw new Error(`promtool printed something unknown: ${block}`);
  return { samples: got === 'nil' ? [] : readSamples(got) };
}

function readSamples(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  let at = 0;
  while (at < text.length) {
    const labels: Record<string, string> = {};
    at = expect(text, at, '{');
    while (text[at] !== '}') {
      const equals = text.indexOf('=', at);
      const [value, end] = readQuoted(text, equals + 1);
      labels[text.slice(at, equals)] = value;
      at = text.startsWith(', ', end) ? end + 2 : end;
    }
    at = expect(text, at, '} ');
    const comma = text.indexOf(', ', at);
    const end = comma < 0 ? text.length : comma;
    samples.push({ labels, value: readNumber(text.slice(at, end)) });
    at = comma < 0 ? end : comma + 2;
  }
  return samples;
}

function expect(text: string, at: number, part: string): number {
  if (!text.startsWith(part, at)) throw new Error(`expected ${part} at ${at} of ${text}`);
  return at + part.length;
}

function readNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** A string as Go's `%q` prints it, and the place after its closing quote. */
function readQuoted(text: string, start: number): readonly [value: string, end: number] {
  let at = expect(text, start, '"');
  let value = '';
  while (text[at] !== '"') {
    if (at >= text.length) throw new Error(`a string without end: ${text.slice(start)}`);
    if (text[at] !== '\\') {
      value += text[at];
      at += 1;
      continue;
    }
    const kind = text[at + 1] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[kind];
    if (digits === undefined) {
      value += ESCAPES[kind] ?? kind;
      at += 2;
    } else {
      value += String.fromCodePoint(Number.parseInt(text.slice(at + 2, at + 2 + digits), 16));
      at += 2 + digits;
    }
  }
  return [value, at + 1];
}
