import { describe, expect, it, vi } from "vitest";
import type { ask } from "../src/residents/asking";
import type { Content } from "../src/residents/contents";
import { Memory } from "../src/residents/memory";
import { readable } from "../src/residents/readable";
import { anewOf, chosenOf, differs, titleOf, toldOf } from "../src/residents/sharing/copies";
import { Shares, sharesOf, type Shared } from "../src/residents/sharing/shares";
import { fieldSaid } from "../src/residents/sharing/telling";
import { Texts } from "../src/residents/texts";

async function kept(...contents: Content[]) {
  const store = new Memory();
  const entries = [];
  for (const content of contents) entries.push(await store.put(content));
  return { store, entries };
}

describe("all of a map as a page", () => {
  it("tells everything in words, by name, and reads nothing that was typed as HTML", async () => {
    const { store, entries } = await kept({ kind: "organisation", name: "Thuiszorg", lane: "care", from: "2020" }, { kind: "donated", token: "geheim", on: "2026-01-01" });
    await store.put({ kind: "event", title: "Zij <b>viel</b>", lane: "care", from: "2021-03", organisation: entries[0]!.id, effect: "helped", turning: true, felt: "Bang & boos" });
    const page = readable(store, Texts.keys());
    for (const words of ["Zij &#60;b&#62;viel", "Bang &#38; boos", "effect.helped", "life.turning", "<br>Thuiszorg"]) expect(page).toContain(words);
    for (const words of ["<b>", entries[0]!.id, "geheim", "readable.part.wish"]) expect(page).not.toContain(words);
  });
});

describe("a copy of one thing", () => {
  it("of a step names what it is about in words, and no other thing of the map", async () => {
    const { store, entries } = await kept({ kind: "issue", title: "De huur komt te laat", domain: "benefits", state: "open" });
    const step = await store.put({ kind: "step", issue: entries[0]!.id, what: "Brief lezen", who: "Sanne", by: "2026-12-01", state: "to_do", obstacle: " " });
    expect(toldOf(step, store)).toEqual({ issue: "De huur komt te laat", domain: "benefits", what: "Brief lezen", who: "Sanne", by: "2026-12-01", state: "to_do" });
    expect(JSON.stringify(toldOf(step, store))).not.toContain(entries[0]!.id);
    expect(titleOf(step.content)).toBe("Brief lezen");
  });

  it("of an event names its lane and organisation, and never their ids", async () => {
    const { store, entries } = await kept(
      { kind: "lane", name: "Mijn moeder", order: 7 },
      { kind: "organisation", name: "Thuiszorg", lane: "care", from: "2020" },
    );
    const [lane, organisation] = entries;
    const event = await store.put({ kind: "event", title: "Zij viel", lane: lane!.id, from: "2021-03", organisation: organisation!.id, effect: "helped", turning: true, felt: "Bang" });
    expect(toldOf(event, store)).toEqual({ title: "Zij viel", lane: "Mijn moeder", from: "2021-03", organisation: "Thuiszorg", effect: "helped", felt: "Bang" });
  });

  it("leaves out what was not chosen, and keeps what it cannot do without", () => {
    const told = { what: "Bellen", domain: "work", state: "done", doneOn: "2026-11-23", who: "ik", obstacle: "regel" };
    expect(chosenOf("step", told, ["who"])).toEqual({ what: "Bellen", domain: "work", state: "done", doneOn: "2026-11-23", who: "ik" });
    expect(chosenOf("wish", { words: "Slapen", domain: "care" }, [])).toEqual({ words: "Slapen" });
  });

  it("is out of date when one of its own fields changed, and not by what was never shared", () => {
    const shared = { what: "Bellen", domain: "work", state: "to_do" };
    expect(differs({ ...shared, obstacle: "regel" }, shared)).toBe(false);
    expect(differs({ ...shared, state: "done" }, shared)).toBe(true);
    expect(anewOf("step", { ...shared, state: "done", doneOn: "2026-11-23", obstacle: "regel" }, shared)).toEqual({ ...shared, state: "done", doneOn: "2026-11-23" });
  });

  it("is said in words", () => {
    const texts = Texts.keys("nl");
    expect(fieldSaid("step", "by", "2026-12-01", texts)).toBe("1 december 2026");
    expect(fieldSaid("step", "state", "doing", texts)).toBe("plan.step_state.doing");
    expect(fieldSaid("event", "lane", "work", texts)).toBe("domain.work");
    expect(fieldSaid("event", "lane", "Mijn moeder", texts)).toBe("Mijn moeder");
    expect(fieldSaid("value", "theme", "known", texts)).toBe("sharing.theme.known");
    expect(fieldSaid("wish", "words", "Slapen", texts)).toBe("Slapen");
  });
});

describe("what is shared", () => {
  const one: Shared = {
    key: "k", item: "i", kind: "wish", receiver_kind: "person", receiver: "r", name: "Sanne",
    purpose: "know", until: "2026-12-31", from: "Jo", content: { words: "Slapen" },
  };
  const answering = (json: unknown) => vi.fn(async () => ({ status: 200, json })) as unknown as typeof ask & ReturnType<typeof vi.fn>;

  it("is told by thing, and to who listens", async () => {
    const shares = new Shares(answering({ shares: [one] }));
    const heard = vi.fn();
    shares.onChange(heard);
    await shares.load();
    expect(heard).toHaveBeenCalledOnce();
    expect(shares.of("i")).toEqual([one]);
    expect(shares.of("j")).toEqual([]);
    expect(shares.from).toBe("Jo");
  });

  it("is sent anew with the sender and the kind of before", async () => {
    const asked = answering({ shares: [] });
    await new Shares(asked).sendAnew(one, { words: "Uitslapen" });
    expect(asked).toHaveBeenCalledWith("/mijn/delen/k/opnieuw/", { method: "POST", json: { kind: "wish", content: { words: "Uitslapen" }, from: "Jo" } });
  });

  it("looks for a name without it standing in an address", async () => {
    const asked = answering({ people: [], organisations: [], deciders: [] });
    await new Shares(asked).receivers("Sanne de Vries");
    expect(asked).toHaveBeenCalledWith("/mijn/ontvangers/", { method: "POST", json: { name: "Sanne de Vries" } });
  });

  it("is nothing where the map is an example", () => {
    expect(sharesOf(new Memory())).toBeUndefined();
  });
});
