/**
 * Text as part of a path and of a uid: lower-case letters, digits and `-`, at most 40 characters.
 *
 * @returns `''` where nothing of the text is left
 */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}
