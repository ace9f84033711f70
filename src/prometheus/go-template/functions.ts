/**
 * The functions that a template in a rule may call: those of Go's text/template and those that Prometheus adds
 * (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/).
 */
interface TemplateFunction {
  /** The first Prometheus version that knows it, where that is later than 2.42. */
  readonly since?: string;
}

export const TEMPLATE_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = Object.freeze({
  // Go's own
  and: {},
  call: {},
  eq: {},
  ge: {},
  gt: {},
  html: {},
  index: {},
  js: {},
  le: {},
  len: {},
  lt: {},
  ne: {},
  not: {},
  or: {},
  print: {},
  printf: {},
  println: {},
  slice: {},
  urlquery: {},
  // Prometheus: queries
  first: {},
  label: {},
  query: {},
  sortByLabel: {},
  strvalue: {},
  value: {},
  // Prometheus: numbers
  humanize: {},
  humanize1024: {},
  humanizeDuration: {},
  humanizePercentage: {},
  humanizeTimestamp: {},
  now: { since: '3.6' },
  parseDuration: {},
  toDuration: { since: '3.6' },
  toTime: {},
  // Prometheus: strings
  args: {},
  externalURL: {},
  graphLink: {},
  match: {},
  pathPrefix: {},
  reReplaceAll: {},
  safeHtml: {},
  stripDomain: {},
  stripPort: {},
  tableLink: {},
  title: {},
  toLower: {},
  toUpper: {},
  urlQueryEscape: { since: '3.8' },
});
