import { beforeEach, describe, expect, it, vi } from "vitest";
import { NoConnection, Refused } from "../src/residents/asking";
import type { Content, Happening, Value } from "../src/residents/contents";
import type { Device } from "../src/residents/vault/device";
import { closed, newVaultKey, sealItem } from "../src/residents/vault/locks";
import { join } from "../src/residents/vault/merge";
import type { Page, Received, Sent, Server, Taken } from "../src/residents/vault/server";
import { TooLarge, Vault, type Notice } from "../src/residents/vault/vault";

const HERE = "7f9c24e8-3b12-4b0f-9f56-1f0c2a7d4e11";
const value = (words: string, theme?: Value["theme"]): Content => ({ kind: "value", words, ...(theme ? { theme } : {}) });
const event = (title: string, more: Partial<Happening> = {}): Content => ({ kind: "event", title, lane: "care", from: "2020", effect: "helped", turning: false, ...more });

/** The workbench, which holds ciphertext alone; it can be away, and lose an answer on the way. */
class Workbench implements Server {
  readonly all: Received[] = [];
  away = false;
  losesAnswers = 0;
  open = true;
  puts = 0;

  newest(id: string): Received | undefined {
    return this.all.filter((item) => item.id === id).at(-1);
  }

  async items(since: number): Promise<Page> {
    this.#there();
    const later = [...new Set(this.all.map(({ id }) => id))].map((id) => this.newest(id)!).filter(({ sequence }) => sequence > since).sort((one, other) => one.sequence - other.sequence);
    const items = later.slice(0, 3);
    return { sequence: this.all.length, items, more: later.length > items.length };
  }

  async put(items: Sent[]): Promise<Taken> {
    this.#there();
    this.puts += 1;
    const taken: Taken = { sequence: 0, kept: [], conflicts: [] };
    for (const item of items) {
      const newest = this.newest(item.id);
      if (item.version === (newest?.version ?? 0) + 1) {
        this.all.push({ ...item, sequence: this.all.length + 1, at: "" });
        taken.kept.push(item.id);
      } else if (newest) taken.conflicts.push({ id: item.id, version: newest.version, ciphertext: newest.ciphertext });
    }
    taken.sequence = this.all.length;
    if (this.losesAnswers-- > 0) throw new NoConnection();
    return taken;
  }

  async versions(id: string): Promise<Received[]> {
    this.#there();
    return this.all.filter((item) => item.id === id);
  }

  #there(): void {
    if (this.away) throw new NoConnection();
    if (!this.open) throw new Refused(401, "closed", "");
  }
}

/** A device of one's own that keeps in this memory what IndexedDB keeps elsewhere. */
class Kept implements Device {
  readonly known = new Map<string, Sent>();
  readonly waiting = new Map<string, Sent>();
  sequence = 0;

  async heard(items: Sent[], sequence: number): Promise<void> {
    for (const { id, version, ciphertext } of items) this.known.set(id, { id, version, ciphertext });
    this.sequence = sequence;
  }
  async wait(item: Sent): Promise<void> {
    this.waiting.set(item.id, item);
  }
  async sent(ids: string[]): Promise<void> {
    for (const id of ids) this.waiting.delete(id);
  }
  contents() {
    return { sequence: this.sequence, known: [...this.known.values()], waiting: [...this.waiting.values()] };
  }
}

let key: CryptoKey;
let bench: Workbench;
let clock: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  key = await closed(await newVaultKey());
  bench = new Workbench();
  clock = Date.parse("2026-03-01T10:00:00Z");
});

const now = () => new Date((clock += 1000));

function opened(device?: Device, reopen?: () => Promise<boolean>): Vault & { notices: Notice[] } {
  const vault = Object.assign(new Vault({ vault: HERE, key, server: bench, device, reopen, now }), { notices: [] as Notice[] });
  vault.onNotice((notice) => vault.notices.push(notice));
  return vault;
}

const words = (vault: Vault) => vault.of("value").map(({ content }) => content.words);
const titles = (vault: Vault) => vault.of("event").map(({ content }) => content.title);
/** Both heard everything, of whoever sent last. */
async function settled(...vaults: Vault[]): Promise<void> {
  for (let time = 0; time < 3; time += 1) for (const vault of vaults) await vault.sync();
}

describe("a vault", () => {
  it("keeps nothing at the workbench that can be read", async () => {
    const vault = opened();
    await vault.put(value("Dat mijn zus om de hoek woont"));
    await vault.sync();
    expect(JSON.stringify(bench.all)).not.toMatch(/zus|value|words/);
    expect(vault.kept()).toBe("saved");
  });

  it("gives it back on another device, in the order in which it was made", async () => {
    const [one, other] = [opened(), opened()];
    const first = await one.put(value("rust"));
    for (const said of ["licht", "buren", "tuin", "trap"]) await one.put(value(said));
    await one.sync();
    await one.put(value("rust en groen"), first.id);
    await settled(one, other);
    expect(words(other)).toEqual(["rust en groen", "licht", "buren", "tuin", "trap"]);
    expect(other.get(first.id)).toEqual(one.get(first.id));
    expect(other.get(first.id)!.version).toBe(2);
  });

  it("shows a change at once, before it is sent", async () => {
    const vault = opened();
    bench.away = true;
    const heard = vi.fn();
    vault.onChange(heard);
    const putting = vault.put(value("rust"));
    expect(words(vault)).toEqual(["rust"]);
    expect(vault.kept()).toBe("waiting");
    await putting;
    expect(heard).toHaveBeenCalled();
  });

  it("tells earlier versions, newest first, until it is removed", async () => {
    const vault = opened();
    const { id } = await vault.put(value("een"));
    await vault.sync();
    await vault.put(value("twee"), id);
    await vault.sync();
    await vault.put(value("drie"), id);
    await vault.sync();
    expect((await vault.versions(id)).map(({ version, content }) => [version, (content as Value).words])).toEqual([[2, "twee"], [1, "een"]]);
  });

  it("takes changes back and makes them again, also one that removed", async () => {
    const vault = opened();
    const { id } = await vault.put(value("een"));
    await vault.put(value("twee"), id);
    await vault.remove(id);
    await vault.sync();
    expect(await vault.undo()).toBe(true);
    expect(words(vault)).toEqual(["twee"]);
    await vault.undo();
    await vault.undo();
    expect([words(vault), await vault.undo()]).toEqual([[], false]);
    await vault.redo();
    await vault.redo();
    await settled(vault);
    const other = opened();
    await other.sync();
    expect([words(other), await vault.redo(), await vault.redo()]).toEqual([["twee"], true, false]);
  });

  it("refuses what is longer than the workbench keeps, and keeps what was there", async () => {
    const vault = opened();
    const { id } = await vault.put(value("kort"));
    await expect(vault.put(value("a".repeat(13_000)), id)).rejects.toThrow(TooLarge);
    await expect(vault.put(value("a".repeat(13_000)))).rejects.toThrow(TooLarge);
    await vault.put(value("a".repeat(11_500)));
    await vault.sync();
    expect([words(vault)[0], vault.kept()]).toEqual(["kort", "saved"]);
    expect(bench.all.every(({ ciphertext }) => ciphertext!.length <= 16_384)).toBe(true);
  });

  it("never hears an older version after a newer one", async () => {
    const vault = opened();
    const { id } = await vault.put(value("een"));
    await vault.sync();
    await vault.put(value("twee"), id);
    await vault.sync();
    bench.items = async () => ({ sequence: 9, items: [{ ...bench.all[0]!, sequence: 9 }], more: false });
    await vault.sync();
    expect(words(vault)).toEqual(["twee"]);
  });

  it("sends again what the workbench lost, as where an older backup was put back", async () => {
    const [one, other] = [opened(), opened()];
    const { id } = await one.put(value("een"));
    await one.sync();
    await one.put(value("twee"), id);
    await one.put(value("naast"));
    await settled(one, other);
    bench.all.splice(1);
    await other.put(value("drie"), id);
    await settled(other);
    expect([other.notices.map(({ what }) => what), bench.newest(id)!.version, other.kept()]).toEqual([["behind"], 2, "saved"]);
    const again = opened();
    await again.sync();
    expect(words(again)).toEqual(["drie"]);
  });

  it("passes over what was tampered with, and says so", async () => {
    const one = opened();
    const { id } = await one.put(value("een"));
    await one.put(value("twee"));
    await one.sync();
    const first = bench.all.find((item) => item.id === id)!;
    first.ciphertext = `A${first.ciphertext!.slice(1, -4)}AAAA`;
    const other = opened();
    await other.sync();
    expect([words(other), other.notices]).toEqual([["twee"], [{ what: "unreadable", id }]]);
  });

  it("does not take one thing for another, nor what a later form of the vault wrote", async () => {
    const one = opened();
    const [first, second] = [await one.put(value("een")), await one.put(value("twee"))];
    await one.put({ ...value("drie") });
    await one.sync();
    const [a, b] = [first, second].map(({ id }) => bench.all.find((item) => item.id === id)!);
    [a!.ciphertext, b!.ciphertext] = [b!.ciphertext, a!.ciphertext];
    const id = crypto.randomUUID();
    const later = await sealItem(key, HERE, id, 1, { form: 2, made: "", at: "", content: value("vier") });
    bench.all.push({ id, version: 1, ciphertext: later, sequence: 4, at: "" });
    const other = opened();
    await other.sync();
    expect([words(other), other.notices.map(({ what }) => what), other.kept()]).toEqual([["drie"], ["unreadable", "unreadable", "unreadable"], "saved"]);
  });

  it("does not ask for ever of a workbench that lies about what there is", async () => {
    const vault = opened();
    bench.items = vi.fn(async () => ({ sequence: -1, items: [], more: true }));
    await vault.sync();
    expect(bench.items).toHaveBeenCalledOnce();
  });

  it("says that it failed where the workbench takes no more, and that it was closed where it is", async () => {
    const vault = opened();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const put = vi.spyOn(bench, "put").mockRejectedValue(new Refused(409, "full", ""));
    await vault.put(value("een"));
    await vault.sync();
    expect(vault.kept()).toBe("failed");
    put.mockRestore();
    vault.closed = vi.fn();
    bench.open = false;
    await vault.sync();
    expect(vault.closed).toHaveBeenCalledOnce();
    expect(vault.kept()).toBe("waiting");
  });
});

describe("without a connection", () => {
  it("keeps what was changed, and sends it when there is one", async () => {
    bench.away = true;
    const vault = opened();
    await vault.put(value("een"));
    await vault.sync();
    expect([vault.kept(), bench.all.length]).toEqual(["waiting", 0]);
    bench.away = false;
    await vi.advanceTimersByTimeAsync(20_000);
    await vault.sync();
    expect([vault.kept(), bench.all.length]).toEqual(["saved", 1]);
  });

  it("keeps it on a device of one's own when the page goes away", async () => {
    const device = new Kept();
    const one = opened(device);
    const { id } = await one.put(value("een"));
    await one.sync();
    bench.away = true;
    await one.put(value("een en twee"), id);
    await one.put(value("drie"));
    await one.sync();
    one.end();
    expect(JSON.stringify(device.contents())).not.toMatch(/drie|value/);
    const again = opened(device);
    await again.load(device.contents());
    expect([words(again), again.kept(), again.get(id)!.version]).toEqual([["een en twee", "drie"], "waiting", 2]);
    bench.away = false;
    await again.sync();
    const other = opened();
    await other.sync();
    expect([words(other), device.waiting.size, again.kept()]).toEqual([["een en twee", "drie"], 0, "saved"]);
  });

  it("opens at the workbench as soon as it can be told", async () => {
    bench.open = false;
    const vault = opened(undefined, async () => (bench.open = true));
    await vault.put(value("een"));
    await vault.sync();
    expect([vault.kept(), bench.all.length]).toEqual(["saved", 1]);
  });

  it("does not take for another's what it sent itself, where the answer was lost", async () => {
    const device = new Kept();
    const vault = opened(device);
    bench.losesAnswers = 1;
    const { id } = await vault.put(value("een"));
    await vault.sync();
    await vault.put(value("een, anders"), id);
    await vault.sync();
    expect([words(vault), vault.notices, bench.newest(id)!.version]).toEqual([["een, anders"], [], 2]);
    bench.losesAnswers = 1;
    await vault.put(value("nog anders"), id);
    await vault.sync();
    const again = opened(device);
    await again.load(device.contents());
    await again.sync();
    expect([words(again), again.notices, again.waits, bench.newest(id)!.version]).toEqual([["nog anders"], [], 0, 3]);
  });

  it("does not bring back what was taken away while it was on its way", async () => {
    const vault = opened();
    bench.losesAnswers = 1;
    const { id } = await vault.put(value("een"));
    await vault.sync();
    await vault.remove(id);
    await settled(vault);
    const other = opened();
    await other.sync();
    expect([words(vault), words(other), bench.newest(id)!.ciphertext]).toEqual([[], [], null]);
  });

  it("has nothing to send of what was made and taken away again", async () => {
    bench.away = true;
    const device = new Kept();
    const vault = opened(device);
    const { id } = await vault.put(value("een"));
    await vault.remove(id);
    bench.away = false;
    await settled(vault);
    expect([device.waiting.size, vault.kept()]).toEqual([0, "saved"]);
  });
});

describe("two devices", () => {
  async function both(content: Content) {
    const [one, other] = [opened(), opened()];
    const { id } = await one.put(content);
    await settled(one, other);
    return { one, other, id };
  }

  it("join changes of different fields", async () => {
    const { one, other, id } = await both(event("Wachtlijst"));
    bench.away = true;
    await one.put(event("Lange wachtlijst"), id);
    await other.put(event("Wachtlijst", { felt: "Ik werd moe van bellen", until: "2021" }), id);
    bench.away = false;
    await settled(one, other);
    for (const vault of [one, other]) {
      expect(vault.get(id)!.content).toEqual(event("Lange wachtlijst", { felt: "Ik werd moe van bellen", until: "2021" }));
      expect(vault.notices).toEqual([]);
    }
    expect(titles(one)).toEqual(titles(other));
  });

  it("keep both where they changed the same words, and say so", async () => {
    const { one, other, id } = await both(event("Baan"));
    bench.away = true;
    await one.put(event("Baan in de zorg"), id);
    await other.put(event("Eerste baan"), id);
    bench.away = false;
    await settled(one, other);
    expect(titles(one).sort()).toEqual(["Baan in de zorg", "Eerste baan"]);
    expect(titles(other).sort()).toEqual(titles(one).sort());
    expect([...one.notices, ...other.notices].map(({ what }) => what)).toEqual(["both"]);
  });

  it("keep what one changed and the other took away, whoever was first", async () => {
    for (const isChangedFirst of [true, false]) {
      const { one, other, id } = await both(event(`Verhuisd ${isChangedFirst}`));
      bench.away = true;
      await one.put(event("Verhuisd naar de stad"), id);
      await other.remove(id);
      bench.away = false;
      await settled(...(isChangedFirst ? [one, other] : [other, one]));
      for (const vault of [one, other]) expect((vault.get(id)!.content as Happening).title).toBe("Verhuisd naar de stad");
      expect([...one.notices, ...other.notices].map(({ what }) => what)).toEqual(["stayed"]);
    }
  });

  it("agree in the end, whatever they did in turn and however often the connection failed", async () => {
    let seed = 7;
    const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most;
    for (let time = 0; time < 25; time += 1) {
      bench = new Workbench();
      const devices = [new Kept(), new Kept()];
      const vaults = devices.map((device) => opened(device));
      const written = new Set<string>();
      for (let doing = 0; doing < 30; doing += 1) {
        const at = chance(2);
        const vault = vaults[at]!;
        const entries = vault.of("event");
        const picked = entries.length ? entries[chance(entries.length)]! : null;
        const said = `${time}-${doing}`;
        bench.away = chance(3) === 0;
        bench.losesAnswers = chance(4) === 0 ? 1 : 0;
        const what = chance(6);
        if (what < 2 || !picked) written.add((await vault.put(event(said))).id);
        else if (what === 2) await vault.put({ ...picked.content, title: said }, picked.id);
        else if (what === 3) await vault.put({ ...picked.content, felt: said }, picked.id);
        else if (what === 4) await vault.remove(picked.id);
        else {
          await vault.flush();
          vaults[at] = opened(devices[at]);
          vault.end();
          await vaults[at]!.load(devices[at]!.contents());
        }
        if (chance(2)) await vaults[at]!.sync();
      }
      bench.away = false;
      bench.losesAnswers = 0;
      await settled(...vaults);
      const seen = vaults.map((vault) => vault.of("event").map(({ id, version, content }) => [id, version, content]).sort());
      expect(seen[0]).toEqual(seen[1]);
      expect(vaults.map((vault) => [vault.waits, vault.kept()])).toEqual([[0, "saved"], [0, "saved"]]);
      const kept = opened();
      await kept.sync();
      expect(kept.of("event").map(({ id, version, content }) => [id, version, content]).sort()).toEqual(seen[0]);
    }
  });
});

describe("joining", () => {
  it("takes the side that changed, in whatever order fields were written", () => {
    const before = event("a", { felt: "x" });
    const turned = { felt: "x", ...event("a") } as Content;
    expect(join(before, turned, value("b"))).toEqual({ one: value("b") });
    expect(join(before, event("b"), turned)).toEqual({ one: event("b") });
  });

  it("lets a field that one side took away go", () => {
    expect(join(event("a", { felt: "x" }), event("a"), event("b", { felt: "x" }))).toEqual({ one: event("b") });
  });

  it("keeps both where there is nothing from before, or they are of another kind", () => {
    expect(join(null, event("a"), event("b"))).toEqual({ ours: event("a"), theirs: event("b") });
    expect(join(event("a"), value("b"), event("c"))).toEqual({ ours: value("b"), theirs: event("c") });
    expect(join(null, event("a"), event("a"))).toEqual({ one: event("a") });
  });
});
