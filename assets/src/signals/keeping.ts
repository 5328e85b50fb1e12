/* What waits on this device: sealed records, each of one person, and the keys that open them. */
import { newKey, seal, unseal, type Sealed } from "./sealing";
import type { Told } from "./told";

export const DATABASE = "ongedeeld-signals";
/** Tells without opening the database whether anything was kept on this device. */
export const MARK = "ongedeeld-signals-kept";
const RECORDS = "records";
const KEYS = "keys";
const RECENT = "recent";
const VERSION = 1;
const MOST_RECENT = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
/** What somebody else left on a shared device does not stay for ever. */
const OF_OTHERS_MS = 7 * DAY_MS;
/** What was begun and left stays a day. */
const BEGUN_MS = DAY_MS;

/** It waits for a connection, for somebody to mend it, or for who began it to go on. */
export type State = "waiting" | "refused" | "begun";

export interface Kept {
  key: string;
  owner: string;
  at: number;
  /** Where it goes, and where is asked who is signed in. */
  to: string;
  standing: string;
  state: State;
  sealed: Sealed;
}

export interface Recent {
  value: string;
  label: string;
}

/** The records of this device, opened for a while. */
export class Keeping {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<Keeping> {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RECORDS, { keyPath: "key" });
      request.result.createObjectStore(KEYS);
      request.result.createObjectStore(RECENT);
    };
    const database = await answered(request);
    // Signing out in another window removes the database: do not stand in its way.
    database.onversionchange = () => database.close();
    return new Keeping(database);
  }

  /** Keep what was told; with the key of something that was kept before, it takes its place. */
  async keep(told: Told, kept: Omit<Kept, "sealed">): Promise<void> {
    const sealed = await seal(await this.keyOf(kept.owner), kept.key, told);
    await this.write(RECORDS, (store) => store.put({ ...kept, sealed } satisfies Kept));
  }

  /** What is kept of somebody, the oldest first. */
  async of(owner: string): Promise<Kept[]> {
    const all = await this.read<Kept[]>(RECORDS, (store) => store.getAll());
    return all.filter((kept) => kept.owner === owner).sort((one, other) => one.at - other.at);
  }

  /** Everything that is kept, of whomever. */
  all(): Promise<Kept[]> {
    return this.read<Kept[]>(RECORDS, (store) => store.getAll());
  }

  /** What was told. */
  async told(kept: Kept): Promise<Told> {
    return unseal<Told>(await this.keyOf(kept.owner), kept.key, kept.sealed);
  }

  /** Mark what the workbench refused, so that it waits for who can mend it. */
  async refuse(kept: Kept): Promise<void> {
    await this.write(RECORDS, (store) => store.put({ ...kept, state: "refused" } satisfies Kept));
  }

  async remove(key: string): Promise<void> {
    await this.write(RECORDS, (store) => store.delete(key));
  }

  /** Remove what was left here too long, and the keys and places of who has nothing here. */
  async tidy(owner: string, now: number): Promise<void> {
    for (const kept of await this.all()) if (isOutlived(kept, owner, now)) await this.remove(kept.key);
    const wait = new Set([owner, ...(await this.all()).map((kept) => kept.owner)]);
    for (const store of [KEYS, RECENT]) {
      const held = await this.read<IDBValidKey[]>(store, (open) => open.getAllKeys());
      for (const one of held) if (!wait.has(String(one))) await this.write(store, (open) => open.delete(one));
    }
  }

  /** The places that somebody chose last, the last first. */
  async recent(owner: string): Promise<Recent[]> {
    const sealed = await this.read<Sealed | undefined>(RECENT, (store) => store.get(owner));
    return sealed ? unseal<Recent[]>(await this.keyOf(owner), `recent:${owner}`, sealed) : [];
  }

  async remember(owner: string, place: Recent): Promise<void> {
    const others = (await this.recent(owner)).filter((one) => one.value !== place.value);
    const sealed = await seal(await this.keyOf(owner), `recent:${owner}`, [place, ...others].slice(0, MOST_RECENT));
    await this.write(RECENT, (store) => store.put(sealed, owner));
  }

  close(): void {
    this.database.close();
  }

  /** The key of somebody, made when there is none; of two windows that make one, both use the first. */
  private async keyOf(owner: string): Promise<CryptoKey> {
    const before = await this.read<CryptoKey | undefined>(KEYS, (store) => store.get(owner));
    if (before) return before;
    const made = await newKey();
    try {
      await this.write(KEYS, (store) => store.add(made, owner));
      return made;
    } catch {
      return this.keyOf(owner);
    }
  }

  private read<What>(store: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<What> {
    return answered(ask(this.database.transaction(store).objectStore(store))) as Promise<What>;
  }

  private write(store: string, change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = this.database.transaction(store, "readwrite", { durability: "strict" });
    change(transaction.objectStore(store));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
  }
}

/** Whether something was left here too long: what was begun by whomever, and what others had waiting. */
export function isOutlived({ owner, at, state }: Kept, reader: string, now: number): boolean {
  const term = state === "begun" ? BEGUN_MS : owner === reader ? Infinity : OF_OTHERS_MS;
  return now - at > term;
}

function answered<What>(request: IDBRequest<What>): Promise<What> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
