import { describe, expect, it } from "vitest";
import type { Issue, Step } from "../src/residents/contents";
import { Memory } from "../src/residents/memory";
import { addDays, byDomain, dayWritten, inOrder, isSoon, lacksFirstStep, progressOf, todayHere, withState } from "../src/residents/plan/plan";

const TODAY = "2026-11-23";
const issue = (title: string, more: Partial<Issue> = {}): Issue => ({ kind: "issue", title, domain: "benefits", state: "open", ...more });
const step = (of: string, what: string, more: Partial<Step> = {}): Step => ({ kind: "step", issue: of, what, who: "ik", state: "to_do", ...more });

describe("a plan", () => {
  it("stands by domain, in the order of the domains, with what is settled last", async () => {
    const store = new Memory();
    const solved = await store.put(issue("huur", { state: "solved" }));
    const open = await store.put(issue("toeslag"));
    const home = await store.put(issue("schimmel", { domain: "housing" }));
    await store.put(step(open.id, "bellen"));
    const found = byDomain(store);
    expect(found.map(([domain]) => domain)).toEqual(["housing", "benefits"]);
    expect(found[0]![1].map(({ issue }) => issue.id)).toEqual([home.id]);
    expect(found[1]![1].map(({ issue }) => issue.id)).toEqual([open.id, solved.id]);
    expect(found[1]![1][0]!.steps.map(({ content }) => content.what)).toEqual(["bellen"]);
  });

  it("puts open steps first, by when they are due, without a day last", async () => {
    const store = new Memory();
    for (const [what, more] of [["later", { by: "2026-12-24" }], ["ooit", {}], ["klaar", { state: "done", by: "2026-01-01" }], ["eerst", { by: "2026-11-25" }]] as const) {
      await store.put(step("1", what, more));
    }
    expect(inOrder(store.of("step")).map(({ content }) => content.what)).toEqual(["eerst", "later", "ooit", "klaar"]);
  });

  it("asks for a practical step within a week as long as there is none", async () => {
    const store = new Memory();
    expect(lacksFirstStep(store, TODAY)).toBe(false);
    const open = await store.put(issue("toeslag"));
    expect(lacksFirstStep(store, TODAY)).toBe(true);
    const far = await store.put(step(open.id, "later", { by: "2026-12-01" }));
    expect(lacksFirstStep(store, TODAY)).toBe(true);
    await store.put(step(open.id, "bellen", { by: "2026-11-30" }), far.id);
    expect(lacksFirstStep(store, TODAY)).toBe(false);
    await store.put(step(open.id, "bellen", { by: "2026-11-30", state: "done" }), far.id);
    expect(lacksFirstStep(store, TODAY)).toBe(true);
    await store.put(issue("toeslag", { state: "left" }), open.id);
    expect(lacksFirstStep(store, TODAY)).toBe(false);
  });

  it("knows a step of this week from another", () => {
    expect(isSoon(step("1", "x", { by: "2026-11-30" }), TODAY)).toBe(true);
    expect(isSoon(step("1", "x", { by: "2026-12-01" }), TODAY)).toBe(false);
    expect(isSoon(step("1", "x"), TODAY)).toBe(false);
    expect(isSoon(step("1", "x", { by: "2026-11-24", state: "dropped" }), TODAY)).toBe(false);
  });

  it("counts what is done of what is still needed", async () => {
    const store = new Memory();
    for (const state of ["done", "to_do", "dropped", "doing"] as const) await store.put(step("1", state, { state }));
    expect(progressOf(store.of("step"))).toEqual({ done: 1, all: 3 });
  });

  it("remembers the day on which a step was done, until it is set back", () => {
    const done = withState(step("1", "x"), "done", TODAY);
    expect(done).toMatchObject({ state: "done", doneOn: TODAY });
    expect(withState(done, "done", "2026-12-24").doneOn).toBe(TODAY);
    expect(withState(done, "doing", TODAY)).not.toHaveProperty("doneOn");
  });

  it("reckons with days as a calendar does", () => {
    expect(addDays("2026-12-30", 7)).toBe("2027-01-06");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(todayHere(new Date(2026, 10, 23, 0, 30))).toBe(TODAY);
    expect(dayWritten(TODAY, "nl")).toBe("23 november 2026");
    expect(dayWritten("ooit", "en")).toBe("ooit");
  });
});
