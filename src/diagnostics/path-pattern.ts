/** Patterns that name files and folders in the configuration. */
/** Whether a path is the one named, lies below it, or matches it as a pattern. */
export function pathMatches(pattern: string, path: string): boolean {
  const wanted = normal(pattern);
  const given = normal(path);
  if (given === wanted || given.startsWith(`${wanted}/`)) return true;
  const source = wanted
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => WILDCARDS[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('');
  return new RegExp(`^${source}$`).test(given);
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:[^/]+/)*', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function normal(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
}
