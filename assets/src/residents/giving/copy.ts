/* The copy of a life that can be given for learning: no words, names or days, and no order of events beyond which
 * difficulty came first. docs/reference/donated-lives.md tells the form; the workbench takes nothing else. */
import type { Domain, Effect, Happening, Influence } from "../contents";
import { firstDay, lastDay } from "../figures/moments";
import { systemOf } from "../influence/systems";
import { domainOf } from "../lanes";
import type { Entry, Store } from "../store";

export const FORM = 1;
export const SORTS = ["municipality", "care", "welfare", "debt_help", "education", "work", "tenants", "housing", "other"] as const;
export type Sort = (typeof SORTS)[number] | "none" | "unsaid";
export type Length = "moment" | "months" | "years";

/** What one system, by an organisation of some sort, did. `order` is "first" for the first that hindered or held in. */
export interface GivenEffect {
  domain: Domain;
  sort: Sort;
  effect: Effect;
  order: "first" | "later";
  length: Length;
}

export interface GivenInfluence {
  from: Domain;
  to: Domain;
  how: Influence["how"];
}

export interface GivenChance {
  domain: Domain;
  sort: Sort;
}

export interface Copy {
  form: typeof FORM;
  effects: GivenEffect[];
  influences: GivenInfluence[];
  chances: GivenChance[];
}

const MONTH_DAYS = 31;
const YEAR_DAYS = 365;

/** Make the copy. `sorts` has the sort of each organisation, by its id, as far as the resident said it. */
export function copyOf(store: Store, sorts: ReadonlyMap<string, Sort>): Copy {
  const events = store.of("event").filter(({ content }) => domainOf(content.lane, store));
  const first = firstOf(events.filter(isDifficult));
  return {
    form: FORM,
    effects: once(events.flatMap((event) => effectOf(event, event === first, store, sorts))),
    influences: once(store.of("influence").flatMap(({ content }) => influenceOf(content, store))),
    chances: once(
      store.of("chance").flatMap(({ content }) => {
        const event = events.find(({ id }) => id === content.event);
        const domain = event && isDifficult(event) ? domainOf(event.content.lane, store) : undefined;
        return domain ? content.offers.map(({ sort }) => ({ domain, sort: known(sort) })) : [];
      }),
    ),
  };
}

/** Whether there is anything in it to learn from. */
export function isEmpty({ effects, influences, chances }: Copy): boolean {
  return !effects.length && !influences.length && !chances.length;
}

/** How long something lasted, in three classes; without an end it was a moment. */
export function lengthOf({ from, until }: Pick<Happening, "from" | "until">): Length {
  if (until === undefined) return "moment";
  const days = lastDay(until) - firstDay(from) + 1;
  if (days <= MONTH_DAYS) return "moment";
  return days <= YEAR_DAYS ? "months" : "years";
}

function effectOf({ content }: Entry<Happening>, isFirst: boolean, store: Store, sorts: ReadonlyMap<string, Sort>): GivenEffect[] {
  const domain = domainOf(content.lane, store);
  if (!domain) return [];
  const { organisation, effect } = content;
  const sort = organisation === undefined ? "none" : (sorts.get(organisation) ?? "unsaid");
  return [{ domain, sort, effect, order: isFirst ? "first" : "later", length: lengthOf(content) }];
}

function influenceOf({ from, to, how }: Influence, store: Store): GivenInfluence[] {
  const [begin, end] = [systemOf(from, store), systemOf(to, store)];
  return begin && end ? [{ from: begin, to: end, how }] : [];
}

function isDifficult({ content }: Entry<Happening>): boolean {
  return content.effect === "hindered" || content.effect === "trapped";
}

function firstOf(events: readonly Entry<Happening>[]): Entry<Happening> | undefined {
  return [...events].sort((one, other) => firstDay(one.content.from) - firstDay(other.content.from))[0];
}

function known(sort: string): Sort {
  return SORTS.find((one) => one === sort) ?? "unsaid";
}

/** Each row once, and in an order that tells nothing of when it was. */
function once<Row extends object>(rows: readonly Row[]): Row[] {
  const found = new Map(rows.map((row) => [JSON.stringify(row), row]));
  return [...found.keys()].sort().map((key) => found.get(key)!);
}
