/* What is said about a life in words: for the list, for who hears the map, and the sentence that opens it. */
import type { Effect, Happening, Organisation } from "../contents";
import type { Texts } from "../texts";
import { dateOf, formatted, momentAt, spoken } from "./moments";
import { ELSEWHERE, type LaneOfLife, type Life } from "./reading";

const SHOWN_EFFECTS: readonly Effect[] = ["helped", "hindered", "trapped"];

export function laneName({ key, name, domain }: LaneOfLife, texts: Texts): string {
  if (name) return name;
  const words = key === ELSEWHERE ? texts.say("life.elsewhere") : texts.say(`domain.${domain}`);
  return capital(words);
}

/** "april 2019", or "april 2019 – juni 2020". */
export function when({ from, until }: { from: string; until?: string }, texts: Texts): string {
  const begun = spoken(from, texts.language);
  return until && until !== from ? texts.say("life.from_until", { from: begun, until: spoken(until, texts.language) }) : begun;
}

/** When an organisation was there; what has no end is still there. */
export function whenThere({ from, until }: Organisation, texts: Texts): string {
  return until ? when({ from, until }, texts) : texts.say("life.since", { from: spoken(from, texts.language) });
}

/** An event in one breath. */
export function eventWords(event: Happening, lane: string, texts: Texts): string {
  return [
    `${when(event, texts)}: ${event.title}`,
    `${lane}, ${texts.say(`effect.${event.effect}`)}`,
    ...(event.turning ? [capital(texts.say("life.turning"))] : []),
    ...(event.felt ? [event.felt] : []),
  ].join(". ");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function organisationWords(organisation: Organisation, lane: string, texts: Texts): string {
  const { name, waitedDays } = organisation;
  const waited = waitedDays ? [texts.count("life.waited", waitedDays)] : [];
  return [`${name}: ${whenThere(organisation, texts)}`, lane, ...waited].join(". ");
}

/** How many things happened, since when, and what they did. */
export function sentence({ extent, events, effects, lanes }: Life, texts: Texts): string {
  const organisations = lanes.reduce((sum, lane) => sum + lane.organisations.length, 0);
  if (!extent) return texts.say("life.empty");
  const since = texts.say("life.since_year", { year: dateOf(extent.from).getUTCFullYear() });
  const counted = texts.say("life.counted", {
    events: texts.count("life.events", events),
    organisations: texts.count("life.organisations", organisations),
  });
  const told = SHOWN_EFFECTS.filter((effect) => effects[effect]).map((effect) => texts.count(`life.times_${effect}`, effects[effect]));
  return [`${since} ${counted}`, told.length ? `${texts.say("life.so", { list: listed(told, texts.language) })}` : ""].join(" ").trim();
}

function listed(parts: string[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(parts);
}

/** The days that are in sight, as precisely as they can be seen. */
export function inSight(from: number, until: number, texts: Texts): string {
  const precision = until - from > 5 * 365 ? "year" : until - from > 70 ? "month" : "day";
  const [first, last] = [momentAt(from, precision), momentAt(until, precision)].map((moment) => spoken(moment, texts.language));
  return texts.say("life.in_sight", { from: first!, until: last! });
}

/** The day on which something was written. */
export function writtenOn(at: string, language: string): string {
  const options = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return formatted(new Date(at), language, options);
}
