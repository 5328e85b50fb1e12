/* When something was: a day, a month or a year, as far as somebody knows, and what that means in days. */
import type { Moment } from "../contents";

/** Days since 1970: from the first until (and without) the last. */
export interface Extent {
  from: number;
  until: number;
}

/** What somebody typed of a moment: a year, perhaps a month, perhaps a day. */
export interface Parts {
  year: string;
  month: string;
  day: string;
}

export type Precision = "day" | "month" | "year";

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const MS_A_DAY = 86_400_000;
export const EARLIEST_YEAR = 1900;
export const LATEST_YEAR = 2199;

/** The day with this number of year, month (from 1) and day. */
export function dayOf(year: number, month = 1, day = 1): number {
  return Math.round(Date.UTC(year, month - 1, day) / MS_A_DAY);
}

/** The date of a day's number, to be read in UTC. */
export function dateOf(day: number): Date {
  return new Date(Math.floor(day) * MS_A_DAY);
}

/** Today, where the reader is. */
export function today(now = new Date()): number {
  return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

export function partsOf(moment: Moment): Parts {
  const [, year = "", month = "", day = ""] = FORM.exec(moment) ?? [];
  return { year, month, day };
}

export function precisionOf(moment: Moment): Precision {
  const { month, day } = partsOf(moment);
  return day ? "day" : month ? "month" : "year";
}

/** All days that a moment may mean. */
export function extentOf(moment: Moment): Extent {
  const { year, month, day } = partsOf(moment);
  const [y, m] = [Number(year), Number(month)];
  if (day) return { from: dayOf(y, m, Number(day)), until: dayOf(y, m, Number(day)) + 1 };
  if (month) return { from: dayOf(y, m), until: dayOf(y, m + 1) };
  return { from: dayOf(y), until: dayOf(y + 1) };
}

/** A moment from what was typed; none where there is no such day. */
export function momentOf({ year, month, day }: Parts): Moment | undefined {
  const y = Number(year);
  if (!/^\d{4}$/.test(year) || y < EARLIEST_YEAR || y > LATEST_YEAR || (day && !month)) return undefined;
  const moment = [year, ...(month ? [month.padStart(2, "0")] : []), ...(day ? [day.padStart(2, "0")] : [])].join("-");
  if (!FORM.test(moment)) return undefined;
  const date = dateOf(dayOf(y, Number(month || 1), Number(day || 1)));
  const isThere = date.getUTCMonth() + 1 === Number(month || 1) && date.getUTCDate() === Number(day || 1);
  return isThere ? moment : undefined;
}

/** The moment of a day, as precisely as is asked. */
export function momentAt(day: number, precision: Precision): Moment {
  const whole = dateOf(day).toISOString().slice(0, 10);
  return whole.slice(0, { day: 10, month: 7, year: 4 }[precision]);
}

/** "30 april 2019", "april 2019" or "2019". */
export function spoken(moment: Moment, language: string): string {
  const precision = precisionOf(moment);
  if (precision === "year") return moment;
  const month = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return formatted(dateOf(extentOf(moment).from), language, precision === "day" ? { ...month, day: "numeric" } : month);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

export function formatted(date: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options);
  let format = FORMATS.get(key);
  if (!format) FORMATS.set(key, (format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options)));
  return format.format(date);
}
