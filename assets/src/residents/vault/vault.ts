/* The vault as the views see it: a store whose contents are sealed before they leave this page. */
import { NoConnection, Refused } from "../asking";
import type { Content, Kind, OfKind } from "../contents";
import { FORM } from "../contents";
import type { Entry, Kept, Store } from "../store";
import type { Contents, Device } from "./device";
import { arrived, batch, entryOf, isOurs, isTooLarge, next, written, type Held, type Waiting, type Written } from "./held";
import { History } from "./history";
import { openItem, sealItem } from "./locks";
import { join } from "./merge";
import type { Sent, Server } from "./server";

/** Two devices changed the same thing: both are kept, or the change stayed and the removal did not.
 *
 * Or something came that does not open with the key of this vault, or the workbench had an older version than
 * this device, as after a backup was put back: what this device has is sent again.
 */
export interface Notice {
  what: "both" | "stayed" | "unreadable" | "behind";
  id: string;
  copy?: string;
}

/** Something is longer than the workbench keeps. */
export class TooLarge extends Error {
  override name = "TooLarge";
}

export interface Parts {
  vault: string;
  key: CryptoKey;
  server: Server;
  /** Keeps the same on a device of one's own. */
  device?: Device | undefined;
  /** Opens the vault at the workbench, where it was opened without a connection; false where that is refused. */
  reopen?: (() => Promise<boolean>) | undefined;
  now?: () => Date;
}

const AT_ONCE = 200;
const LETTERS_AT_ONCE = 1_000_000;
const CLOSED = 401;
const AGAIN_MS = 15_000;

export class Vault implements Store {
  readonly #held = new Map<string, Held>();
  readonly #history = new History();
  readonly #heard = new Set<() => void>();
  readonly #noticing = new Set<(notice: Notice) => void>();
  readonly #now: () => Date;
  #sequence = 0;
  #sorted: Entry[] | null = null;
  #kept: Kept = "saved";
  #exchanging: Promise<void> | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  /** Called when the workbench says that nothing is open here any more. */
  closed: () => void = () => undefined;

  constructor(private readonly parts: Parts) {
    this.#now = parts.now ?? (() => new Date());
  }

  /** Take what a device kept. */
  async load({ sequence, known, waiting }: Contents): Promise<void> {
    await this.#eachRead(known, ({ id, version }, text) => void (this.#hold(id).known = { version, written: text }));
    await this.#eachRead(waiting, (sealed, text) => {
      const held = this.#hold(sealed.id);
      held.waiting = { written: text, sealed };
      held.tried = { sent: sealed, written: text };
    });
    this.#sequence = sequence;
    this.#kept = this.waits ? "waiting" : "saved";
    this.#changed();
  }

  of<K extends Kind>(kind: K): Entry<OfKind<K>>[] {
    this.#sorted ??= this.#inOrder();
    return this.#sorted.filter((entry): entry is Entry<OfKind<K>> => entry.content.kind === kind);
  }

  get(id: string): Entry | undefined {
    return entryOf(id, this.#held.get(id));
  }

  async put(content: Content, id: string = crypto.randomUUID()): Promise<Entry> {
    const before = this.get(id)?.content ?? null;
    const done = this.#write(id, content);
    this.#history.remember({ id, before, after: content });
    const entry = this.get(id)!;
    await done;
    return entry;
  }

  async remove(id: string): Promise<void> {
    const before = this.get(id)?.content;
    if (!before) return;
    const done = this.#write(id, null);
    this.#history.remember({ id, before, after: null });
    await done;
  }

  /** Earlier versions, newest first, as far as they can be read; they are asked of the workbench. */
  async versions(id: string): Promise<Entry[]> {
    const now = this.get(id)?.version ?? Infinity;
    const earlier = (await this.parts.server.versions(id)).filter(({ version, ciphertext }) => version < now && ciphertext);
    const found: Entry[] = [];
    await this.#eachRead(earlier.map((item) => ({ ...item, id })), ({ version }, text) => {
      if (text) found.push({ id, version, at: text.at, content: text.content });
    });
    return found.sort((one, other) => other.version - one.version);
  }

  async undo(): Promise<boolean> {
    const change = this.#history.undo();
    if (change) await this.#write(change.id, change.before);
    return change !== undefined;
  }

  async redo(): Promise<boolean> {
    const change = this.#history.redo();
    if (change) await this.#write(change.id, change.after);
    return change !== undefined;
  }

  kept(): Kept {
    return this.#kept;
  }

  /** How many things wait to be sent. */
  get waits(): number {
    return [...this.#held.values()].filter(({ waiting }) => waiting).length;
  }

  /** What waits and is sealed already: all that a page which goes away can still send. */
  get sealed(): Sent[] {
    return [...this.#held.values()].flatMap((held) => (held.waiting?.sealed?.version === next(held) ? [held.waiting.sealed] : []));
  }

  onChange(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  onNotice(heard: (notice: Notice) => void): () => void {
    this.#noticing.add(heard);
    return () => this.#noticing.delete(heard);
  }

  /** Hear what other devices did, and send what waits here; one of these at a time. */
  sync(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    this.#exchanging ??= this.#exchange().finally(() => (this.#exchanging = null));
    return this.#exchanging;
  }

  /** Wait until what was changed went out, as far as there is a connection. */
  async flush(): Promise<void> {
    await this.#exchanging;
    if (this.waits) await this.sync();
  }

  /** Nothing is sent, told or held after this. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#again);
    this.#heard.clear();
    this.#noticing.clear();
    this.#held.clear();
    this.#sorted = [];
  }

  async #exchange(): Promise<void> {
    clearTimeout(this.#again);
    try {
      await this.#reopened(async () => {
        await this.#receive();
        while (await this.#send());
      });
      this.#say(this.waits ? "waiting" : "saved");
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #failed(failure: unknown): void {
    if (this.#ended) return;
    if (failure instanceof NoConnection) {
      this.#say(this.waits ? "waiting" : "saved");
      this.#again = setTimeout(() => void this.sync(), AGAIN_MS);
    } else if (failure instanceof Refused && failure.status === CLOSED) {
      this.#say(this.waits ? "waiting" : "saved");
      this.closed();
    } else {
      console.error(failure instanceof Error ? failure.name : "failed"); // never what was written
      this.#say("failed");
    }
  }

  /** Do it, and once more where the vault was opened without a connection and the workbench can now be told. */
  async #reopened(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== CLOSED || !(await this.parts.reopen?.())) throw failure;
      await doing();
    }
  }

  async #receive(): Promise<void> {
    for (;;) {
      const { items, more, sequence } = await this.parts.server.items(this.#sequence);
      if (this.#sequence > 0 && sequence < this.#sequence) {
        this.#sequence = 0;
        continue;
      }
      await this.#eachRead(items, (item, text) => this.#hear(item, text));
      this.#sequence = items.at(-1)?.sequence ?? sequence;
      await this.parts.device?.heard(items, this.#sequence);
      await this.#keepThese(items);
      if (items.length) this.#changed();
      if (!more || !items.length) return;
    }
  }

  /** Send what waits, as much as goes at once; false when nothing waits. */
  async #send(): Promise<boolean> {
    // What is written meanwhile waits for the next time.
    const waiting = new Map([...this.#held].flatMap(([id, held]) => (held.waiting ? [[id, held.waiting] as const] : [])).slice(0, AT_ONCE));
    const sealed = await Promise.all([...waiting].map(([id, what]) => this.#sealed(id, what)));
    const sent = batch(sealed, AT_ONCE, LETTERS_AT_ONCE);
    if (!sent.length) return false;
    for (const item of sent) this.#hold(item.id).tried = { sent: item, written: waiting.get(item.id)!.written };
    const taken = await this.parts.server.put(sent);
    const here = arrived(taken, sent);
    if (!taken.kept.length && !taken.conflicts.length) throw new Error("the workbench took nothing");
    for (const item of sent) if (here.has(item.id)) this.#arrived(item, waiting.get(item.id)!);
    const conflicts = taken.conflicts.filter(({ id }) => !here.has(id));
    for (const item of conflicts.filter(({ id, version }) => version < next(this.#hold(id)) - 1)) this.#isBehind(item);
    await this.#eachRead(conflicts, (item, text) => this.#hear(item, text));
    await this.parts.device?.heard([...sent.filter(({ id }) => here.has(id)), ...conflicts], this.#sequence);
    await this.#keepThese(sent);
    this.#changed();
    return true;
  }

  #arrived({ id, version }: Sent, sent: Waiting): void {
    const held = this.#hold(id);
    held.known = { version, written: sent.written };
    if (held.waiting === sent) delete held.waiting;
  }

  /** The workbench has this version: what waits here is joined with it. Older ones than are known are not heard. */
  #hear(item: Sent, theirs: Written | null): void {
    const held = this.#hold(item.id);
    if ((held.known?.version ?? 0) >= item.version) return;
    const before = isOurs(item, held.tried?.sent) ? theirs : (held.known?.written ?? null);
    held.known = { version: item.version, written: theirs };
    if (!held.waiting) return;
    const ours = held.waiting.written;
    const joined = join(before?.content ?? null, ours?.content ?? null, theirs?.content ?? null);
    if (!("one" in joined)) {
      delete held.waiting;
      const copy = crypto.randomUUID();
      this.#hold(copy).waiting = { written: this.#written({}, joined.ours) };
      this.#notice({ what: "both", id: item.id, copy });
    } else if (joined.one === (theirs?.content ?? null)) {
      delete held.waiting;
      if (!ours && theirs) this.#notice({ what: "stayed", id: item.id });
    } else {
      held.waiting = { written: this.#written(held, joined.one) };
      if (ours && !theirs) this.#notice({ what: "stayed", id: item.id });
    }
  }

  /** The workbench has an older version: what waits here follows on that one, and stays as it is. */
  #isBehind({ id, version }: Sent): void {
    const held = this.#hold(id);
    held.known = { version, written: held.known?.written ?? null };
    this.#notice({ what: "behind", id });
  }

  /** Write it here and, on a device of one's own, keep it there; sending comes by itself. */
  async #write(id: string, content: Content | null): Promise<void> {
    const held = this.#held.get(id) ?? {};
    const text = this.#written(held, content);
    if (text && isTooLarge(text)) throw new TooLarge();
    // What never went out and is taken away again has nothing to tell.
    if (!held.known && !held.tried && !text) this.#held.delete(id);
    else this.#held.set(id, Object.assign(held, { waiting: { written: text } }));
    this.#kept = "waiting";
    this.#changed();
    await this.#keepHere(id);
    this.#soon();
  }

  /** The same for several, and for what was joined or copied meanwhile. */
  async #keepThese(items: readonly Sent[]): Promise<void> {
    if (!this.parts.device) return;
    const made = [...this.#held].filter(([, { waiting }]) => waiting && !waiting.sealed).map(([id]) => id);
    for (const id of new Set([...items.map((item) => item.id), ...made])) await this.#keepHere(id);
  }

  /** Seal what waits of one thing, and have the device keep it; or forget that something waited. */
  async #keepHere(id: string): Promise<void> {
    const { device } = this.parts;
    const waiting = this.#held.get(id)?.waiting;
    if (!waiting) return device?.sent([id]);
    const sealed = await this.#sealed(id, waiting);
    await device?.wait(sealed);
  }

  /** What waits of one thing, sealed for its next version. */
  async #sealed(id: string, waiting: Waiting): Promise<Sent> {
    const version = next(this.#hold(id));
    if (waiting.sealed?.version === version) return waiting.sealed;
    const { key, vault } = this.parts;
    waiting.sealed = { id, version, ciphertext: waiting.written && (await sealItem(key, vault, id, version, waiting.written)) };
    return waiting.sealed;
  }

  #soon(): void {
    void (this.#exchanging ?? Promise.resolve()).then(() => this.sync());
  }

  #written(held: Held, content: Content | null): Written | null {
    if (content === null) return null;
    const at = this.#now().toISOString();
    const made = (written(held) ?? held.known?.written)?.made ?? at;
    return { form: FORM, made, at, content };
  }

  /** Open several at once and take them in their order; what does not open is told and passed over. */
  async #eachRead<One extends Sent>(items: readonly One[], take: (item: One, text: Written | null) => void): Promise<void> {
    const { key, vault } = this.parts;
    const open = ({ id, version, ciphertext }: One) => openItem(key, vault, id, version, ciphertext!).catch(() => undefined);
    const texts = (await Promise.all(items.map((item) => item.ciphertext && open(item)))) as (Written | "" | null | undefined)[];
    for (const [at, item] of items.entries()) {
      const text = texts[at];
      if (text === undefined || (text && text.form !== FORM)) this.#notice({ what: "unreadable", id: item.id });
      else take(item, text || null);
    }
  }

  #hold(id: string): Held {
    const held = this.#held.get(id) ?? {};
    this.#held.set(id, held);
    return held;
  }

  #inOrder(): Entry[] {
    const made = (held: Held) => written(held)?.made ?? "";
    return [...this.#held]
      .sort(([, one], [, other]) => (made(one) < made(other) ? -1 : Number(made(one) > made(other))))
      .flatMap(([id, held]) => entryOf(id, held) ?? []);
  }

  #say(kept: Kept): void {
    if (kept === this.#kept) return;
    this.#kept = kept;
    this.#tell();
  }

  #changed(): void {
    this.#sorted = null;
    this.#tell();
  }

  #tell(): void {
    for (const heard of this.#heard) heard();
  }

  #notice(notice: Notice): void {
    for (const heard of this.#noticing) heard(notice);
  }
}
