/** One line of samples in Prometheus' text format or OpenMetrics, with names in quotes where they need them. */

export interface ScrapedSample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const QUOTED = /"((?:[^"\\\n]|\\.)*)"/y;
const SPACES = /[ \t]*/y;
const WORD = /[^\s#]+/y;
const NUMBER = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEX = /^[+-]?0[xX][\da-fA-F_]+(?:\.[\da-fA-F]*)?(?:[pP][+-]?\d+)?$/;

/**
 * @returns the sample; its time stamp and exemplar are read and left out
 * @throws Error with what is wrong
 */
export function parseSampleLine(line: string): ScrapedSample {
  return new LineReader(line).sample();
}

class LineReader {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  sample(): ScrapedSample {
    this.#space();
    const bare = this.#take(NAME);
    const { labels, name: quoted } = this.#line[this.#at] === '{' || this.#peekBrace() ? this.#labels() : NO_LABELS;
    const name = bare ?? quoted;
    if (name === undefined) throw new Error(`a metric name was expected, but here is ${this.#found()}`);
    if (bare !== undefined && quoted !== undefined)
      throw new Error(`the line has two names, "${bare}" and "${quoted}"`);
    const afterName = this.#at;
    this.#space();
    if (this.#at === afterName && this.#line[this.#at - 1] !== '}') {
      throw new Error(`after the name "${name}" comes ${this.#found()}: a space and a value were expected`);
    }
    const value = this.#number('a value');
    this.#space();
    if (this.#at < this.#line.length && this.#line[this.#at] !== '#') this.#number('a time stamp');
    this.#space();
    this.#exemplar();
    if (this.#at < this.#line.length) throw new Error(`after the sample comes ${this.#found()}`);
    return { name, labels, value };
  }

  #peekBrace(): boolean {
    const before = this.#at;
    this.#space();
    if (this.#line[this.#at] === '{') return true;
    this.#at = before;
    return false;
  }

  #exemplar(): void {
    if (this.#line[this.#at] !== '#') return;
    this.#at += 1;
    this.#space();
    if (this.#line[this.#at] !== '{')
      throw new Error(`an exemplar's labels in braces were expected, but here is ${this.#found()}`);
    this.#labels();
    this.#space();
    this.#number("an exemplar's value");
    this.#space();
    if (this.#at < this.#line.length) this.#number("an exemplar's time stamp");
    this.#space();
  }

  #labels(): { readonly labels: ReadonlyMap<string, string>; readonly name: string | undefined } {
    const labels = new Map<string, string>();
    let name: string | undefined;
    this.#at += 1;
    for (;;) {
      this.#space();
      if (this.#line[this.#at] === '}') break;
      const quoted = this.#take(QUOTED, true);
      const label = quoted ?? this.#take(LABEL_NAME);
      if (label === undefined) throw new Error(`a label name was expected, but here is ${this.#found()}`);
      this.#space();
      if (this.#line[this.#at] === '=') {
        this.#at += 1;
        this.#space();
        const value = this.#take(QUOTED, true);
        if (value === undefined)
          throw new Error(`the value of label "${label}" must stand in double quotes, but here is ${this.#found()}`);
        if (labels.has(label)) throw new Error(`the label "${label}" stands twice`);
        labels.set(label, value);
      } else if (quoted !== undefined && name === undefined && labels.size === 0) name = quoted;
      else throw new Error(`"=" was expected after label "${label}", but here is ${this.#found()}`);
      this.#space();
      if (this.#line[this.#at] === ',') this.#at += 1;
      else if (this.#line[this.#at] !== '}')
        throw new Error(`a comma or "}" was expected, but here is ${this.#found()}`);
    }
    this.#at += 1;
    return { labels, name };
  }

  #number(what: string): number {
    const word = this.#take(WORD);
    if (word === undefined) throw new Error(`${what} was expected, but here is ${this.#found()}`);
    const value = readNumber(word);
    if (value === undefined) throw new Error(`${what} was expected, but "${word}" is no number`);
    return value;
  }

  #take(pattern: RegExp, unquote = false): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#line);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return unquote ? unescaped(match[1] ?? '') : match[0];
  }

  #space(): void {
    SPACES.lastIndex = this.#at;
    SPACES.exec(this.#line);
    this.#at = SPACES.lastIndex;
  }

  #found(): string {
    return this.#at < this.#line.length
      ? JSON.stringify(this.#line.slice(this.#at, this.#at + 20))
      : 'the end of the line';
  }
}

const NO_LABELS = { labels: new Map<string, string>(), name: undefined };

/** `\\`, `\"` and `\n`; a backslash before anything else stands for itself. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([\\"n])/g, (_all, char: string) => (char === 'n' ? '\n' : char));
}

/** Numbers as Go's ParseFloat reads them. */
function readNumber(word: string): number | undefined {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(word);
  if (special) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  if (NUMBER.test(word)) return Number(word.replaceAll('_', ''));
  return HEX.test(word) ? readHex(word.replaceAll('_', '')) : undefined;
}

function readHex(word: string): number {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)(?:[pP]([+-]?\d+))?$/.exec(word) ?? [];
  const digits = Number.parseInt(whole + fraction || '0', 16);
  return (sign === '-' ? -1 : 1) * digits * 2 ** (Number(exponent) - 4 * fraction.length);
}
