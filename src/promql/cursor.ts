import type { Requirement, Span, Text } from './ast.ts';
import { DurationError, parseDuration } from './duration.ts';
import type { PromqlProblem } from './errors.ts';
import { splitVariables } from './grafana.ts';
import { Lexer } from './lexer.ts';
import { NumberError, parseNumber } from './numbers.ts';
import type { ParseOptions } from './options.ts';
import { quote, unescapeText } from './quote.ts';
import { type Availability, missing, type Syntax, syntaxAvailability } from './requirements.ts';
import { describeToken, Token } from './tokens.ts';

/** Thrown where the grammar leaves no way on; what is wrong has been recorded by then. */
export class SyntaxStop extends Error {
  override readonly name = 'SyntaxStop';
  /** What was being read, in Prometheus' words. */
  readonly context: string;

  constructor(context: string) {
    super(`stopped in ${context}`);
    this.context = context;
  }
}

/** Where the parser stands in the text, what it has found wrong, and what it knows of the server. */
export class Cursor {
  readonly lexer: Lexer;
  readonly options: ParseOptions;
  /** Faults of syntax, in the order in which they were found. */
  readonly problems: PromqlProblem[] = [];
  /** Faults of type; they count only where there is no fault of syntax. */
  readonly typeProblems: PromqlProblem[] = [];
  /** Set where the text has ended early: what is missing by then is no fault of types. */
  quiet = false;
  /** How many aggregations are open: inside one, Prometheus says so in its messages. */
  openAggregations = 0;
  /** The end of the last token that was taken. */
  lastEnd = 0;
  /** What the syntax since the last `takeNeeds` needs and the server lacks. */
  #needs: Requirement[] = [];
  #lastOfLexer: PromqlProblem | undefined;

  constructor(text: string, options: ParseOptions) {
    this.lexer = new Lexer(text, options.variables ?? false);
    this.options = options;
    this.lexer.next();
  }

  get kind(): Token {
    return this.lexer.kind;
  }

  /** Takes the current token and moves on. */
  take(): void {
    this.lastEnd = this.lexer.end;
    this.lexer.next();
  }

  /** Takes the current token if it is of this kind. */
  accept(kind: Token): boolean {
    if (this.lexer.kind !== kind) return false;
    this.take();
    return true;
  }

  /** Records a fault of syntax and goes on. */
  report(message: string, start: number, end: number): void {
    this.problems.push({ message, start, end });
  }

  reportType(message: string, start: number, end: number): void {
    if (!this.quiet) this.typeProblems.push({ message, start, end });
  }

  /**
   * Stops at the current token.
   *
   * @param context what was being read, in Prometheus' words
   * @param expected what could have stood here instead
   */
  unexpected(context: string = this.openAggregations > 0 ? 'aggregation' : '', expected = ''): never {
    const { lexer } = this;
    if (lexer.problem === undefined) {
      const where = context === '' ? '' : ` in ${context}`;
      const instead = expected === '' ? '' : `, expected ${expected}`;
      const token = describeToken(lexer.kind, lexer.value, quote);
      this.report(`unexpected ${token}${where}${instead}`, lexer.start, lexer.end);
    } else {
      this.reportLexer();
    }
    throw new SyntaxStop(context);
  }

  /** Whether the text ends here, with something still open. */
  get isUnfinished(): boolean {
    return this.lexer.problem !== undefined && this.lexer.start >= this.lexer.text.length;
  }

  /** Records what is wrong with the current token, once. */
  reportLexer(): void {
    const { problem } = this.lexer;
    if (problem === undefined || problem === this.#lastOfLexer) return;
    this.#lastOfLexer = problem;
    this.problems.push(problem);
  }

  /** Takes a token of this kind or stops. */
  expect(kind: Token, context?: string, expected?: string): void {
    if (!this.accept(kind)) this.unexpected(context, expected);
  }

  span(start: number, end: number): Span {
    return Object.freeze({ start, end });
  }

  /** Takes a STRING token and gives its value, Grafana's variables set apart. */
  string(): Text {
    const { lexer } = this;
    const contents = lexer.text.slice(lexer.start + 1, lexer.end - 1);
    const raw = lexer.text.charCodeAt(lexer.start) === 0x60;
    const offset = lexer.start + 1;
    this.take();
    if (this.options.variables !== true) return raw ? contents : unescapeText(contents);
    const text = splitVariables(contents, offset);
    if (raw) return text;
    if (typeof text === 'string') return unescapeText(text);
    return Object.freeze({
      ...text,
      parts: Object.freeze(text.parts.map((part) => (typeof part === 'string' ? unescapeText(part) : part))),
    });
  }

  /** Takes a name that may have Grafana's variables in it. */
  name(): Text {
    const { lexer } = this;
    const { value, start } = lexer;
    const text = lexer.hasVariables ? splitVariables(value, start) : value;
    this.take();
    return text;
  }

  /** Takes a NUMBER or DURATION token; gives the number, a duration in seconds. */
  number(): number {
    const { kind, value, start, end } = this.lexer;
    this.take();
    if (value.includes('_')) this.need('underscores');
    try {
      if (kind === Token.NUMBER) return parseNumber(value);
      const milliseconds = parseDuration(value);
      if (milliseconds === 0) this.need('zeroDuration');
      return secondsOf(milliseconds);
    } catch (error) {
      if (!(error instanceof NumberError || error instanceof DurationError)) throw error;
      this.report(error.message, start, end);
      return 0;
    }
  }

  /** Remembers that the syntax just read is not known to every server. */
  need(syntax: Syntax): void {
    this.require(syntaxAvailability[syntax]);
  }

  require(availability: Availability): void {
    const requirement = missing(availability, this.options);
    if (requirement === undefined) return;
    if (!this.#needs.some(({ what }) => what === requirement.what)) this.#needs.push(requirement);
  }

  /** What the server lacks of some syntax, for a node that is made at once. */
  missing(syntax: Syntax): readonly Requirement[] | undefined {
    const requirement = missing(syntaxAvailability[syntax], this.options);
    return requirement && Object.freeze([requirement]);
  }

  /** Gives what was remembered, for the node that it belongs to, and forgets it. */
  takeNeeds(): readonly Requirement[] | undefined {
    if (this.#needs.length === 0) return undefined;
    const needs = this.#needs;
    this.#needs = [];
    return Object.freeze(needs);
  }
}

/** Go's `Duration.Seconds()`: whole seconds and the rest are added as two numbers. */
function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + (milliseconds % 1000) / 1000;
}
