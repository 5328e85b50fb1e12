import { expect, it } from "vitest";
import { chanceIn } from "../src/residents/chances/mount";
import { near, type Offer } from "../src/residents/chances/offers";
import { sidesOf } from "../src/residents/chances/drawing";
import type { Domain, Effect, Happening, Influence } from "../src/residents/contents";
import { arcsOf, wrapped } from "../src/residents/influence/arcs";
import { influenceIn } from "../src/residents/influence/mount";
import { between } from "../src/residents/influence/systems";
import { Memory } from "../src/residents/memory";
import { wishedFor, wishIn } from "../src/residents/people/lists";
import { valueIn } from "../src/residents/values/mount";

const happened = (title: string, lane: string, effect: Effect = "hindered"): Happening => ({ kind: "event", title, lane, from: "2019", effect, turning: false });
const form = (fields: Record<string, string | string[]>): FormData => {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value);
  return data;
};
const offer = (key: string, domain: Domain, wait: number | null): Offer => ({
  key, name: key, description: "", for_whom: "", domain, wait_days: wait, email: "", phone: "",
  organisation: { key: "o", name: "Buurtwerk", kind: "welfare", website: "", phone: "" },
});
const names = ["Ontslag", "Huurachterstand", "Bewind"].map((title) => ({ id: title, title, below: "2019" }));
const influence = (from: string, to: string, how: Influence["how"]): { id: string; content: Influence } => ({ id: from + to + how, content: { kind: "influence", from, to, how } });

it("puts what helped at the right and what hindered at the left", () => {
  const { arcs, left, right } = arcsOf(names, [influence("Ontslag", "Huurachterstand", "hindered"), influence("Bewind", "Huurachterstand", "helped")], 600);
  expect(arcs[0]!.mark.x).toBeLessThan(left);
  expect(arcs[1]!.mark.x).toBeGreaterThan(right);
});

it.each([280, 320, 760])("stays within a width of %i", (width) => {
  const many = Array.from({ length: 40 }, (_, at) => ({ id: `${at}`, title: `Een gebeurtenis met veel woorden ${at}`, below: "2019" }));
  const { arcs, rows } = arcsOf(many, [influence("0", "39", "trapped"), influence("0", "39", "helped")], width);
  for (const { mark } of arcs) {
    expect(mark.x).toBeGreaterThan(0);
    expect(mark.x).toBeLessThan(width);
  }
  expect(rows.every((row, at) => at === 0 || row.top >= rows[at - 1]!.top + rows[at - 1]!.height)).toBe(true);
});

it("leaves out an influence of which an event is gone", () => {
  expect(arcsOf(names, [influence("Ontslag", "weg", "helped"), influence("Ontslag", "Ontslag", "helped")], 600).arcs).toEqual([]);
});

it("parts words into lines, and cuts what is too long", () => {
  expect(wrapped("een twee drie vier", 9, 2)).toEqual(["een twee", "drie vier"]);
  expect(wrapped("een twee drie vier vijf", 9, 2)).toEqual(["een twee", "drie vie…"]);
  expect(wrapped("arbeidsongeschiktheidsverzekering", 10)).toEqual(["arbeidson…"]);
});

it("reads an influence only between two things", () => {
  expect(influenceIn(form({ from: "a", to: "b", how: "trapped", words: " zo ging het " }))).toEqual({ kind: "influence", from: "a", to: "b", how: "trapped", words: "zo ging het" });
  expect(influenceIn(form({ from: "a", to: "a", how: "helped" }))).toBeUndefined();
  expect(influenceIn(form({ from: "a", to: "b", how: "nothing" }))).toBeUndefined();
});

it("adds influences up between systems, through lanes of somebody's own", async () => {
  const store = new Memory();
  const lane = await store.put({ kind: "lane", name: "Mijn geld", order: 1, domain: "benefits" });
  const own = await store.put({ kind: "lane", name: "Muziek", order: 2 });
  const [debt, job, song] = [await store.put(happened("Schuld", lane.id)), await store.put(happened("Baan weg", "work")), await store.put(happened("Koor", own.id))];
  for (const words of ["een", "twee"]) await store.put({ kind: "influence", from: job.id, to: debt.id, how: "hindered", words });
  await store.put({ kind: "influence", from: song.id, to: debt.id, how: "helped" });
  expect(between(store)).toEqual([{ from: "work", to: "benefits", how: "hindered", times: 2 }]);
});

it("shows who is near in one system, the shortest wait first and an unknown wait last", () => {
  const offers = [offer("b", "care", 30), offer("a", "care", null), offer("c", "work", 1), offer("d", "care", 5)];
  expect(near(offers, "care").map(({ key }) => key)).toEqual(["d", "b", "a"]);
  expect(near(offers, undefined)).toHaveLength(4);
});

it("keeps what was ticked with its name, so that it can be read when the offer is gone", () => {
  const offered = { key: "k", name: "Budgetcoach", by: "Buurtwerk", sort: "welfare" };
  const known = new Map([["k", offered]]);
  expect(chanceIn(form({ words: "Samen bellen", offers: ["k", "onbekend"], tried: "" }), "e", known)).toEqual({ kind: "chance", event: "e", words: "Samen bellen", offers: [offered] });
  expect(chanceIn(form({ words: " ", offers: "k" }), "e", known)).toBeUndefined();
});

it("draws each line from what hindered to an organisation once", async () => {
  const store = new Memory();
  const event = await store.put(happened("Huurachterstand", "housing"));
  const offered = { key: "k", name: "Budgetcoach", by: "Buurtwerk", sort: "welfare" };
  await store.put({ kind: "chance", event: event.id, words: "Samen bellen", offers: [offered, { ...offered, key: "l", name: "Formulieren" }] });
  await store.put({ kind: "chance", event: "weg", words: "Los", offers: [offered] });
  expect(sidesOf(store)).toEqual({ events: ["Huurachterstand"], partners: ["Buurtwerk"], links: [{ event: "Huurachterstand", with: "Buurtwerk" }] });
});

it("needs words for a value and a wish, and never a theme", () => {
  expect(valueIn("De merel", "beauty")).toEqual({ kind: "value", words: "De merel", theme: "beauty" });
  expect(valueIn("De merel", "anders")).toEqual({ kind: "value", words: "De merel" });
  expect(valueIn("", "beauty")).toBeUndefined();
  expect(wishIn("Weer fietsen", "", "2026-11-23")).toEqual({ kind: "wish", words: "Weer fietsen", written: "2026-11-23" });
  expect(wishedFor("2026-11-23")).toBe("2027-11");
});
