import { expect, it } from "vitest";
import type { Happening } from "../src/residents/contents";
import { copyOf, isEmpty, lengthOf } from "../src/residents/giving/copy";
import { digestOf, newToken } from "../src/residents/giving/tokens";
import { Memory } from "../src/residents/memory";

const SECRETS = ["Ontslag bij Bakkerij Smit", "Bakkerij Smit", "Meester Jansen", "2019-04-30", "Ik schaamde me", "mijn zus", "Samen bellen", "Muziek"];

async function life(): Promise<Memory> {
  const store = new Memory();
  const smit = await store.put({ kind: "organisation", name: "Bakkerij Smit", lane: "work", from: "2015", until: "2019", contact: "Meester Jansen" });
  const music = await store.put({ kind: "lane", name: "Muziek", order: 1 });
  const event = (more: Partial<Happening>): Happening => ({ kind: "event", title: "Ontslag bij Bakkerij Smit", lane: "work", from: "2019-04-30", effect: "hindered", turning: true, felt: "Ik schaamde me", ...more });
  await store.put(event({ lane: music.id, from: "2010" }));
  const job = await store.put(event({ organisation: smit.id }));
  const debt = await store.put(event({ title: "Schuld", lane: "benefits", from: "2020", until: "2023", effect: "trapped" }));
  await store.put(event({ title: "Hulp", lane: "benefits", effect: "helped" }));
  await store.put({ kind: "influence", from: job.id, to: debt.id, how: "hindered", words: "Ik schaamde me" });
  await store.put({ kind: "chance", event: debt.id, words: "Samen bellen", offers: [{ key: "k", name: "Budgetcoach", by: "Buurtwerk", sort: "welfare" }] });
  await store.put({ kind: "person", name: "mijn zus" });
  return store;
}

it("holds codes alone: no words, names or days", async () => {
  const store = await life();
  const smit = store.of("organisation")[0]!.id;
  const text = JSON.stringify(copyOf(store, new Map([[smit, "other"]])));
  for (const secret of [...SECRETS, smit, "2019", "2020", "Buurtwerk"]) expect(text).not.toContain(secret);
});

it("tells what systems did, in classes, and which difficulty of a system came first", async () => {
  expect(copyOf(await life(), new Map())).toEqual({
    form: 1,
    effects: [
      { domain: "benefits", sort: "none", effect: "helped", order: "later", length: "moment" },
      { domain: "benefits", sort: "none", effect: "trapped", order: "later", length: "years" },
      { domain: "work", sort: "unsaid", effect: "hindered", order: "first", length: "moment" },
    ],
    influences: [{ from: "work", to: "benefits", how: "hindered" }],
    chances: [{ domain: "benefits", sort: "welfare" }],
  });
});

it("tells the same twice as once, in an order that is not that of life", async () => {
  const store = await life();
  const before = copyOf(store, new Map());
  for (const { content } of store.of("event").reverse()) if (content.effect === "helped") await store.put({ ...content, title: "Nog eens" });
  expect(copyOf(store, new Map())).toEqual(before);
});

it("knows when there is nothing to give", () => {
  expect(isEmpty(copyOf(new Memory(), new Map()))).toBe(true);
});

it("tells how long something took in three classes", () => {
  expect(lengthOf({ from: "2019-04-30" })).toBe("moment");
  expect(lengthOf({ from: "2019-04", until: "2019-04" })).toBe("moment");
  expect(lengthOf({ from: "2019-04", until: "2019-08" })).toBe("months");
  expect(lengthOf({ from: "2019", until: "2020" })).toBe("years");
});

it("makes a token of 256 bits and the digest that the workbench keeps", async () => {
  expect(newToken()).toMatch(/^[\w-]{43}$/);
  expect(newToken()).not.toBe(newToken());
  expect(await digestOf("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
