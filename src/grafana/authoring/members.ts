/** The lists of a definition. The compiler refuses the same, but a build does not ask the compiler. */
import { isQuery } from '../../query/build.ts';

type Kind = 'panel' | 'row' | 'variable' | 'annotation' | 'dashboardLink';

const MAKERS: Readonly<Record<Kind, string>> = {
  panel: 'timeseries(…) and its like return',
  row: 'row(…) returns',
  variable: 'variable(…) and its like return',
  annotation: 'annotation(…) returns',
  dashboardLink: 'dashboardLink(…) and its like return',
};

/** What is likely to be meant, by what was expected and what is there. */
const MEANT: Readonly<Record<string, string>> = {
  'panel: query': "Show it in a panel, such as timeseries('Title', query).",
  'panel: metric': "Show a query of it in a panel, such as timeseries('Title', query).",
  'panel: row': 'Rows stand in { rows: [ … ] }.',
  'row: panel': "Panels stand in row('Title', [ … ]) or in { panels: [ … ] }.",
};

/**
 * A list as the author gave it, frozen.
 *
 * @param kind what its members are
 * @param what names the list, for the message: `panels of the dashboard "Service"`
 * @throws TypeError where it is no list, or has a member that is something else
 */
export function members<T extends { readonly kind: Kind }>(
  list: readonly T[],
  kind: T['kind'],
  what: string,
): readonly T[] {
  if (!Array.isArray(list)) throw new TypeError(`The ${what} are no list: write them in brackets, [ … ].`);
  for (const [index, item] of list.entries()) {
    const found = kindOf(item);
    if (found === kind) continue;
    const article = found === undefined ? 'missing' : `${/^[aeo]/.test(found) ? 'an' : 'a'} ${found}`;
    const advice = MEANT[`${kind}: ${found ?? ''}`] ?? `List what ${MAKERS[kind]}.`;
    throw new TypeError(`Item ${index + 1} of the ${what} is ${article}. ${advice}`);
  }
  return Object.freeze([...list]);
}

function kindOf(item: unknown): string | undefined {
  if (item === undefined || item === null) return undefined;
  if (isQuery(item)) return 'query';
  const { kind } = item as { readonly kind?: unknown };
  return typeof kind === 'string' ? kind : typeof item;
}
