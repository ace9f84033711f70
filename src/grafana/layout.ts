/**
 * Panels on Grafana's grid of 24 columns. Lines break before they overflow (the Foundation SDK breaks them
 * after), and panels whose width the author left open share what a line has left.
 */

export const GRID_COLUMNS = 24;

/** Position and size in grid units: 24 columns across, about 30 pixels a unit down. */
export interface GridPos {
  readonly h: number;
  readonly w: number;
  readonly x: number;
  readonly y: number;
}

/** What is known of a panel before it has a place. */
export interface Box {
  /** The author's width, 1 … 24. */
  readonly width?: number;
  /** The author's height, at least 1. */
  readonly height?: number;
  /** What the type of panel needs where the author said nothing. */
  readonly preferred: { readonly width: number; readonly height: number };
  /** Takes a line of its own: a panel that Grafana repeats across the whole width. */
  readonly wholeLine?: boolean;
}

export interface Layout {
  /** One place per box, in their order. */
  readonly places: readonly GridPos[];
  /** The first free y below. */
  readonly bottom: number;
}

/**
 * Places boxes from left to right and top to bottom.
 *
 * @param boxes in reading order
 * @param top y of the first line
 */
export function layOut(boxes: readonly Box[], top: number): Layout {
  const places: GridPos[] = [];
  let y = top;
  for (const group of groups(boxes)) {
    for (const line of lines(group)) {
      const h = Math.max(...line.map(heightOf));
      const widths = filled(line);
      let x = 0;
      for (const [index, box] of line.entries()) {
        const w = widths[index] ?? widthOf(box);
        places.push({ h: box.height ?? h, w, x, y });
        x += w;
      }
      y += h;
    }
  }
  return { places, bottom: y };
}

const widthOf = (box: Box): number => (box.wholeLine ? GRID_COLUMNS : (box.width ?? box.preferred.width));
const heightOf = (box: Box): number => box.height ?? box.preferred.height;
const isFree = (box: Box): boolean => box.width === undefined && box.height === undefined;

/** From this height on a panel is a graph or a list, which would stretch the numbers beside it. */
const TALL = 8;
const isTall = (box: Box): boolean => box.preferred.height >= TALL;

/** Runs of boxes that may stand side by side: numbers do not share a line with graphs unless told to. */
function groups(boxes: readonly Box[]): Box[][] {
  const found: Box[][] = [];
  for (const box of boxes) {
    const group = found.at(-1);
    const previous = group?.at(-1);
    const apart =
      previous === undefined ||
      box.wholeLine === true ||
      previous.wholeLine === true ||
      (isFree(box) && isFree(previous) && isTall(box) !== isTall(previous));
    if (apart) found.push([box]);
    else group?.push(box);
  }
  return found;
}

/** Breaks a run into lines: evenly where every width is open, else as the author's widths fill them. */
function lines(group: readonly Box[]): readonly (readonly Box[])[] {
  return group.every((box) => box.width === undefined) ? evenLines(group) : fullLines(group);
}

function fullLines(group: readonly Box[]): readonly (readonly Box[])[] {
  const found: Box[][] = [];
  let used = 0;
  for (const box of group) {
    const width = widthOf(box);
    const line = found.at(-1);
    if (line === undefined || used + width > GRID_COLUMNS) {
      found.push([box]);
      used = width;
    } else {
      line.push(box);
      used += width;
    }
  }
  return found;
}

/**
 * As few lines as possible, and among those the split that leaves the least uneven gaps: seven boxes of a
 * sixth become four and three, not six and one. Earlier lines are the fuller ones.
 */
function evenLines(group: readonly Box[]): readonly (readonly Box[])[] {
  const count = fullLines(group).length;
  if (count === 1) return [group];
  interface Split {
    readonly cost: number;
    readonly starts: readonly number[];
  }
  // best[n] after each round: the cheapest way to set the first n boxes in that many lines
  let best: (Split | undefined)[] = [{ cost: 0, starts: [] }];
  for (let line = 0; line < count; line++) {
    const next: (Split | undefined)[] = [];
    for (const [start, split] of best.entries()) {
      if (!split) continue;
      let used = 0;
      for (let end = start + 1; end <= group.length; end++) {
        used += widthOf(group[end - 1] as Box);
        if (used > GRID_COLUMNS) break;
        const cost = split.cost + (GRID_COLUMNS - used) ** 2;
        const known = next[end];
        if (known === undefined || cost <= known.cost) next[end] = { cost, starts: [...split.starts, start] };
      }
    }
    best = next;
  }
  const starts = best[group.length]?.starts ?? [];
  return starts.map((start, index) => group.slice(start, starts[index + 1]));
}

/** Widths of a line once its open boxes have shared the rest, the first ones getting the odd columns. */
function filled(line: readonly Box[]): readonly number[] {
  const widths = line.map(widthOf);
  const open = line.flatMap((box, index) => (box.width === undefined && !box.wholeLine ? [index] : []));
  const rest = GRID_COLUMNS - widths.reduce((sum, width) => sum + width, 0);
  if (open.length === 0 || rest <= 0) return widths;
  const total = open.reduce((sum, index) => sum + (widths[index] ?? 0), 0);
  const shares = open.map((index) => Math.floor((rest * (widths[index] ?? 0)) / total));
  let odd = rest - shares.reduce((sum, share) => sum + share, 0);
  for (const [order, index] of open.entries()) {
    widths[index] = (widths[index] ?? 0) + (shares[order] ?? 0) + (odd-- > 0 ? 1 : 0);
  }
  return widths;
}
