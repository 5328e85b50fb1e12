/* The picture of influences as numbers: events one below the other by time, and an arc for each influence.
 *
 * What helped bends to the right, what hindered or held in to the left. It fits any width: the names stand in
 * the middle, the arcs in what is left at both sides.
 */
import type { Influence } from "../contents";

export interface Named {
  id: string;
  title: string;
  below: string;
}

export interface Row extends Named {
  lines: string[];
  small: string[];
  /** The middle of the row, and its upper edge. */
  y: number;
  top: number;
  height: number;
}

export interface Arc {
  id: string;
  how: Influence["how"];
  path: string;
  /** The tip of the arrow, its other two corners, and where the arc is widest. */
  arrow: string;
  mark: { x: number; y: number };
}

export interface Picture {
  width: number;
  height: number;
  /** Where the names begin and end. */
  left: number;
  right: number;
  rows: Row[];
  arcs: Arc[];
}

export const LINE = 22;
const GAP = 14;
const LETTER = 8.4;
const SMALL_LETTER = 6.8;
const NARROW = 0.6;
const NAMES_AT_MOST = 300;
const ARROW = 7;
const BEND = 30;
/** Half of the sign on an arc, and from what room arcs lie further apart. */
const MARK = 13;
const ROOMY = 100;

/** Lay the picture out. `influences` between events that are not in `named` are left out. */
export function arcsOf(named: readonly Named[], influences: readonly { id: string; content: Influence }[], width: number): Picture {
  const names = Math.min(NAMES_AT_MOST, width * NARROW);
  const left = Math.round((width - names) / 2);
  const right = width - left;
  const rows = rowsOf(named, names);
  const byId = new Map(rows.map((row, place) => [row.id, { row, place }]));
  const ends = new Ends();
  const arcs = influences.flatMap(({ id, content }) => {
    const [from, to] = [byId.get(content.from), byId.get(content.to)];
    if (!from || !to || from === to) return [];
    const side = content.how === "helped" ? 1 : -1;
    const steps = Math.abs(from.place - to.place);
    const bend = Math.min(left - MARK, BEND + (steps - 1) * (left > ROOMY ? 20 : 12));
    const x = side > 0 ? right : left;
    const [begin, end] = [ends.next(from.row, side), ends.next(to.row, side)];
    return [{ id, how: content.how, ...arc(x, begin, end, side * bend) }];
  });
  const last = rows.at(-1);
  return { width, height: last ? last.top + last.height : 0, left, right, rows, arcs };
}

/** Words in lines of at most so many letters; a long word is cut. */
export function wrapped(words: string, letters: number, most = 3): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const short = word.length > letters ? `${word.slice(0, letters - 1)}…` : word;
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${short}`.length <= letters) lines[lines.length - 1] = `${last} ${short}`;
    else lines.push(short);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, letters - 1)}…`];
}

function rowsOf(named: readonly Named[], width: number): Row[] {
  const rows: Row[] = [];
  let top = 0;
  for (const one of named) {
    const lines = wrapped(one.title, Math.floor((width - 24) / LETTER));
    const small = wrapped(one.below, Math.floor((width - 12) / SMALL_LETTER), 2);
    const height = (lines.length + small.length) * LINE + GAP;
    rows.push({ ...one, lines, small, top, height, y: top + height / 2 });
    top += height + GAP;
  }
  return rows;
}

/** Where arcs leave and reach a row: each a little below the one before it. */
class Ends {
  readonly #used = new Map<string, number>();

  next(row: Row, side: number): number {
    const key = `${row.id}${side}`;
    const used = this.#used.get(key) ?? 0;
    this.#used.set(key, used + 1);
    const step = ((used + 1) >> 1) * (used % 2 ? 1 : -1) * 9;
    return Math.min(row.top + row.height - 6, Math.max(row.top + 6, row.y + step));
  }
}

function arc(x: number, begin: number, end: number, bend: number): Pick<Arc, "path" | "arrow" | "mark"> {
  const side = Math.sign(bend);
  const tip = x + side * 2;
  const base = tip + side * ARROW;
  return {
    path: `M${x} ${begin} C${x + bend * 1.3} ${begin} ${x + bend * 1.3} ${end} ${base} ${end}`,
    arrow: `${tip},${end} ${base},${end - 5} ${base},${end + 5}`,
    mark: { x: x + bend, y: (begin + end) / 2 },
  };
}
