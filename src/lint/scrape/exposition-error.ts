/** The text is not what Prometheus would accept from a target. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
