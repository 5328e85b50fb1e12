/* What a device of one's own keeps for when there is no connection: ciphertext, and a key that no script can read. */
import type { Found, Sent } from "./server";

export const DATABASE = "ongedeeld-kaart";
const VERSION = 1;
const ABOUT = "about";
const KNOWN = "known";
const WAITING = "waiting";
const IT = "vault";

type KeptLock = Omit<Found, "vault"> & { locator: string };

/** Of which vault it is, how far it heard, and with which codes it opens without a connection. */
export interface About {
  vault: string;
  sequence: number;
  locks: KeptLock[];
  /** The key while the vault is open here, and since when. */
  key?: CryptoKey;
  beganAt?: number;
  usedAt?: number;
}

/** What a vault has a device keep; memory alone for somebody else's device. */
export interface Device {
  heard(items: Sent[], sequence: number): Promise<void>;
  wait(item: Sent): Promise<void>;
  sent(ids: string[]): Promise<void>;
}

export interface Contents {
  sequence: number;
  known: Sent[];
  waiting: Sent[];
}

/** The database of this device. */
export class OwnDevice implements Device {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<OwnDevice> {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ABOUT);
      request.result.createObjectStore(KNOWN, { keyPath: "id" });
      request.result.createObjectStore(WAITING, { keyPath: "id" });
    };
    const database = await answered(request);
    // Leaving this device in another window removes the database: do not stand in its way.
    database.onversionchange = () => database.close();
    return new OwnDevice(database);
  }

  /** Whether a vault is kept on this device; nothing is made to find out. */
  static async isThere(): Promise<boolean> {
    const known = (await indexedDB.databases?.()) ?? [{ name: DATABASE }];
    return known.some(({ name }) => name === DATABASE);
  }

  about(): Promise<About | undefined> {
    return this.#read<About | undefined>(ABOUT, (store) => store.get(IT));
  }

  async contents(): Promise<Contents> {
    const [about, known, waiting] = await Promise.all([
      this.about(),
      this.#read<Sent[]>(KNOWN, (store) => store.getAll()),
      this.#read<Sent[]>(WAITING, (store) => store.getAll()),
    ]);
    return { sequence: about?.sequence ?? 0, known, waiting };
  }

  /** Keep a vault here from now on, opened with this lock; with the same vault, its contents stay. */
  async begin({ vault, kind, wrapped }: Found, locator: string, key: CryptoKey, now: number): Promise<void> {
    const before = await this.about();
    const locks = (before?.vault === vault ? before.locks : []).filter((lock) => lock.kind !== kind);
    const sequence = before?.vault === vault ? before.sequence : 0;
    await this.#write([ABOUT, KNOWN, WAITING], (about, known, waiting) => {
      if (before?.vault !== vault) for (const store of [known!, waiting!]) store.clear();
      about!.put({ vault, sequence, locks: [...locks, { locator, kind, wrapped }], key, beganAt: now, usedAt: now } satisfies About, IT);
    });
  }

  async used(now: number): Promise<void> {
    await this.#change((about) => ({ ...about, usedAt: now }));
  }

  /** Close: the key goes, what is sealed stays. */
  async dropKey(): Promise<void> {
    await this.#change(({ vault, sequence, locks }) => ({ vault, sequence, locks }));
  }

  /** Put the lock of a renewed code in the place of the one that was. */
  async relock(lock: KeptLock): Promise<void> {
    await this.#change((about) => ({ ...about, locks: [...about.locks.filter(({ kind }) => kind !== lock.kind), lock] }));
  }

  /** A code that was renewed or blocked opens nothing here any more. */
  async dropLock(locator: string): Promise<void> {
    await this.#change((about) => ({ ...about, locks: about.locks.filter((lock) => lock.locator !== locator) }));
  }

  async heard(items: Sent[], sequence: number): Promise<void> {
    await this.#write([ABOUT, KNOWN], (about, known) => {
      for (const { id, version, ciphertext } of items) known!.put({ id, version, ciphertext } satisfies Sent);
      const asked = about!.get(IT) as IDBRequest<About | undefined>;
      asked.onsuccess = () => {
        if (asked.result) about!.put({ ...asked.result, sequence } satisfies About, IT);
      };
    });
  }

  async wait(item: Sent): Promise<void> {
    await this.#write([WAITING], (waiting) => void waiting!.put(item));
  }

  async sent(ids: string[]): Promise<void> {
    await this.#write([WAITING], (waiting) => {
      for (const id of ids) waiting!.delete(id);
    });
  }

  close(): void {
    this.database.close();
  }

  /** Leave nothing of a vault on this device. */
  static async forget(): Promise<void> {
    await answered(indexedDB.deleteDatabase(DATABASE));
  }

  async #change(how: (about: About) => About): Promise<void> {
    await this.#write([ABOUT], (store) => {
      const asked = store!.get(IT) as IDBRequest<About | undefined>;
      asked.onsuccess = () => {
        if (asked.result) store!.put(how(asked.result), IT);
      };
    });
  }

  #read<What>(store: string, asked: (store: IDBObjectStore) => IDBRequest): Promise<What> {
    return answered(asked(this.database.transaction(store).objectStore(store))) as Promise<What>;
  }

  #write(stores: string[], change: (...stores: IDBObjectStore[]) => void): Promise<void> {
    const transaction = this.database.transaction(stores, "readwrite", { durability: "strict" });
    change(...stores.map((store) => transaction.objectStore(store)));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done();
      transaction.onabort = () => failed(transaction.error);
    });
  }
}

function answered<What>(request: IDBRequest<What>): Promise<What> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
