/* A life as it stands in a store: lanes in their order, and in each what happened and who was there. */
import { DOMAINS, type Domain, type Effect, type Happening, type Lane, type Organisation } from "../contents";
import type { Entry, Store } from "../store";
import { extentOf, type Extent } from "./moments";

export interface LaneOfLife {
  /** The domain, or the id of a lane of one's own. */
  key: string;
  /** In the resident's words; none for a domain that was not renamed. */
  name?: string;
  domain?: Domain;
  /** The id of the lane in the store, where there is one. */
  id?: string;
  order: number;
  events: Entry<Happening>[];
  organisations: Entry<Organisation>[];
}

export interface Life {
  lanes: LaneOfLife[];
  /** From the first thing to the last; none of an empty map. */
  extent?: Extent;
  events: number;
  effects: Record<Effect, number>;
}

/** What stands in no lane (its lane was removed on another device) is still shown. */
export const ELSEWHERE = "elsewhere";
const ORDER_STEP = 10;

export function lifeOf(store: Store, now: number): Life {
  const lanes = lanesOf(store.of("lane"));
  const byKey = new Map(lanes.map((lane) => [lane.key, lane]));
  const elsewhere: LaneOfLife = { key: ELSEWHERE, order: Infinity, events: [], organisations: [] };
  const events = store.of("event").sort(byStart);
  const organisations = store.of("organisation").sort(byStart);
  for (const event of events) (byKey.get(event.content.lane) ?? elsewhere).events.push(event);
  for (const one of organisations) (byKey.get(one.content.lane) ?? elsewhere).organisations.push(one);
  const isElsewhere = elsewhere.events.length + elsewhere.organisations.length > 0;
  const effects = { helped: 0, hindered: 0, trapped: 0, nothing: 0 };
  for (const { content } of events) effects[content.effect] += 1;
  const extent = extentOfAll([...events, ...organisations], now);
  return { lanes: isElsewhere ? [...lanes, elsewhere] : lanes, extent, events: events.length, effects };
}

/** The six domains and the lanes of one's own, in the order that the resident gave them. */
export function lanesOf(own: Entry<Lane>[]): LaneOfLife[] {
  const lanes = DOMAINS.map((domain, at): LaneOfLife => ({ key: domain, domain, order: at * ORDER_STEP, events: [], organisations: [] }));
  for (const { id, content } of own) {
    const { name, order, domain } = content;
    const standing = lanes.find((lane) => lane.key === domain);
    if (standing) Object.assign(standing, { id, order, ...(name ? { name } : {}) });
    else lanes.push({ key: id, id, name, order, events: [], organisations: [] });
  }
  return lanes.sort((one, other) => one.order - other.order);
}

/** When an event or organisation began and ended; what has no end goes on until today. */
export function lasting({ from, until }: { from: string; until?: string }, now: number): Extent {
  const begun = extentOf(from);
  return { from: begun.from, until: until ? extentOf(until).until : Math.max(now, begun.until) };
}

function extentOfAll(things: Entry<Happening | Organisation>[], now: number): Extent | undefined {
  if (!things.length) return undefined;
  const all = things.map(({ content }) => (content.kind === "event" ? happened(content) : lasting(content, now)));
  return { from: Math.min(...all.map(({ from }) => from)), until: Math.max(...all.map(({ until }) => until)) };
}

/** An event without an end is over at once. */
export function happened({ from, until }: Happening): Extent {
  const begun = extentOf(from);
  return { from: begun.from, until: Math.max(begun.until, until ? extentOf(until).until : 0) };
}

function byStart(one: Entry<Happening | Organisation>, other: Entry<Happening | Organisation>): number {
  return extentOf(one.content.from).from - extentOf(other.content.from).from || one.at.localeCompare(other.at);
}
