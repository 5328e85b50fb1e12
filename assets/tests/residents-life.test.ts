import { describe, expect, it } from "vitest";
import type { Content, Effect } from "../src/residents/contents";
import { beadsOf } from "../src/residents/life/beads";
import { frameOf, ground } from "../src/residents/life/frame";
import { place, wrapped, type Wanted } from "../src/residents/life/labels";
import { lay } from "../src/residents/life/layout";
import { dayOf, extentOf, momentAt, momentOf, spoken } from "../src/residents/life/moments";
import { ELSEWHERE, lanesOf, lifeOf } from "../src/residents/life/reading";
import { rowsOf } from "../src/residents/life/rows";
import { dayAt, fitted, kept, ticks, x, zoomed } from "../src/residents/life/scale";
import { grouped, spread } from "../src/residents/life/spreading";
import { thread, type Stay } from "../src/residents/life/thread";
import { neighbour, stops } from "../src/residents/life/walking";
import { Memory } from "../src/residents/memory";

const NOW = dayOf(2026, 11, 23);
/** Every letter is eight wide: what fits can be reckoned by hand. */
const measure = (words: string) => words.length * 8;

function event(from: string, effect: Effect = "helped", more: object = {}): Content {
  return { kind: "event", title: "Verhuisd", lane: "housing", from, effect, turning: false, ...more };
}

function lifeWith(things: Record<string, Content>) {
  return lifeOf(new Memory(things), NOW);
}

describe("a moment", () => {
  it("means a day, a month or a year, as far as somebody knows", () => {
    expect(extentOf("2019-04-30")).toEqual({ from: dayOf(2019, 4, 30), until: dayOf(2019, 5, 1) });
    expect(extentOf("2020-02")).toEqual({ from: dayOf(2020, 2, 1), until: dayOf(2020, 3, 1) });
    expect(extentOf("2019").until - extentOf("2019").from).toBe(365);
  });

  it("is said in the reader's language, no more precisely than it is known", () => {
    expect(["2019", "2019-04", "2019-04-30"].map((moment) => spoken(moment, "nl"))).toEqual(["2019", "april 2019", "30 april 2019"]);
    expect(spoken("2019-04-30", "en")).toBe("30 April 2019");
  });

  it("comes from what was typed, and from nothing that is no day", () => {
    expect(momentOf({ year: "2019", month: "4", day: "" })).toBe("2019-04");
    expect(momentOf({ year: "2019", month: "04", day: "3" })).toBe("2019-04-03");
    const wrong = [["2019", "02", "30"], ["2019", "", "3"], ["19", "", ""], ["2019", "13", ""], ["jaar", "", ""], ["1899", "", ""]];
    for (const [year, month, day] of wrong) expect(momentOf({ year: year!, month: month!, day: day! })).toBeUndefined();
  });

  it("of a day is as precise as one could see", () => {
    expect(momentAt(dayOf(2019, 4, 30), "year")).toBe("2019");
    expect(momentAt(dayOf(2019, 4, 30) + 0.7, "day")).toBe("2019-04-30");
  });
});

describe("the scale", () => {
  const extent = { from: dayOf(2000), until: dayOf(2020) };

  it("shows a whole life between its margins", () => {
    const scale = fitted(extent, 1000, 100);
    expect(x(scale, extent.from)).toBeCloseTo(100);
    expect(x(scale, extent.until)).toBeCloseTo(900);
  });

  it("keeps the day under the hand where it is while one comes nearer", () => {
    const scale = fitted(extent, 1000, 100);
    const nearer = zoomed(scale, 2.5, 340, 1000);
    expect(dayAt(nearer, 340)).toBeCloseTo(dayAt(scale, 340));
    expect(nearer.perDay).toBeCloseTo(2.5 * scale.perDay);
  });

  it("never loses the life out of sight, and goes no nearer than days", () => {
    expect(kept({ start: dayOf(1900), perDay: 1 }, extent, 1000).start).toBe(extent.from - 500);
    expect(zoomed({ start: 0, perDay: 80 }, 100, 0, 1000).perDay).toBe(90);
  });

  it("marks years, months or days, as there is room", () => {
    const said = (perDay: number, from: number, until: number) => ticks(perDay, { from, until }, "nl").map(({ words }) => words);
    expect(said(0.2, dayOf(2000), dayOf(2003))).toEqual(["2000", "2001", "2002"]);
    expect(said(0.05, dayOf(2003), dayOf(2015))).toEqual(["2000", "2005", "2010"]);
    expect(said(3, dayOf(2019, 12, 2), dayOf(2020, 3, 1))).toEqual(["dec", "2020", "feb"]);
    expect(said(70, dayOf(2020, 3, 1), dayOf(2020, 3, 4))).toEqual(["1 mrt", "2 mrt", "3 mrt"]);
  });
});

describe("a life", () => {
  it("has the six lanes, and those of the resident in their order", () => {
    const memory = new Memory({
      work: { kind: "lane", name: "Mijn werk", order: -1, domain: "work" },
      music: { kind: "lane", name: "Muziek", order: 15 },
    });
    const names = lanesOf(memory.of("lane")).map(({ key, name }) => name ?? key);
    expect(names).toEqual(["Mijn werk", "housing", "care", "Muziek", "education", "benefits", "pension"]);
  });

  it("still shows what stands in a lane that is gone", () => {
    const life = lifeWith({ one: event("2019", "helped", { lane: "gone" }) });
    expect(life.lanes.at(-1)).toMatchObject({ key: ELSEWHERE, events: [{ id: "one" }] });
  });

  it("lasts from the first thing until the last, and what goes on until today", () => {
    const life = lifeWith({ one: event("2010-05"), two: { kind: "organisation", name: "Huisarts", lane: "care", from: "2015" } });
    expect(life.extent).toEqual({ from: dayOf(2010, 5, 1), until: NOW });
    expect(lifeWith({}).extent).toBeUndefined();
  });
});

describe("spans", () => {
  it("never cover each other, and take the first row in which there is room", () => {
    const spans = [{ from: 0, until: 10 }, { from: 2, until: 5 }, { from: 5, until: 7 }, { from: 10, until: 12 }];
    expect(rowsOf(spans)).toEqual({ rows: [0, 1, 1, 0], count: 2 });
  });
});

describe("dots that stand close", () => {
  it("move apart evenly, and no farther than is needed", () => {
    expect(spread([0, 10, 100], [0, 20, 20])).toEqual([-5, 15, 100]);
    expect(spread([0, 50], [0, 20])).toEqual([0, 50]);
  });

  it("keep their order and their distance, whatever stands where", () => {
    for (let seed = 1; seed < 60; seed += 1) {
      const wanted = Array.from({ length: 12 }, (_none, at) => ((at + 1) * seed * 7919) % 400).sort((one, other) => one - other);
      const placed = spread(wanted, wanted.map(() => 20));
      for (let at = 1; at < placed.length; at += 1) expect(placed[at]! - placed[at - 1]!).toBeGreaterThanOrEqual(20 - 1e-9);
    }
  });

  it("are taken together where moving would bring them far from their day", () => {
    const things = [0, 1, 2, 3, 4, 5, 300];
    const groups = grouped(things, (at) => at, () => 26, 30);
    expect(groups.length).toBeLessThan(things.length);
    expect(groups.flatMap(({ members }) => members)).toEqual(things);
    expect(groups.at(-1)).toEqual({ members: [300], at: 300 });
  });
});

describe("the thread", () => {
  const stay = (from: number, lift: number, until = from, loops = 0): Stay => ({ from, until, lift, loops });

  it("rises where something helped, and comes back to the level", () => {
    const { stays, level } = thread([stay(100, -20)], 50, 0, 200);
    expect(stays[0]).toBe("M74 50C87 50 87 30 100 30C113 30 113 50 126 50");
    expect(level).toBe("M0 50H74M126 50H200");
  });

  it("goes from one to the next without touching the level where they stand close", () => {
    const { stays, level } = thread([stay(100, -20), stay(130, 20)], 50, 0, 200);
    expect(stays[0]).toContain("115 50");
    expect(stays[1]!.startsWith("M115 50")).toBe(true);
    expect(level).toBe("M0 50H74M156 50H200");
  });

  it("turns round as often as somebody was held", () => {
    const turns = (loops: number) => thread([stay(100, 0, 200, loops)], 50, 0, 300).stays[0]!.match(/C/g)!.length / 2;
    expect([1, 3].map(turns)).toEqual([1, 3]);
  });
});

describe("words", () => {
  const wanted = (at: number, weight = 1, title = "Verhuisd"): Wanted => ({ at, side: "above", title, weight });

  it("are broken between words, and shortened by whole words", () => {
    expect(wrapped("een twee drie", 72, 2, measure)).toEqual(["een twee", "drie"]);
    expect(wrapped("een twee drie vier", 72, 1, measure)).toEqual(["een twee…"]);
  });

  it("never stand over each other, and the weightiest get room first", () => {
    const placed = place([wanted(100), wanted(110, 9)], { above: 1, below: 0 }, measure, 15);
    expect(placed.map((one) => one?.title)).toEqual([undefined, ["Verhuisd"]]);
  });

  it("stand farther away where there is a second line, and leave out how it felt sooner than what it was", () => {
    const placed = place([wanted(100), wanted(110, 9)], { above: 2, below: 0 }, measure, 15);
    expect(placed.map((one) => one?.offset)).toEqual([1, 0]);
    const felt = place([{ ...wanted(100), felt: "Eindelijk rust." }], { above: 1, below: 0 }, measure, 15);
    expect(felt[0]).toMatchObject({ title: ["Verhuisd"], felt: [] });
  });
});

describe("a laid out life", () => {
  const things = {
    flat: event("2009-05", "helped", { turning: true, felt: "Eindelijk een deur." }),
    claim: event("2014-02-11", "hindered", { lane: "benefits" }),
    held: event("2015-06", "trapped", { lane: "benefits", until: "2019-09" }),
    landlord: { kind: "organisation", name: "Woningcorporatie", lane: "housing", from: "2009-05", waitedDays: 90 } as Content,
  };
  const given = ground(measure, 1000, NOW, { size: 15, isNarrow: false });

  function laidOut(perDay?: number) {
    const life = lifeWith(things);
    const frame = frameOf(life, given);
    const scale = fitted(life.extent!, 1000, 84);
    return { frame, laid: lay(frame, perDay ? { ...scale, perDay } : scale) };
  }

  it("has a helped event above its thread, and what held somebody in loops below it", () => {
    const { laid } = laidOut();
    const [flat] = laid.lanes[0]!.beads;
    expect(flat!.y).toBeLessThan(laid.lanes[0]!.frame.base);
    const held = laid.lanes[4]!.beads.find(({ key }) => key === "held")!;
    expect(held.bead.loops).toBeGreaterThan(3);
    expect(held.y).toBeGreaterThan(laid.lanes[4]!.frame.base);
  });

  it("stands as high however near one looks, so that nothing jumps", () => {
    const tops = (perDay?: number) => laidOut(perDay).frame.lanes.map(({ top, height }) => [top, height]);
    expect(tops(20)).toEqual(tops());
  });

  it("shows waiting before what was waited for, and leaves open what goes on", () => {
    const [bar] = laidOut().laid.lanes[0]!.bars;
    expect(bar!.waited).toBeLessThan(bar!.x);
    expect(bar!.isOpen).toBe(true);
  });

  it("can be walked through: along a lane, and to the next lane that holds something", () => {
    const all = stops(laidOut().laid);
    const flat = all.find(({ key }) => key === "flat")!;
    expect(neighbour(all, flat, "ArrowDown")?.lane).toBe(4);
    expect(neighbour(all, flat, "ArrowUp")).toBeUndefined();
    expect(all.filter(({ lane }) => lane === 4).map(({ key }) => key)).toEqual(["claim", "held"]);
    expect(neighbour(all, flat, "Tab")).toBeUndefined();
  });

  it("draws every event once, however many stand together", () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_none, at) => [`e${at}`, event(`20${10 + (at % 9)}-0${1 + (at % 9)}`, at % 2 ? "helped" : "trapped")]));
    const life = lifeWith(many);
    for (const width of [320, 1000]) {
      const beads = beadsOf(life.lanes[0]!, fitted(life.extent!, width, 84));
      expect(new Set(beads.flatMap(({ events }) => events.map(({ id }) => id))).size).toBe(120);
      for (let at = 1; at < beads.length; at += 1) expect(beads[at]!.from).toBeGreaterThan(beads[at - 1]!.from);
    }
  });
});
