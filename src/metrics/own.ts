/** Looking up a name that somebody chose: `constructor` is a label like others, and every object has it. */

/** What a record says of a name; `undefined` where it does not list it. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
