/**
 * Ids of panels: positive, unique within a dashboard, and the same for as long as the panel keeps its place
 * by name, so that `viewPanel` links and alerts survive a panel that is added elsewhere.
 */

/** What identifies a panel within its dashboard. */
export interface PanelKey {
  /** Names that do not change when a neighbour is added. */
  readonly key: string;
  /** An id that the author chose. */
  readonly id?: number;
}

/**
 * The largest id given out: 2^30. Grafana numbers new panels from the largest id upwards, in a signed 32-bit
 * integer in older versions, which leaves as much room above.
 */
export const MAX_PANEL_ID: number = 2 ** 30;

/**
 * Gives every key an id: the author's where one was chosen, else a hash of the key. Where two hashes meet,
 * the key that sorts later moves to the hash of the next attempt, whatever the order of the panels.
 *
 * @param panels keys in any order; equal keys without an id of their own are told apart by their order
 * @returns one id per panel, in the order of `panels`, each 1 … 2^30
 */
export function panelIds(panels: readonly PanelKey[]): readonly number[] {
  const taken = new Set(panels.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const ids: number[] = Array.from(panels, () => 0);
  const hashed: { readonly key: string; readonly index: number }[] = [];
  const seen = new Map<string, number>();
  for (const [index, { key, id }] of panels.entries()) {
    if (id !== undefined) {
      ids[index] = id;
      continue;
    }
    const repetition = seen.get(key) ?? 0;
    seen.set(key, repetition + 1);
    hashed.push({ key: repetition === 0 ? key : `${key}\u{0}${repetition}`, index });
  }
  hashed.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { key, index } of hashed) {
    let attempt = 0;
    let id = hash30(key);
    while (taken.has(id)) id = hash30(`${key}\u{0}#${++attempt}`);
    taken.add(id);
    ids[index] = id;
  }
  return ids;
}

/** FNV-1a over UTF-16 units with MurmurHash3's finalizer, to 1 … 2^30. */
function hash30(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 2) % MAX_PANEL_ID) + 1;
}
