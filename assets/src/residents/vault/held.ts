/* One thing of a vault on this device: what the workbench has of it, and what waits to go there. */
import type { Content } from "../contents";
import type { Entry } from "../store";
import { utf8 } from "./bytes";
import type { Sent, Taken } from "./server";

/** What is sealed of one version: the contents, when the thing was made, and when this version was. */
export interface Written {
  form: number;
  made: string;
  at: string;
  content: Content;
}

/** What waits; nothing written means that it was removed. */
export interface Waiting {
  written: Written | null;
  sealed?: Sent;
}

export interface Held {
  known?: { version: number; written: Written | null };
  waiting?: Waiting;
  /** What went to the workbench last: of that, the answer may be lost on the way. */
  tried?: { sent: Sent; written: Written | null };
}

const NONCE_AND_TAG = 28;
const BLOCK_BYTES = 256;
const LONGEST = 16_384;

/** The version that a change of it gets. */
export function next({ known }: Held): number {
  return (known?.version ?? 0) + 1;
}

/** What stands now. */
export function written({ waiting, known }: Held): Written | null {
  return (waiting ? waiting.written : known?.written) ?? null;
}

export function entryOf(id: string, held: Held | undefined): Entry | undefined {
  const now = held && written(held);
  if (!now) return undefined;
  return { id, version: held.waiting ? next(held) : held.known!.version, at: now.at, content: now.content };
}

/** Whether it is longer, once sealed, than the workbench keeps. */
export function isTooLarge(contents: Written): boolean {
  const blocks = Math.ceil(utf8(JSON.stringify(contents)).length / BLOCK_BYTES);
  return Math.ceil(((blocks * BLOCK_BYTES + NONCE_AND_TAG) * 4) / 3) > LONGEST;
}

/** Whether the workbench tells what was sent from here before, of which the answer never came. */
export function isOurs(item: Sent, sent: Sent | undefined): boolean {
  return sent !== undefined && item.version === sent.version && item.ciphertext === sent.ciphertext;
}

/** The ids of what the workbench has of what was sent. */
export function arrived({ kept, conflicts }: Taken, sent: readonly Sent[]): Set<string> {
  const was = new Map(sent.map((item) => [item.id, item]));
  return new Set([...kept, ...conflicts.filter((item) => isOurs(item, was.get(item.id))).map(({ id }) => id)]);
}

/** As much as goes in one request, and at least one. */
export function batch(items: readonly Sent[], most: number, letters: number): Sent[] {
  let length = 0;
  const isIn = (item: Sent, at: number) => at < most && ((length += item.ciphertext?.length ?? 0) <= letters || at === 0);
  const end = items.findIndex((item, at) => !isIn(item, at));
  return end < 0 ? [...items] : items.slice(0, end);
}
