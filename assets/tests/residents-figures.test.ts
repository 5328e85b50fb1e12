import { expect, it } from "vitest";
import type { Influence, Organisation } from "../src/residents/contents";
import { circles, handOvers, helpers, mostAtOnce, returns, waiting } from "../src/residents/figures/helpers";
import { firstDay, lastDay, notBefore } from "../src/residents/figures/moments";

const at = (name: string, lane: string, from: string, until?: string, waitedDays?: number): Organisation => ({
  kind: "organisation", name, lane, from, ...(until && { until }), ...(waitedDays !== undefined && { waitedDays }),
});
const led = (from: string, to: string, how: Influence["how"] = "hindered"): Influence => ({ kind: "influence", from, to, how });
const TODAY = "2026-11-23";

it("knows the first and last day of a year, a month and a day", () => {
  expect(lastDay("2019") - firstDay("2019") + 1).toBe(365);
  expect(lastDay("2024-02") - firstDay("2024-02") + 1).toBe(29);
  expect(lastDay("2024-12") + 1).toBe(firstDay("2025-01-01"));
  expect(lastDay("2024-02-03")).toBe(firstDay("2024-02-03"));
});

it("compares moments as far as both are known", () => {
  expect(notBefore("2019-04", "2019")).toBe(true);
  expect(notBefore("2019", "2019-04-30")).toBe(true);
  expect(notBefore("2019-03", "2019-04-30")).toBe(false);
});

it("counts an organisation that stands there twice once, however it was typed", () => {
  const found = helpers([at("Wijkteam", "care", "2018", "2019"), at("wijkteam ", "benefits", "2021"), at("UWV", "work", "2020")], TODAY);
  expect(found).toMatchObject({ organisations: 2, now: 2 });
});

it("counts who were there at the busiest moment", () => {
  const all = [at("A", "care", "2018", "2020"), at("B", "work", "2019-06", "2019-07"), at("C", "care", "2020-02", "2021"), at("D", "care", "2023")];
  expect(mostAtOnce(all, TODAY)).toBe(2);
  expect(mostAtOnce([...all, at("E", "work", "2020-03-01", "2020-03-01")], TODAY)).toBe(3);
  expect(mostAtOnce([], TODAY)).toBe(0);
});

it("counts a hand-over where another begins in the same lane within a year after one ended", () => {
  const first = at("Schuldhulp", "benefits", "2018-01", "2019-03");
  expect(handOvers([first, at("Bewindvoerder", "benefits", "2019-09")])).toBe(1);
  expect(handOvers([first, at("Bewindvoerder", "benefits", "2021-01")])).toBe(0);
  expect(handOvers([first, at("GGZ", "care", "2019-09")])).toBe(0);
  expect(handOvers([first, at("Schuldhulp", "benefits", "2019-09")])).toBe(0);
  expect(handOvers([at("Schuldhulp", "benefits", "2018-01"), at("Bewindvoerder", "benefits", "2019-09")])).toBe(0);
});

it("counts coming back to an organisation that had ended", () => {
  expect(returns([at("GGZ", "care", "2016", "2017"), at("GGZ", "care", "2019", "2020"), at("ggz", "care", "2022")])).toBe(2);
  expect(returns([at("GGZ", "care", "2016"), at("GGZ", "care", "2019")])).toBe(0);
});

it("adds up the waiting that is known, and says of how many it is not", () => {
  expect(waiting([at("A", "care", "2018", "2019", 90), at("B", "care", "2019", "2020", 0), at("C", "work", "2019")])).toEqual({
    days: 90, longest: 90, told: 2, untold: 1,
  });
});

it("finds circles of what hindered, and none in what helped or only leads on", () => {
  expect(circles([led("debt", "stress"), led("stress", "illness"), led("illness", "debt", "trapped"), led("debt", "letters")])).toEqual([
    expect.arrayContaining(["debt", "stress", "illness"]),
  ]);
  expect(circles([led("a", "b"), led("b", "a", "helped"), led("b", "c")])).toEqual([]);
});

it("takes circles that share an event for one, and others apart", () => {
  expect(circles([led("a", "b"), led("b", "a"), led("b", "c"), led("c", "b"), led("x", "y"), led("y", "x")])).toHaveLength(2);
});
