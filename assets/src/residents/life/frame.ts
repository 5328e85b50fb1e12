/* How high everything stands: the lanes below each other, each with room for what is in it. It depends on the life and on
   the width of the screen, and not on how near one looks, so that nothing jumps while somebody zooms. */
import type { Effect } from "../contents";
import { beadsOf, LIFT } from "./beads";
import { place, type Measure } from "./labels";
import { lasting, type LaneOfLife, type Life } from "./reading";
import { rowsOf } from "./rows";
import { fitted, type Scale } from "./scale";
import { LOOP_HIGH } from "./thread";

/** What a drawing is measured by: the size of its letters, and whether the name of a lane stands above it or beside it. */
export interface Ground {
  size: number;
  line: number;
  width: number;
  /** The height of a lane's name, where it stands above what is in it. */
  head: number;
  axis: number;
  measure: Measure;
  now: number;
}

export interface Lines {
  above: number;
  below: number;
}

export interface LaneFrame {
  lane: LaneOfLife;
  top: number;
  height: number;
  /** The height of the thread. */
  base: number;
  lines: Lines;
  /** The top of the first row of organisations, and the row of each. */
  bars: number;
  rows: number[];
}

export interface Frame {
  ground: Ground;
  lanes: LaneFrame[];
  height: number;
}

export const MARGIN = 84;
const MOST_LINES = 4;
/** Where there is something on a side of the thread, there is room for its title and a line of how it felt. */
const LEAST_LINES = 2;
const LANE_GAP = 6;
const PADDING = 10;
const EMPTY = 46;

/** The height of a row of organisations, and of the bar in it. */
export const rowOf = ({ line }: Ground): number => line + 10;
export const barOf = ({ line }: Ground): number => line + 5;
/** How far words stand from the thread, above and below. */
export const clear = ({ size }: Ground): Lines => ({ above: LIFT + 21, below: LOOP_HIGH + 9 + size * 0.8 });

export function ground(measure: Measure, width: number, now: number, options: { size: number; isNarrow: boolean }): Ground {
  const { size, isNarrow } = options;
  const line = Math.round(size * 1.27);
  return { size, line, width, head: isNarrow ? line + 6 : 0, axis: line + 18, measure, now };
}

export function frameOf(life: Life, given: Ground): Frame {
  const whole = life.extent ? fitted(life.extent, given.width, MARGIN) : undefined;
  let top = given.axis;
  const lanes = life.lanes.map((lane) => {
    const framed = laneFrame(lane, given, whole, top);
    top += framed.height + LANE_GAP;
    return framed;
  });
  return { ground: given, lanes, height: top };
}

function laneFrame(lane: LaneOfLife, given: Ground, whole: Scale | undefined, top: number): LaneFrame {
  const { rows, count } = rowsOf(lane.organisations.map(({ content }) => withWaiting(lasting(content, given.now), content.waitedDays)));
  const lines = whole ? linesOf(lane, given, whole) : { above: 0, below: 0 };
  const away = clear(given);
  const above = lines.above ? away.above + lines.above * given.line : hasUp(lane) ? LIFT + 10 : 14;
  const below = lines.below ? away.below + (lines.below - 1) * given.line + given.size * 0.4 : hasDown(lane) ? LOOP_HIGH + 10 : 14;
  const base = top + given.head + PADDING + above;
  const bars = base + (lane.events.length ? below : 0) + 4;
  const isEmpty = !lane.events.length && !lane.organisations.length;
  if (isEmpty) return { lane, top, height: given.head + EMPTY, base: top + given.head + EMPTY / 2, lines, bars, rows };
  const start = lane.events.length ? bars : top + given.head + PADDING;
  const height = start + count * rowOf(given) - top + PADDING - (count ? 6 : 0);
  return { lane, top, height, base, lines, bars: start, rows };
}

/** The time that somebody waited stands before what they waited for. */
export function withWaiting<S extends { from: number }>(span: S, waited: number | undefined): S {
  return waited ? { ...span, from: span.from - waited } : span;
}

/** The lines of words that a lane needs when the whole life is in sight, and at least room for one of each kind. */
function linesOf(lane: LaneOfLife, given: Ground, whole: Scale): Lines {
  const wanted = beadsOf(lane, whole).flatMap((bead) => bead.wanted ?? []);
  const most = { above: MOST_LINES, below: MOST_LINES };
  const used = { above: 0, below: 0 };
  place(wanted, most, given.measure, given.size).forEach((one, at) => {
    const side = wanted[at]!.side;
    if (one) used[side] = Math.max(used[side], one.offset + one.lines);
  });
  const atLeast = (side: keyof Lines, effects: Effect[]) => {
    const isThere = lane.events.some(({ content }) => effects.includes(content.effect));
    return Math.max(used[side], isThere ? LEAST_LINES : 0);
  };
  return { above: atLeast("above", ["helped", "nothing"]), below: atLeast("below", ["hindered", "trapped"]) };
}

const hasUp = (lane: LaneOfLife): boolean => lane.events.some(({ content }) => content.effect === "helped");
const hasDown = (lane: LaneOfLife): boolean => lane.events.some(({ content }) => ["hindered", "trapped"].includes(content.effect));
