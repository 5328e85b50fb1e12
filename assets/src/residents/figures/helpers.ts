/* What it took to be helped: counted from the map, in the browser. docs/reference/donated-lives.md tells how. */
import type { Influence, Moment, Organisation } from "../contents";
import { firstDay, lastDay, notBefore } from "./moments";

/** Two organisations in a lane are a hand-over when not more than so many days lie between them. */
export const HAND_OVER_DAYS = 365;

export interface Waiting {
  days: number;
  longest: number;
  /** How many organisations have a wait on the map, and how many have none. */
  told: number;
  untold: number;
}

export interface Helpers {
  organisations: number;
  now: number;
  atOnce: number;
  handOvers: number;
  returns: number;
  waiting: Waiting;
}

/** Every figure on organisations. An organisation that is on the map twice by one name is one. */
export function helpers(organisations: readonly Organisation[], day: Moment): Helpers {
  return {
    organisations: names(organisations).size,
    now: names(organisations.filter((one) => runsOn(one, day))).size,
    atOnce: mostAtOnce(organisations, day),
    handOvers: handOvers(organisations),
    returns: returns(organisations),
    waiting: waiting(organisations),
  };
}

/** How many organisations there were at the busiest moment, at most: a year counts as all of its days. */
export function mostAtOnce(organisations: readonly Organisation[], day: Moment): number {
  let most = 0;
  for (const { from } of organisations) {
    const start = firstDay(from);
    const there = organisations.filter((one) => firstDay(one.from) <= start && start <= lastDay(one.until ?? day));
    most = Math.max(most, names(there).size);
  }
  return most;
}

/** How often one organisation took over from another: in one lane, after it, within a year. */
export function handOvers(organisations: readonly Organisation[]): number {
  return organisations.filter((next) =>
    organisations.some((before) => before.lane === next.lane && key(before) !== key(next) && follows(next, before)),
  ).length;
}

/** How often somebody came back to an organisation that had ended. */
export function returns(organisations: readonly Organisation[]): number {
  return organisations.filter((next) =>
    organisations.some(
      (before) => before !== next && key(before) === key(next) && before.until !== undefined && isAfter(next, before),
    ),
  ).length;
}

/** How long was waited, as far as it stands on the map. */
export function waiting(organisations: readonly Organisation[]): Waiting {
  const days = organisations.flatMap(({ waitedDays }) => (waitedDays === undefined ? [] : [waitedDays]));
  return {
    days: days.reduce((sum, one) => sum + one, 0),
    longest: Math.max(0, ...days),
    told: days.length,
    untold: organisations.length - days.length,
  };
}

/** The circles in which one thing kept another going: events that lead back to themselves, by their ids.
 *
 * Only influences that hindered or held in count. Circles that share an event are one.
 */
export function circles(influences: readonly Influence[]): string[][] {
  const onward = new Map<string, string[]>();
  for (const { from, to, how } of influences) {
    if (how !== "helped") onward.set(from, [...(onward.get(from) ?? []), to]);
  }
  const reached = new Map([...onward.keys()].map((start) => [start, reachableFrom(start, onward)]));
  const found: string[][] = [];
  for (const [event, others] of reached) {
    if (!others.has(event) || found.some((circle) => circle.includes(event))) continue;
    found.push([...others].filter((other) => reached.get(other)?.has(event)));
  }
  return found;
}

function reachableFrom(start: string, onward: Map<string, string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [...(onward.get(start) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(onward.get(next) ?? []));
  }
  return seen;
}

function follows(next: Organisation, before: Organisation): boolean {
  return before.until !== undefined && isAfter(next, before) && firstDay(next.from) - lastDay(before.until) <= HAND_OVER_DAYS;
}

function isAfter(next: Organisation, before: Organisation): boolean {
  return before.from !== next.from && notBefore(next.from, before.from) && notBefore(next.from, before.until!);
}

function runsOn({ from, until }: Organisation, day: Moment): boolean {
  return firstDay(from) <= lastDay(day) && (until === undefined || lastDay(until) >= firstDay(day));
}

function names(organisations: readonly Organisation[]): Set<string> {
  return new Set(organisations.map(key));
}

function key({ name }: Organisation): string {
  return name.trim().toLocaleLowerCase().replace(/\s+/g, " ");
}
