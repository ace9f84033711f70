/** Variables in texts, as Grafana's template service finds them. */

/** `$name`, `${name}`, `${name:format}`, `${name.field}` and `[[name]]`. */
const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::\w+)?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::[^}]+)?\}/g;

/** Variables that Grafana has without a declaration, beside all that begin with two underscores. */
const BUILT_IN: ReadonlySet<string> = new Set(['timeFilter', 'interval']);

/** The names of the variables in a text that a dashboard has to declare. */
export function referencedVariables(text: string): readonly string[] {
  const names = [...text.matchAll(REFERENCE)].map(([, plain, brackets, braces]) => plain ?? brackets ?? braces ?? '');
  return names.filter((name) => !name.startsWith('__') && !BUILT_IN.has(name) && !/^\d/.test(name));
}
