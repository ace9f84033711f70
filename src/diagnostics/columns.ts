/** How text lines up in a terminal: tabs, characters that are two columns wide, lines too long to show whole. */

const TAB_WIDTH = 2;

/** East Asian wide and fullwidth forms, and emoji (Unicode Standard Annex 11). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const ZERO = /\p{Mn}|\p{Me}|[\u200b-\u200f]|\ufe0f/u;
// eslint-disable-next-line no-control-regex -- finding them is the point
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Makes control characters visible: a label value must not be able to move the cursor of who reads about it. */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function widthOf(character: string): number {
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** A line and the part of it that a mark goes under, in columns. */
export interface MarkedLine {
  readonly text: string;
  readonly from: number;
  readonly length: number;
}

/**
 * A line made fit to show, with the place of a span in it.
 *
 * @param line one line of text
 * @param start first marked offset, in UTF-16 units
 * @param end offset after the last marked one
 * @param width columns to stay within; the part around the span is kept
 */
export function markedLine(line: string, start: number, end: number, width: number): MarkedLine {
  const show = (text: string): string => visible(text).replaceAll('\t', ' '.repeat(TAB_WIDTH));
  const [before, marked, after] = [show(line.slice(0, start)), show(line.slice(start, end)), show(line.slice(end))];
  const [head, middle] = [displayWidth(before), fitted([...marked], width)];
  const length = Math.max(1, displayWidth(middle));
  const room = Math.max(0, width - length);
  const tail = displayWidth(after);
  // Each side gets half of what is left, and what the other side does not need.
  const left = Math.max(Math.floor(room / 2), room - tail);
  const shownBefore = head <= left ? before : [...fitted([...before].toReversed(), left)].toReversed().join('');
  const from = displayWidth(shownBefore);
  return { text: shownBefore + middle + fitted([...after], Math.max(0, room - from)), from, length };
}

/** As many characters as fit, with a sign in the last column where some do not. */
function fitted(characters: readonly string[], width: number): string {
  const all = characters.join('');
  if (displayWidth(all) <= width) return all;
  if (width <= 0) return '';
  let text = '';
  let used = 0;
  for (const character of characters) {
    used += widthOf(character);
    if (used >= width) break;
    text += character;
  }
  return `${text}…`;
}
