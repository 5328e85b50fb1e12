/* The thread of a lane: level where nothing weighs, up where something helped, down where it hindered, a loop where it
   held somebody. Each event has a piece of its own, so that it can have a colour of its own. */

/** Where an event stands on the thread. `lift` is up (negative) or down; `loops` tells how often the thread turns round. */
export interface Stay {
  from: number;
  until: number;
  lift: number;
  loops: number;
}

export interface Pieces {
  /** One path for each stay. */
  stays: string[];
  /** What is level between them. */
  level: string;
}

type Point = readonly [number, number];

const SLOPE = 26;
export const LOOP_ROOM = 32;
export const LOOP_HIGH = 27;

/** The pieces of a thread at height `base` through stays in their order, from `start` to `end`. */
export function thread(stays: readonly Stay[], base: number, start: number, end: number): Pieces {
  const pieces: string[] = [];
  const level: string[] = [];
  let at = start;
  stays.forEach((stay, index) => {
    const [before, after] = [stays[index - 1], stays[index + 1]];
    const entered = entry(before, stay, base);
    const left = exit(stay, after, base);
    if (entered.level !== undefined && entered.level > at) level.push(`M${round(at)} ${base}H${round(entered.level)}`);
    pieces.push(entered.path + along(stay, base) + left.path);
    at = left.level ?? Infinity;
  });
  if (end > at) level.push(`M${round(at)} ${base}H${round(end)}`);
  return { stays: pieces, level: level.join("") };
}

/** How far a stay reaches beyond its days: half a loop at each side. */
function reach({ loops }: Stay): number {
  return loops ? LOOP_ROOM / 2 : 0;
}

/** Into a stay: from the level, or from half way of the one before when that is near. */
function entry(before: Stay | undefined, stay: Stay, base: number): { path: string; level?: number } {
  const to: Point = [stay.from - reach(stay), base + stay.lift];
  const from: Point | undefined = before && [before.until + reach(before), base + before.lift];
  const isNear = from !== undefined && to[0] - from[0] < 2 * SLOPE;
  if (isNear) return { path: halves(from, to)[1] };
  if (!stay.lift) return { path: `M${point(to)}`, level: to[0] };
  const foot: Point = [to[0] - SLOPE, base];
  return { path: `M${point(foot)}${slope(foot, to)}`, level: foot[0] };
}

function exit(stay: Stay, after: Stay | undefined, base: number): { path: string; level?: number } {
  const from: Point = [stay.until + reach(stay), base + stay.lift];
  const to: Point | undefined = after && [after.from - reach(after), base + after.lift];
  if (to && to[0] - from[0] < 2 * SLOPE) return { path: tail(halves(from, to)[0]) };
  if (!stay.lift) return { path: "", level: from[0] };
  const foot: Point = [from[0] + SLOPE, base];
  return { path: slope(from, foot), level: foot[0] };
}

function along(stay: Stay, base: number): string {
  if (!stay.loops) return stay.until > stay.from ? `H${round(stay.until)}` : "";
  const room = (stay.until - stay.from + LOOP_ROOM) / stay.loops;
  const path: string[] = [];
  for (let loop = 0; loop < stay.loops; loop += 1) {
    path.push(turn(stay.from - LOOP_ROOM / 2 + (loop + 0.5) * room, base, room / 2));
  }
  return path.join("");
}

/** Once round, below the level, and on in the same direction. */
function turn(middle: number, base: number, half: number): string {
  const [out, low] = [LOOP_HIGH * 0.8, base + LOOP_HIGH];
  return (
    `C${point([middle + out, base])} ${point([middle + out * 0.85, low])} ${point([middle, low])}` +
    `C${point([middle - out * 0.85, low])} ${point([middle - out, base])} ${point([middle + half, base])}`
  );
}

function slope(from: Point, to: Point): string {
  const middle = (from[0] + to[0]) / 2;
  return `C${point([middle, from[1]])} ${point([middle, to[1]])} ${point(to)}`;
}

/** A slope between two stays that stand close, cut in the middle: each has its half. */
function halves(from: Point, to: Point): [string, string] {
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const [first, second]: [Point, Point] = [[(from[0] + middle[0]) / 2, from[1]], [(middle[0] + to[0]) / 2, to[1]]];
  const steep: [Point, Point] = [
    [(first[0] + middle[0]) / 2, (from[1] + middle[1]) / 2],
    [(second[0] + middle[0]) / 2, (to[1] + middle[1]) / 2],
  ];
  return [
    `M${point(from)}C${point(first)} ${point(steep[0])} ${point(middle)}`,
    `M${point(middle)}C${point(steep[1])} ${point(second)} ${point(to)}`,
  ];
}

/** A path that goes on where another ended. */
function tail(path: string): string {
  return path.slice(path.indexOf("C"));
}

const point = ([x, y]: Point): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
