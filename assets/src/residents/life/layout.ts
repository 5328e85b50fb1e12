/* A life at a scale: where every thread, dot, word and bar stands. Only numbers and words; drawing.ts makes it visible. */
import type { Effect, Organisation } from "../contents";
import type { Entry } from "../store";
import { beadsOf, type Bead } from "./beads";
import { barOf, clear, rowOf, withWaiting, type Frame, type Ground, type LaneFrame } from "./frame";
import { place, wrapped, type Placed } from "./labels";
import { lasting } from "./reading";
import { x, type Scale } from "./scale";
import { thread } from "./thread";

export interface Words {
  x: number;
  /** The base line of the first line. */
  y: number;
  title: string[];
  felt: string[];
  line: number;
  /** Where the words stand away from their dot: the ends of the line between them. */
  leader?: readonly [number, number];
  width: number;
}

export interface LaidBead {
  key: string;
  bead: Bead;
  effect: Effect | "several";
  x: number;
  y: number;
  path: string;
  words?: Words;
}

export interface LaidBar {
  key: string;
  organisation: Entry<Organisation>;
  x: number;
  until: number;
  y: number;
  height: number;
  /** Where the waiting for it began. */
  waited?: number;
  isOpen: boolean;
  name?: string;
}

export interface LaidLane {
  frame: LaneFrame;
  beads: LaidBead[];
  bars: LaidBar[];
  level: string;
}

export interface Laid {
  lanes: LaidLane[];
  /** Where lines of turning points stand. */
  turns: number[];
  today: number;
}

/** Where a thread begins before its first event. */
const LEAD = 70;
const TAIL = 30;

export function lay(frame: Frame, scale: Scale): Laid {
  const lanes = frame.lanes.map((one) => layLane(one, frame.ground, scale));
  const turns = lanes.flatMap(({ beads }) => beads.filter(({ bead }) => bead.turning).map((one) => one.x));
  return { lanes, turns, today: x(scale, frame.ground.now) };
}

function layLane(frame: LaneFrame, ground: Ground, scale: Scale): LaidLane {
  const beads = beadsOf(frame.lane, scale);
  const today = x(scale, ground.now);
  const [first, last] = [beads[0], beads.at(-1)];
  const start = first ? first.from - LEAD : 0;
  const end = last ? Math.max(last.until + TAIL, today) : 0;
  const { stays, level } = first ? thread(beads, frame.base, start, end) : { stays: [], level: "" };
  const words = wordsOf(beads, frame, ground);
  const laid = beads.map((bead, at): LaidBead => {
    const own = words[at];
    const key = bead.events.length > 1 ? `several-${bead.events[0]!.id}` : bead.events[0]!.id;
    return { key, bead, effect: bead.effect && bead.events.length === 1 ? bead.effect : "several", x: bead.dotAt, y: frame.base + bead.dot, path: stays[at]!, words: own };
  });
  return { frame, beads: laid, bars: barsOf(frame, ground, scale), level };
}

function wordsOf(beads: Bead[], { base, lines }: LaneFrame, ground: Ground): (Words | undefined)[] {
  const named = beads.filter(({ wanted }) => wanted);
  const placed = place(named.map(({ wanted }) => wanted!), lines, ground.measure, ground.size);
  const found = new Map(named.map((bead, at) => [bead, placed[at]]));
  return beads.map((bead) => {
    const one = found.get(bead);
    return one && words(bead, one, base, ground);
  });
}

function words(bead: Bead, { at, title, felt, offset, lines, width }: Placed, base: number, ground: Ground): Words {
  const { side } = bead.wanted!;
  const away = clear(ground);
  const isAbove = side === "above";
  const y = isAbove ? base - away.above - (offset + lines - 1) * ground.line : base + away.below + offset * ground.line;
  const dot = base + bead.dot;
  const near = isAbove ? base - away.above - offset * ground.line + 5 : y - ground.size;
  const isAway = offset > 0 || (isAbove && bead.dot === 0);
  const leader = isAway ? ([dot + (isAbove ? -9 : 9), near] as const) : undefined;
  return { x: at, y, title, felt, line: ground.line, leader, width };
}

function barsOf(frame: LaneFrame, ground: Ground, scale: Scale): LaidBar[] {
  const bars = frame.lane.organisations.map((organisation, at): LaidBar => {
    const span = lasting(organisation.content, ground.now);
    const waited = organisation.content.waitedDays;
    return {
      key: organisation.id,
      organisation,
      x: x(scale, span.from),
      until: Math.max(x(scale, span.until), x(scale, span.from) + 10),
      y: frame.bars + frame.rows[at]! * rowOf(ground),
      height: barOf(ground),
      waited: waited ? x(scale, withWaiting(span, waited).from) : undefined,
      isOpen: !organisation.content.until,
    };
  });
  for (const [at, bar] of bars.entries()) bar.name = nameOf(bar, bars, frame.rows, at, ground);
  return bars;
}

/** A name in its bar, or beside it where the bar is short and nothing follows. */
function nameOf(bar: LaidBar, bars: LaidBar[], rows: number[], at: number, ground: Ground): string | undefined {
  const next = bars.find((_other, other) => other > at && rows[other] === rows[at]);
  const room = Math.max(bar.until, (next?.waited ?? next?.x ?? Infinity) - 8) - bar.x - 18;
  if (room < 34) return undefined;
  return wrapped(bar.organisation.content.name, room, 1, (words) => ground.measure(words, "title"))[0];
}
