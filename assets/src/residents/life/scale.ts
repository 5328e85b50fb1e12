/* Time from left to right: where a day stands, how near one looks, and the marks along it. */
import { dateOf, dayOf, formatted, type Extent } from "./moments";

/** The day at the left edge, and how wide a day is. */
export interface Scale {
  start: number;
  perDay: number;
}

export interface Tick {
  day: number;
  words: string;
  /** A year among months, or a month among days. */
  strong: boolean;
}

export const NEAREST = 90;
const FARTHEST_YEARS = 130;
const DAYS_A_YEAR = 365.2425;
const TICK_ROOM = 62;

export const x = (scale: Scale, day: number): number => (day - scale.start) * scale.perDay;
export const dayAt = (scale: Scale, at: number): number => scale.start + at / scale.perDay;

/** The whole of an extent in a width, with a margin at both sides. */
export function fitted({ from, until }: Extent, width: number, margin: number): Scale {
  const room = Math.max(width - 2 * margin, 40);
  const perDay = within(room / Math.max(until - from, 1), width);
  const middle = (from + until) / 2;
  return { start: middle - width / 2 / perDay, perDay };
}

/** Nearer or farther, while the day under `at` stays where it is. */
export function zoomed(scale: Scale, factor: number, at: number, width: number): Scale {
  const perDay = within(scale.perDay * factor, width);
  return { start: dayAt(scale, at) - at / perDay, perDay };
}

/** A scale that keeps some of a life in sight. */
export function kept(scale: Scale, life: Extent, width: number): Scale {
  const half = width / 2 / scale.perDay;
  const start = Math.min(Math.max(scale.start, life.from - half), life.until - half);
  return start === scale.start ? scale : { ...scale, start };
}

function within(perDay: number, width: number): number {
  return Math.min(Math.max(perDay, width / (FARTHEST_YEARS * DAYS_A_YEAR)), NEAREST);
}

type Step = { days: number; unit: "day" | "month" | "year"; every: number };
const STEPS: readonly Step[] = [
  { days: 1, unit: "day", every: 1 },
  { days: 7, unit: "day", every: 7 },
  { days: 30.4, unit: "month", every: 1 },
  { days: 91.3, unit: "month", every: 3 },
  ...[1, 2, 5, 10, 20].map((every) => ({ days: every * DAYS_A_YEAR, unit: "year" as const, every })),
];

/** Marks between two days, as close as leaves room for their words. */
export function ticks(perDay: number, { from, until }: Extent, language: string, room = TICK_ROOM): Tick[] {
  const step = STEPS.find(({ days }) => days * perDay >= room) ?? STEPS.at(-1)!;
  const found: Tick[] = [];
  for (let day = first(step, from); day < until; day = after(step, day)) found.push(tick(step, day, language));
  return found;
}

function first({ unit, every }: Step, from: number): number {
  const date = dateOf(from);
  if (unit === "year") return dayOf(Math.floor(date.getUTCFullYear() / every) * every);
  if (unit === "month") return dayOf(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / every) * every + 1);
  return every === 1 ? Math.floor(from) : Math.floor(from) - ((date.getUTCDay() + 6) % 7); // weeks begin on Monday
}

function after({ unit, every }: Step, day: number): number {
  if (unit === "day") return day + every;
  const date = dateOf(day);
  const months = unit === "year" ? every * 12 : every;
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1 + months);
}

function tick({ unit }: Step, day: number, language: string): Tick {
  const date = dateOf(day);
  if (unit === "year") return { day, words: `${date.getUTCFullYear()}`, strong: false };
  const isNewYear = date.getUTCMonth() === 0;
  if (unit === "month") {
    return isNewYear
      ? { day, words: `${date.getUTCFullYear()}`, strong: true }
      : { day, words: formatted(date, language, { month: "short", timeZone: "UTC" }), strong: false };
  }
  const words = formatted(date, language, { day: "numeric", month: "short", timeZone: "UTC" });
  return { day, words, strong: date.getUTCDate() <= 7 };
}
