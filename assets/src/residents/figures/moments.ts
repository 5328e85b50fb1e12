/* Days behind moments that are known to the day, the month or the year only. */
import type { Moment } from "../contents";

const DAY = 86_400_000;

/** The first day a moment can stand for, as a number of days. */
export function firstDay(moment: Moment): number {
  const [year, month = 1, day = 1] = moment.split("-").map(Number);
  return Date.UTC(year!, month - 1, day) / DAY;
}

/** The last day a moment can stand for. */
export function lastDay(moment: Moment): number {
  const [year, month, day] = moment.split("-").map(Number);
  if (month === undefined) return Date.UTC(year! + 1, 0, 1) / DAY - 1;
  if (day === undefined) return Date.UTC(year!, month, 1) / DAY - 1;
  return Date.UTC(year!, month - 1, day) / DAY;
}

/** Whether one moment is not before another, as far as the less precise of the two tells. */
export function notBefore(later: Moment, earlier: Moment): boolean {
  const known = Math.min(later.length, earlier.length);
  return later.slice(0, known) >= earlier.slice(0, known);
}

/** How a moment is said: "30 April 2019", "April 2019" or "2019". */
export function said(moment: Moment, language: string): string {
  if (moment.length === 4) return moment;
  const options: Intl.DateTimeFormatOptions = { month: "long", year: "numeric", timeZone: "UTC" };
  if (moment.length > 7) options.day = "numeric";
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options).format(new Date(firstDay(moment) * DAY));
}

/** Today, as the clock of the device tells it. */
export function today(now = new Date()): Moment {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
