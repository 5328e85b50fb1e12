import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Drafting } from "../src/signals/drafting";
import { isOutlived, type Keeping, type Kept, type State } from "../src/signals/keeping";
import { sizeWithin } from "../src/signals/pictures";
import { newKey, seal, unseal } from "../src/signals/sealing";
import { sendWaiting } from "../src/signals/sending";
import { asForm, toldIn, type Told } from "../src/signals/told";

const NOTE = "De gordijnen zijn al weken dicht.";
const told: Told = { fields: [["key", "1"], ["note", NOTE]], pictures: [] };

describe("what is kept on the device", () => {
  it("opens with its key again", async () => {
    const key = await newKey();
    expect(await unseal(key, "1", await seal(key, "1", told))).toEqual(told);
  });

  it("is sealed with a key that no script can read", async () => {
    const key = await newKey();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("tells nothing of what was written", async () => {
    const sealed = await seal(await newKey(), "1", told);
    expect(new TextDecoder().decode(sealed.content)).not.toContain("gordijnen");
  });

  it("is never sealed twice in the same way", async () => {
    const key = await newKey();
    const [one, other] = [await seal(key, "1", told), await seal(key, "1", told)];
    expect(one.iv).not.toEqual(other.iv);
    expect(new Uint8Array(one.content)).not.toEqual(new Uint8Array(other.content));
  });

  it("opens for no other record, and with no other key", async () => {
    const key = await newKey();
    const sealed = await seal(key, "1", told);
    await expect(unseal(key, "2", sealed)).rejects.toThrow();
    await expect(unseal(await newKey(), "1", sealed)).rejects.toThrow();
  });
});

describe("what was filled in", () => {
  it("is kept with its pictures, and without what belongs to the page", async () => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", "old");
    data.append("do", "report");
    data.append("facts", "leak");
    data.append("facts", "mould");
    data.append("photos", new File([new Uint8Array([255, 216, 0, 7])], "a.jpg", { type: "image/jpeg" }));
    data.append("photos", new File([], ""));
    const kept = await toldIn(data);
    expect(kept.fields).toEqual([["facts", "leak"], ["facts", "mould"]]);
    expect(kept.pictures).toEqual([{ name: "a.jpg", type: "image/jpeg", content: "/9gABw==" }]);
    const sent = asForm(kept, "new");
    expect(sent.get("csrfmiddlewaretoken")).toBe("new");
    expect(sent.getAll("facts")).toEqual(["leak", "mould"]);
    expect(new Uint8Array(await (sent.get("photos") as File).arrayBuffer())).toEqual(new Uint8Array([255, 216, 0, 7]));
  });

  it("keeps a large picture whole", async () => {
    const data = new FormData();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    data.append("photos", new File([bytes], "a.jpg"));
    const file = asForm(await toldIn(data), "").get("photos") as File;
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });
});

it("makes a picture small, and leaves a small one as it is", () => {
  expect(sizeWithin(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(sizeWithin(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(sizeWithin(800, 600, 1600)).toEqual({ width: 800, height: 600 });
  expect(sizeWithin(9000, 1, 1600)).toEqual({ width: 1600, height: 1 });
});

describe("what was begun", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is kept once somebody pauses, and at once when they leave the page", async () => {
    const save = vi.fn(async () => undefined);
    const drafting = new Drafting(save);
    for (const _ of "Post") drafting.soon();
    await drafting.now();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(1);
    drafting.soon();
    await vi.advanceTimersByTimeAsync(10_000);
    await drafting.now();
    expect(save).toHaveBeenCalledTimes(2);
  });

  it("never takes the place of what was sent", async () => {
    const done: string[] = [];
    const drafting = new Drafting(async () => void done.push("begun"));
    drafting.soon();
    const leaving = drafting.now();
    drafting.soon();
    await drafting.stop();
    done.push("sent");
    await leaving;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(done).toEqual(["begun", "sent"]);
  });

  it("goes by itself after a day, and what others had waiting after a week", () => {
    const day = 24 * 60 * 60 * 1000;
    const left = (state: State, owner: string, ago: number) =>
      isOutlived({ key: "1", owner, at: 100 * day - ago, to: "", standing: "", state, sealed: null! }, "bas", 100 * day);
    expect([left("begun", "bas", day), left("begun", "bas", day + 1), left("begun", "femke", day + 1)]).toEqual([false, true, true]);
    expect([left("waiting", "femke", 7 * day), left("waiting", "femke", 7 * day + 1)]).toEqual([false, true]);
    expect([left("waiting", "bas", 99 * day), left("refused", "bas", 99 * day)]).toEqual([false, false]);
  });
});

describe("sending", () => {
  const record = (key: string, at: number, owner = "bas"): Kept => ({
    key, at, owner, to: "/signalen/nieuw/", standing: "/signalen/nieuw/stand/", state: "waiting",
    sealed: { iv: new Uint8Array(12), content: new ArrayBuffer(0) },
  });

  /** A device with these records, and a workbench that answers so to whoever is signed in. */
  function device(records: Kept[], answers: (number | "lost")[], owner: string | null = "bas") {
    const kept = new Map(records.map((one) => [one.key, one]));
    const sent: string[] = [];
    const keeping = {
      all: async () => [...kept.values()],
      told: async (one: Kept) => ({ fields: [["key", one.key]], pictures: [] }) satisfies Told,
      remove: async (key: string) => void kept.delete(key),
      refuse: async (one: Kept) => void kept.set(one.key, { ...one, state: "refused" }),
    } as unknown as Keeping;
    const ask = vi.fn(async (address: unknown, options?: RequestInit) => {
      if (`${address}`.endsWith("stand/")) {
        return owner ? Response.json({ owner, token: "token" }) : ({ type: "opaqueredirect", ok: false, status: 0 } as Response);
      }
      const answer = answers.shift();
      if (answer === "lost" || answer === undefined) throw new TypeError("no connection");
      sent.push((options!.body as FormData).get("key") as string);
      return new Response("{}", { status: answer });
    });
    return { kept, sent, ask, send: () => sendWaiting(keeping, ask as typeof fetch) };
  }

  it("sends the oldest first, and keeps nothing of what was taken in", async () => {
    const { kept, sent, send } = device([record("b", 2), record("a", 1)], [201, 201]);
    expect(await send()).toEqual(["sent", "sent"]);
    expect(sent).toEqual(["a", "b"]);
    expect(kept.size).toBe(0);
  });

  it("keeps all of it where the connection fails half-way", async () => {
    const { kept, send } = device([record("a", 1), record("b", 2)], [201, "lost"]);
    expect(await send()).toEqual(["sent", "later"]);
    expect([...kept.keys()]).toEqual(["b"]);
  });

  it("lets what was refused be mended, and sends the rest", async () => {
    const { kept, send } = device([record("a", 1), record("b", 2)], [422, 201]);
    expect(await send()).toEqual(["refused", "sent"]);
    expect([...kept.values()].map(({ key, state }) => [key, state])).toEqual([["a", "refused"]]);
    expect(await send()).toEqual([]);
  });

  it("tries again later when the workbench is busy or broken", async () => {
    for (const status of [429, 500, 503]) {
      const { kept, send } = device([record("a", 1)], [status]);
      expect(await send()).toEqual(["later"]);
      expect(kept.get("a")!.state).toBe("waiting");
    }
  });

  it("waits for who has to sign in again", async () => {
    const { kept, ask, send } = device([record("a", 1)], [201], null);
    expect(await send()).toEqual(["sign-in"]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(kept.size).toBe(1);
  });

  it("never sends what somebody else wrote on this device", async () => {
    const { kept, sent, send } = device([record("a", 1, "femke"), record("b", 2)], [201]);
    expect(await send()).toEqual(["sent"]);
    expect(sent).toEqual(["b"]);
    expect([...kept.keys()]).toEqual(["a"]);
  });

  it("leaves alone what was begun and not finished", async () => {
    const { kept, ask, send } = device([{ ...record("a", 1), state: "begun" }], [201]);
    expect(await send()).toEqual([]);
    expect(ask).not.toHaveBeenCalled();
    expect(kept.size).toBe(1);
  });

  it("asks nothing of the workbench where nothing waits", async () => {
    const { ask, send } = device([], []);
    expect(await send()).toEqual([]);
    expect(ask).not.toHaveBeenCalled();
  });
});
