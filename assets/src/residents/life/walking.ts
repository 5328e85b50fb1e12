/* From thing to thing with the arrow keys: along a lane, and to the lane above or below. */
import type { Laid } from "./layout";

/** Something that can be chosen on the map. */
export interface Stop {
  key: string;
  /** The events or the organisation that it stands for. */
  ids: string[];
  kind: "event" | "organisation";
  lane: number;
  x: number;
}

/** All stops, by lane and then from left to right. */
export function stops({ lanes }: Laid): Stop[] {
  return lanes.flatMap(({ beads, bars }, lane) => {
    const events = beads.map(({ key, bead, x }): Stop => ({ key, ids: bead.events.map(({ id }) => id), kind: "event", lane, x }));
    const organisations = bars.map(({ key, x }): Stop => ({ key, ids: [key], kind: "organisation", lane, x }));
    return [...events, ...organisations].sort((one, other) => one.x - other.x);
  });
}

/** Where a key leads from here; none for another key, or where there is nothing that way. */
export function neighbour(all: readonly Stop[], from: Stop, key: string): Stop | undefined {
  const own = all.filter(({ lane }) => lane === from.lane);
  const at = own.findIndex((one) => one.key === from.key);
  if (key === "ArrowRight") return own[at + 1];
  if (key === "ArrowLeft") return own[at - 1];
  if (key === "Home") return own[0];
  if (key === "End") return own.at(-1);
  if (key === "ArrowDown") return nearest(all.filter(({ lane }) => lane > from.lane), from, Math.min);
  if (key === "ArrowUp") return nearest(all.filter(({ lane }) => lane < from.lane), from, Math.max);
  return undefined;
}

/** In the first lane that way in which there is something: what stands nearest in time. */
function nearest(beyond: Stop[], from: Stop, choose: (...lanes: number[]) => number): Stop | undefined {
  if (!beyond.length) return undefined;
  const lane = choose(...beyond.map((one) => one.lane));
  const there = beyond.filter((one) => one.lane === lane);
  return there.reduce((best, one) => (Math.abs(one.x - from.x) < Math.abs(best.x - from.x) ? one : best));
}
