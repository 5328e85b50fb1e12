/* What hangs on the thread of a lane: an event each, or several that stand too close to tell apart. */
import type { Effect, Happening } from "../contents";
import type { Entry } from "../store";
import type { Wanted } from "./labels";
import { extentOf, type Extent } from "./moments";
import type { LaneOfLife } from "./reading";
import { x, type Scale } from "./scale";
import { grouped, type Grouped } from "./spreading";
import { LOOP_HIGH, LOOP_ROOM, type Stay } from "./thread";

export interface Bead extends Stay {
  events: Entry<Happening>[];
  /** None of several that differ. */
  effect?: Effect;
  turning: boolean;
  /** Where the dot stands, below (positive) or above the thread. */
  dot: number;
  dotAt: number;
  /** All that the days may be, where they are not known to the day or another thing came between. */
  stretch?: readonly [number, number];
  wanted?: Wanted;
}

const APART = 26;
/** How far a dot may stand from its day, in the picture. */
const FARTHEST = 30;
/** How far a thread rises or dips. */
export const LIFT = 20;
/** Along a stay of this length its words may stand anywhere. */
const LONG = 90;
const MOST_LOOPS = 40;

interface Spot {
  event: Entry<Happening>;
  from: number;
  until: number;
  extent: Extent;
}

/** The beads of a lane at a scale, from left to right. */
export function beadsOf(lane: LaneOfLife, scale: Scale): Bead[] {
  const groups = grouped(spotsOf(lane.events, scale), ({ from }) => from, apart, FARTHEST);
  return groups.map(({ members, at }, index) => (members.length > 1 ? several(members, at) : single(members[0]!, at, groups[index + 1])));
}

/** Where each event stands; those of the same moment are spread over all that it may mean. */
function spotsOf(events: Entry<Happening>[], scale: Scale): Spot[] {
  const same = new Map<string, Entry<Happening>[]>();
  for (const event of events) same.set(event.content.from, [...(same.get(event.content.from) ?? []), event]);
  const spots = events.map((event): Spot => {
    const { from, until } = event.content;
    const extent = extentOf(from);
    const among = same.get(from)!;
    const share = (among.indexOf(event) + 1) / (among.length + 1);
    const start = x(scale, extent.from + share * (extent.until - extent.from));
    const end = until ? extentOf(until) : undefined;
    return { event, from: start, until: end ? Math.max(start, x(scale, (end.from + end.until) / 2)) : start, extent };
  });
  const unsure = ({ extent }: Spot) => ({ from: x(scale, extent.from), until: x(scale, extent.until) });
  for (const spot of spots) Object.assign(spot, { extent: unsure(spot) });
  return spots.sort((one, other) => one.from - other.from);
}

function apart(one: Spot[], other: Spot[]): number {
  const reaches = [one, other].map((group) => (group.length === 1 && group[0]!.event.content.effect === "trapped" ? LOOP_ROOM / 2 : 0));
  return Math.max(APART, reaches[0]! + reaches[1]! + 10);
}

function single(spot: Spot, from: number, next: Grouped<Spot> | undefined): Bead {
  const { event, extent } = spot;
  const { effect, turning, title, felt } = event.content;
  const until = Math.max(from, spot.until);
  const end = next ? Math.max(from, Math.min(until, next.at - apart([spot], next.members))) : until;
  const loops = effect === "trapped" ? Math.min(MOST_LOOPS, 1 + Math.floor((end - from) / LOOP_ROOM)) : 0;
  const lift = { helped: -LIFT, hindered: LIFT, trapped: 0, nothing: 0 }[effect];
  const dot = effect === "trapped" ? LOOP_HIGH : lift;
  const side = effect === "helped" || effect === "nothing" ? ("above" as const) : ("below" as const);
  const weight = (turning ? 8 : 0) + (felt ? 2 : 0) + { trapped: 6, hindered: 3, helped: 3, nothing: 0 }[effect];
  const isVague = extent.until - extent.from > 2 * APART;
  const stretch = until > end + 1 ? ([from, until] as const) : isVague ? ([extent.from, extent.until] as const) : undefined;
  const dotAt = loops ? loopAt(from, end, loops) : from;
  // What held somebody for long is named below the middle of it.
  const at = loops ? (from + end) / 2 : from;
  const others = end - from > LONG ? [0.5, 0.3, 0.7, 0.85].map((share) => from + share * (end - from)) : [];
  return { events: [event], effect, turning, from, until: end, lift, loops, dot, dotAt, stretch, wanted: { at, others, side, title, felt, weight } };
}

/** The middle of the first loop of a stay. */
function loopAt(from: number, until: number, loops: number): number {
  return from - LOOP_ROOM / 2 + (until - from + LOOP_ROOM) / loops / 2;
}

function several(group: Spot[], at: number): Bead {
  const effects = new Set(group.map(({ event }) => event.content.effect));
  return {
    events: group.map(({ event }) => event),
    effect: effects.size === 1 ? [...effects][0] : undefined,
    turning: group.some(({ event }) => event.content.turning),
    from: at,
    until: at,
    lift: 0,
    loops: 0,
    dot: 0,
    dotAt: at,
  };
}
