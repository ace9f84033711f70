/** The rules for names of metrics and labels. */

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Suffixes of the series that a classic histogram or a summary exposes beside its name. */
export const RESERVED_SUFFIXES = ['_bucket', '_count', '_sum', '_created'] as const;

/**
 * Refuses what is no metric name in the classic syntax, which every version of Prometheus reads.
 *
 * @throws TypeError that says which rule is broken
 */
export function checkMetricName(name: string): void {
  if (!METRIC_NAME.test(name)) {
    throw new TypeError(
      `"${name}" is no metric name: it has letters, digits, "_" and ":", and does not begin with a digit.`,
    );
  }
}

/**
 * Refuses what is no label name, and the names that Prometheus keeps for itself.
 *
 * @param where what the label belongs to, for the message
 * @throws TypeError that says which rule is broken
 */
export function checkLabelName(name: string, where: string): void {
  if (!LABEL_NAME.test(name)) {
    throw new TypeError(
      `"${name}" of ${where} is no label name: it has letters, digits and "_", and does not begin with a digit.`,
    );
  }
  if (name.startsWith('__')) {
    throw new TypeError(`The label "${name}" of ${where} begins with "__", which Prometheus keeps for itself.`);
  }
}
