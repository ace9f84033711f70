/**
 * One thing that is wrong with a PromQL text, in the words of Prometheus' own parser.
 *
 * `start` and `end` are UTF-16 offsets into the text.
 */
export interface PromqlProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** The text is not PromQL that Prometheus accepts. The message says what is wrong, the offsets where. */
export class PromqlSyntaxError extends Error implements PromqlProblem {
  override readonly name = 'PromqlSyntaxError';
  readonly start: number;
  readonly end: number;
  /** All that was found before the parser had to stop; the error itself is the first. */
  readonly problems: readonly PromqlProblem[];

  constructor(problems: readonly [PromqlProblem, ...PromqlProblem[]]) {
    super(problems[0].message);
    this.start = problems[0].start;
    this.end = problems[0].end;
    this.problems = problems;
  }
}
