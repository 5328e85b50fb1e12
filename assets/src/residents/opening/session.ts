/* An open vault on this device: how it is opened, how long it stays so, and how it closes. */
import { NoConnection } from "../asking";
import type { Bytes } from "../vault/bytes";
import { OwnDevice, type About } from "../vault/device";
import { batch } from "../vault/held";
import { derive, unlock, type Derived, type Lock } from "../vault/locks";
import { closeAt, openAt, SERVER, type Found } from "../vault/server";
import { Vault } from "../vault/vault";

const MINUTE_MS = 60_000;
const LOCK = "ongedeeld-kaart";
export const CACHE = "ongedeeld-kaart";
const CLOSED = "closed";
/** What a browser still sends for a page that went away: 64 kB in all. */
const LAST_ITEMS = 200;
const LAST_LETTERS = 48_000;
/** Between the windows of this device; what one says, it does not hear itself. */
let between: BroadcastChannel | undefined;

/** How long a vault stays open without use, in all, and while nobody can see the page. */
export interface Limits {
  idle: number;
  most: number;
  hidden: number;
}

// A minute less than the workbench takes, so that what was changed last is never refused there.
export const ELSEWHERE: Limits = { idle: 9 * MINUTE_MS, most: 59 * MINUTE_MS, hidden: MINUTE_MS };
export const OWN: Limits = { idle: 29 * MINUTE_MS, most: (12 * 60 - 1) * MINUTE_MS, hidden: Infinity };

/** No vault opens with this code: it is another, or was renewed or blocked. */
export class UnknownCode extends Error {
  override name = "UnknownCode";
}

export class Session {
  private constructor(
    readonly id: string,
    readonly vault: Vault,
    readonly beganAt: number,
    private readonly own: OwnDevice | null,
    readonly isOwn: boolean,
    /** Whether what waits to be sent is still here when this page is gone. */
    readonly isKept: boolean,
  ) {}

  get limits(): Limits {
    return this.isOwn ? OWN : ELSEWHERE;
  }

  /** Open a vault with a code, on a device of one's own or elsewhere.
   *
   * Throws UnknownCode, or NoConnection where this device has nothing that the code opens.
   */
  static async open(code: Bytes, isOwn: boolean): Promise<Session> {
    const derived = await derive(code);
    let found: Found | null;
    try {
      found = await openAt(derived, !isOwn);
    } catch (failure) {
      if (failure instanceof NoConnection && isOwn) return Session.#withoutConnection(derived, failure);
      throw failure;
    }
    if (!found) {
      await forgetLock(derived.locator);
      throw new UnknownCode();
    }
    return Session.of(found, derived, isOwn);
  }

  /** The session of a vault that the workbench just opened. */
  static async of(found: Found, derived: Derived, isOwn: boolean): Promise<Session> {
    const key = await unlock(found.wrapped, derived, found.vault, found.kind);
    const now = Date.now();
    // Where the browser keeps nothing, as in a private window, the map opens without it.
    const device = isOwn ? await begunHere(found, derived.locator, key, now).catch(() => null) : null;
    return Session.#made(found.vault, key, now, device, isOwn);
  }

  /** The session that goes on after this page was loaded again, on a device of one's own. */
  static async resumed(): Promise<Session | null> {
    if (!globalThis.indexedDB || !(await OwnDevice.isThere())) return null;
    const device = await OwnDevice.open();
    const about = await device.about();
    if (!about?.key) return null;
    if (isOver(about, Date.now())) {
      await device.dropKey();
      return null;
    }
    return Session.#made(about.vault, about.key, about.beganAt!, device, true);
  }

  /** Let this device, and every window on it, let go of the key. */
  static async dropped(): Promise<void> {
    if (globalThis.indexedDB && (await OwnDevice.isThere())) await (await OwnDevice.open()).dropKey();
    channel().postMessage(CLOSED);
  }

  static async #withoutConnection(derived: Derived, failure: NoConnection): Promise<Session> {
    const device = (await OwnDevice.isThere()) ? await OwnDevice.open() : null;
    const about = await device?.about();
    const lock = about?.locks.find(({ locator }) => locator === derived.locator);
    if (!device || !about || !lock) throw failure;
    const found = { vault: about.vault, wrapped: lock.wrapped, kind: lock.kind };
    const key = await unlock(lock.wrapped, derived, about.vault, lock.kind);
    const now = Date.now();
    await device.begin(found, derived.locator, key, now);
    const { locator, proof } = derived;
    return Session.#made(about.vault, key, now, device, true, async () => (await openAt({ locator, proof }, false)) !== null);
  }

  static async #made(id: string, key: CryptoKey, beganAt: number, device: OwnDevice | null, isOwn: boolean, reopen?: () => Promise<boolean>): Promise<Session> {
    // Of two windows one keeps and sends; what the other changes goes to the workbench at once.
    const keeps = device && (await isFirst()) ? device : null;
    const vault = new Vault({ vault: id, key, server: SERVER, device: keeps ?? undefined, reopen });
    if (device) await vault.load(keeps ? await device.contents() : { ...(await device.contents()), waiting: [] });
    return new Session(id, vault, beganAt, device, isOwn, keeps !== null);
  }

  /** A code was renewed: from now on the new one opens this device too, and the old one does not. */
  async relocked({ kind, locator, wrapped }: Lock): Promise<void> {
    await this.own?.relock({ kind, locator, wrapped });
  }

  async used(now: number): Promise<void> {
    await this.own?.used(now);
  }

  /** Close here and at the workbench, and let other windows of this device do so too. */
  async close(): Promise<void> {
    await this.vault.flush();
    await this.leave();
    await closeAt().catch(() => undefined); // it closes there by itself
  }

  /** The page goes away: close at the workbench in this moment, with what still waits to be sent. */
  abandon(): void {
    // Nothing is waited for before it is sent: after that there is no page.
    closeAt(batch(this.vault.sealed, LAST_ITEMS, LAST_LETTERS)).catch(() => undefined);
    void this.leave();
  }

  /** Let go of the key and of everything that was read, at once. */
  async leave(): Promise<void> {
    this.vault.end();
    await this.own?.dropKey();
    channel().postMessage(this.id);
  }
}

/** Call when the vault, or every vault, was closed in another window of this device. */
export function onClosedElsewhere(id: string, heard: () => void): void {
  channel().addEventListener("message", ({ data }) => [CLOSED, id].includes(data as string) && heard());
}

function channel(): BroadcastChannel {
  return (between ??= new BroadcastChannel(LOCK));
}

/** Leave nothing of a vault on this device: no ciphertext, no page for without a connection. */
export async function forgetHere(): Promise<void> {
  await OwnDevice.forget();
  await globalThis.caches?.delete(CACHE);
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const ours = workers.filter(({ scope }) => new URL(scope).pathname === document.body.dataset.scope);
  await Promise.all(ours.map((worker) => worker.unregister()));
}

/** This device, which keeps the vault from now on, unless something of another still waits on it to be sent. */
async function begunHere(found: Found, locator: string, key: CryptoKey, now: number): Promise<OwnDevice | null> {
  const device = await OwnDevice.open();
  const [about, { waiting }] = await Promise.all([device.about(), device.contents()]);
  if (about && about.vault !== found.vault && waiting.length) return null;
  await device.begin(found, locator, key, now);
  return device;
}

/** Where a code opens nothing any more, this device forgets it, and everything where it opens with no other. */
async function forgetLock(locator: string): Promise<void> {
  if (!(await OwnDevice.isThere())) return;
  const device = await OwnDevice.open();
  await device.dropLock(locator);
  const [about, { waiting }] = await Promise.all([device.about(), device.contents()]);
  if (!about?.locks.length && !waiting.length) await forgetHere();
}

function isOver({ beganAt, usedAt }: About, now: number): boolean {
  return now - usedAt! > OWN.idle || now - beganAt! > OWN.most;
}

function isFirst(): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((told) => {
    const hold = (lock: unknown) => {
      told(lock !== null);
      return lock ? new Promise<never>(() => undefined) : undefined;
    };
    void navigator.locks.request(LOCK, { ifAvailable: true }, hold);
  });
}
