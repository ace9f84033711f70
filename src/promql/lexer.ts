import type { PromqlProblem } from './errors.ts';
import { mayStartVariable, scanTemplate } from './grafana.ts';
import { quote, quoteRune } from './quote.ts';
import { scanDurationRest, scanNumber } from './scan-number.ts';
import { isAlpha, isAlphaNumeric, isDigit, isSpace } from './characters.ts';
import { scanRawString, scanString } from './scan-string.ts';
import { wordEnd, wordKind } from './scan-word.ts';
import { Token } from './tokens.ts';

const durationKeywords: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['step', Token.STEP],
  ['range', Token.RANGE],
  ['min_of', Token.MIN_OF],
  ['max_of', Token.MAX_OF],
]);

/** Characters that are a token by themselves, in and out of square brackets. */
const singles: ReadonlyMap<number, Token> = new Map<number, Token>([
  [0x2c, Token.COMMA],
  [0x2a, Token.MUL],
  [0x2f, Token.DIV],
  [0x25, Token.MOD],
  [0x2b, Token.ADD],
  [0x2d, Token.SUB],
  [0x5e, Token.POW],
]);

/**
 * Cuts PromQL into tokens, one at a time, after Prometheus' `promql/parser/lex.go`.
 *
 * What a character means depends on the bracket that is open: keywords are names between braces, and
 * between square brackets there are only durations.
 */
export class Lexer {
  readonly text: string;
  /** The current token. */
  kind: Token = Token.EOF;
  start = 0;
  end = 0;
  /** What is wrong, when the current token is ERROR. */
  problem: PromqlProblem | undefined;
  /** Whether Grafana variables are part of the current token. */
  hasVariables = false;

  readonly #variables: boolean;
  #parenDepth = 0;
  #braceOpen = false;
  #bracketOpen = false;
  /** Between `[` and the first number: only here is a comment or a string no token at all. */
  #durationOnly = false;
  #gotDuration = false;
  #gotColon = false;

  constructor(text: string, variables: boolean) {
    this.text = text;
    this.#variables = variables;
  }

  /** The text of the current token. */
  get value(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Moves on to the next token. At the end of the text, and after an error, it stays there. */
  next(): void {
    if (this.kind === Token.ERROR) return;
    this.hasVariables = false;
    this.#skipBlank();
    const at = this.end;
    this.start = at;
    if (at >= this.text.length) this.#atEnd();
    else if (this.#braceOpen) this.#insideBraces(this.text.charCodeAt(at));
    else if (this.#durationOnly) this.#insideBrackets(this.text.charCodeAt(at));
    else this.#statement(this.text.charCodeAt(at));
  }

  /** Whether a brace or square bracket is open, where a comma is no end of an argument. */
  get isInside(): boolean {
    return this.#braceOpen || this.#bracketOpen;
  }

  /** Takes braces and square brackets that are open for closed. */
  leave(): void {
    this.#braceOpen = false;
    this.#bracketOpen = false;
    this.#durationOnly = false;
  }

  /** Gives up what is no token and goes on behind it; at the end of the text nothing is open any more. */
  resume(): void {
    this.kind = Token.EOF;
    this.problem = undefined;
    this.end = Math.max(this.end, this.start + 1);
    if (this.end < this.text.length) return this.next();
    this.end = this.text.length;
    this.start = this.end;
    this.leave();
    this.#parenDepth = 0;
  }

  #skipBlank(): void {
    const { text } = this;
    let at = this.end;
    for (;;) {
      while (isSpace(text.charCodeAt(at))) at += 1;
      if (text.charCodeAt(at) !== 0x23 || this.#durationOnly) break;
      while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1;
    }
    this.end = at;
  }

  #atEnd(): void {
    if (this.#braceOpen) this.#fail('unexpected end of input inside braces');
    else if (this.#durationOnly) this.#fail('unexpected end of input in duration expression');
    else if (this.#parenDepth !== 0) this.#fail('unclosed left parenthesis');
    else if (this.#bracketOpen) this.#fail('unclosed left bracket');
    else this.kind = Token.EOF;
  }

  #emit(kind: Token, length: number): void {
    this.kind = kind;
    this.end = this.start + length;
  }

  #fail(message: string, end: number = this.text.length): void {
    this.kind = Token.ERROR;
    this.end = Math.max(end, this.start);
    this.problem = { message, start: this.start, end: this.end };
  }

  #characterAt(at: number): string {
    const code = this.text.codePointAt(at);
    // Go's lexer takes the end of the text for a rune that does not exist.
    if (code === undefined) return "'\ufffd'";
    return quoteRune(String.fromCodePoint(code));
  }

  #unexpected(message: string, at: number): void {
    const width = (this.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    this.#fail(`${message}: ${this.#characterAt(at)}`, Math.min(at + width, this.text.length));
  }

  #statement(code: number): void {
    const { text, start } = this;
    if (isAlpha(code)) {
      if (!this.#bracketOpen) this.#word();
      else if (!this.#durationKeyword())
        this.#fail(`unexpected character: ${this.#characterAt(start)}, expected ':'`, start + 1);
      return;
    }
    if (this.#variables && mayStartVariable(text, start) && this.#template(start)) return;
    const single = singles.get(code);
    if (single !== undefined) return this.#emit(single, 1);
    const next = text.charCodeAt(start + 1);
    switch (code) {
      case 0x28: // (
        this.#parenDepth += 1;
        return this.#emit(Token.LEFT_PAREN, 1);
      case 0x29: // )
        if (this.#parenDepth === 0) return this.#fail("unexpected right parenthesis ')'", start + 1);
        this.#parenDepth -= 1;
        return this.#emit(Token.RIGHT_PAREN, 1);
      case 0x3d: // =
        if (next === 0x3d) return this.#emit(Token.EQLC, 2);
        if (next === 0x7e) return this.#unexpected("unexpected character after '='", start + 1);
        return this.#emit(Token.EQL, 1);
      case 0x21: // !
        if (next !== 0x3d) return this.#unexpected("unexpected character after '!'", start + 1);
        return this.#emit(Token.NEQ, 2);
      case 0x3c: // <
        if (next === 0x3d) return this.#emit(Token.LTE, 2);
        return next === 0x2f ? this.#emit(Token.TRIM_UPPER, 2) : this.#emit(Token.LSS, 1);
      case 0x3e: // >
        if (next === 0x3d) return this.#emit(Token.GTE, 2);
        return next === 0x2f ? this.#emit(Token.TRIM_LOWER, 2) : this.#emit(Token.GTR, 1);
      case 0x22: // "
      case 0x27: // '
      case 0x60: // `
        return this.#string(code);
      case 0x7b: // {
        this.#braceOpen = true;
        return this.#emit(Token.LEFT_BRACE, 1);
      case 0x5b: // [
        if (this.#bracketOpen) return this.#fail("unexpected left bracket '['", start + 1);
        this.#bracketOpen = true;
        this.#durationOnly = true;
        this.#gotColon = false;
        return this.#emit(Token.LEFT_BRACKET, 1);
      case 0x5d: // ]
        if (!this.#bracketOpen) return this.#fail("unexpected right bracket ']'", start + 1);
        this.#bracketOpen = false;
        return this.#emit(Token.RIGHT_BRACKET, 1);
      case 0x40: // @
        return this.#emit(Token.AT, 1);
      case 0x3a: // :
        if (!this.#bracketOpen) return this.#word();
        if (this.#gotColon) return this.#fail("unexpected colon ':'", start + 1);
        this.#gotColon = true;
        return this.#emit(Token.COLON, 1);
      default:
        if (isDigit(code) || (code === 0x2e && isDigit(next))) return this.#number();
        return this.#unexpected('unexpected character', start);
    }
  }

  #insideBrackets(code: number): void {
    const { text, start } = this;
    if (this.#variables && mayStartVariable(text, start) && this.#template(start)) {
      this.#gotDuration = true;
      this.#durationOnly = false;
      return;
    }
    switch (code) {
      case 0x5d: // ]
        this.#durationOnly = false;
        return this.#statement(code);
      case 0x3a: // :
        if (!this.#gotDuration) return this.#fail('unexpected colon before duration in duration expression', start + 1);
        if (this.#gotColon) return this.#fail('unexpected repeated colon in duration expression', start + 1);
        return this.#statement(code);
      case 0x28: // (
      case 0x29: // )
        return this.#statement(code);
      default:
        if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(start + 1)))) {
          this.#gotDuration = true;
          this.#durationOnly = false;
          return this.#number();
        }
        if (singles.has(code)) return this.#statement(code);
        if (isAlpha(code) && this.#durationKeyword()) return;
        return this.#unexpected('unexpected character in duration expression', start);
    }
  }

  #insideBraces(code: number): void {
    const { text, start } = this;
    if (isAlpha(code)) {
      let at = start + 1;
      while (isAlphaNumeric(text.charCodeAt(at))) at += 1;
      if (this.#variables && mayStartVariable(text, at) && this.#template(at)) return;
      return this.#emit(Token.IDENTIFIER, at - start);
    }
    if (this.#variables && mayStartVariable(text, start) && this.#template(start)) return;
    const next = text.charCodeAt(start + 1);
    switch (code) {
      case 0x2c: // ,
        return this.#emit(Token.COMMA, 1);
      case 0x22: // "
      case 0x27: // '
      case 0x60: // `
        return this.#string(code);
      case 0x3d: // =
        return next === 0x7e ? this.#emit(Token.EQL_REGEX, 2) : this.#emit(Token.EQL, 1);
      case 0x21: // !
        if (next === 0x7e) return this.#emit(Token.NEQ_REGEX, 2);
        if (next === 0x3d) return this.#emit(Token.NEQ, 2);
        return this.#unexpected("unexpected character after '!' inside braces", start + 1);
      case 0x7b: // {
        return this.#fail("unexpected left brace '{'", start + 1);
      case 0x7d: // }
        this.#braceOpen = false;
        return this.#emit(Token.RIGHT_BRACE, 1);
      default:
        return this.#unexpected('unexpected character inside braces', start);
    }
  }

  #word(): void {
    const { text, start } = this;
    const end = wordEnd(text, start);
    if (this.#variables && mayStartVariable(text, end) && this.#template(end)) return;
    this.#emit(wordKind(text, start, end), end - start);
  }

  #durationKeyword(): boolean {
    const { text, start } = this;
    let at = start + 1;
    while (isAlpha(text.charCodeAt(at))) at += 1;
    const keyword = durationKeywords.get(text.slice(start, at).toLowerCase());
    if (keyword !== undefined) this.#emit(keyword, at - start);
    return keyword !== undefined;
  }

  #number(): void {
    const { text, start } = this;
    const number = scanNumber(text, start);
    if (this.#variables && mayStartVariable(text, number.end) && this.#template(number.end)) return;
    if (number.complete) return this.#emit(Token.NUMBER, number.end - start);
    const duration = scanDurationRest(text, number.end);
    if (this.#variables && mayStartVariable(text, duration.end) && this.#template(duration.end)) return;
    if (duration.complete) return this.#emit(Token.DURATION, duration.end - start);
    this.#fail(`bad number or duration syntax: ${quote(text.slice(start, duration.end))}`, duration.end);
  }

  #string(mark: number): void {
    const { text, start } = this;
    const found = mark === 0x60 ? scanRawString(text, start) : scanString(text, start, mark);
    if (typeof found === 'number') this.#emit(Token.STRING, found - start);
    else this.#fail(found.message, found.end);
  }

  /** Text in which a variable stands at `from`: goes on over what is glued to it. */
  #template(from: number): boolean {
    const end = scanTemplate(this.text, from, !this.#bracketOpen && !this.#braceOpen);
    if (end === undefined) return false;
    this.hasVariables = true;
    this.#emit(Token.TEMPLATE, end - this.start);
    return true;
  }
}
