/** The names of all options of a type, as something to look them up in: one that is forgotten does not compile. */
export type Fields<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Refuses an option that nobody reads. The compiler does so, too, but a build does not ask the compiler, and a
 * misspelt option would have no effect, which nobody would notice.
 *
 * @param what whose options they are, for the message
 * @throws TypeError that names the option and those that there are
 */
export function checkFields(options: object, fields: Readonly<Record<string, true>>, what: string): void {
  const unknown = Object.keys(options).find((field) => !Object.hasOwn(fields, field));
  if (unknown === undefined) return;
  throw new TypeError(`${what} has no option "${unknown}": the options are ${Object.keys(fields).join(', ')}.`);
}
