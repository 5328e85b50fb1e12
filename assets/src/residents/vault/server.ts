/* What the workbench keeps of a vault: ciphertext and numbers. */
import { ask, Refused } from "../asking";
import type { Lock, LockKind, Showing } from "./locks";

/** One version of one item; without ciphertext it was removed. */
export interface Sent {
  id: string;
  version: number;
  ciphertext: string | null;
}

export interface Received extends Sent {
  sequence: number;
  at: string;
}

export interface Page {
  sequence: number;
  items: Received[];
  more: boolean;
}

export interface Taken {
  sequence: number;
  kept: string[];
  conflicts: Sent[];
}

/** A vault that was found by a code. */
export interface Found {
  vault: string;
  wrapped: string;
  kind: LockKind;
}

/** What a vault asks of the workbench; everything throws NoConnection or Refused of asking.ts. */
export interface Server {
  items(since: number): Promise<Page>;
  put(items: Sent[]): Promise<Taken>;
  versions(id: string): Promise<Received[]>;
}

const AT = "/mijn/kluis/";
const NOT_FOUND = 404;

/** The open vault of this device. */
export const SERVER: Server = {
  async items(since) {
    return (await ask<Page>(`${AT}items?since=${since}`)).json;
  },
  async put(items) {
    return (await ask<Taken>(`${AT}items`, { method: "PUT", json: { items } })).json;
  },
  async versions(id) {
    return (await ask<{ items: Received[] }>(`${AT}items/${id}/versions`)).json.items;
  },
};

/** Open the vault of a code; null where there is none, or its card is blocked. */
export async function openAt({ locator, proof }: Showing, elsewhere: boolean): Promise<Found | null> {
  return noneWhereUnknown(async () => (await ask<Found>(`${AT}open`, { method: "POST", json: { locator, proof, elsewhere } })).json);
}

/** Make a vault with leave of an invitation; it is then open here. */
export async function beginAt(invitation: string, vault: string, locks: Lock[], elsewhere: boolean): Promise<void> {
  await ask(`${AT}begin`, { method: "POST", json: { invitation, vault, locks, elsewhere } });
}

/** What was asked with the card waits: until when, in the words of the page. */
interface Waits {
  said?: string;
}

/** Put a new lock in the place of that of the same kind: the old code opens nothing from then on.
 *
 * Until when it waits first, as a new second code that is asked for with the card; null where it was done at once.
 */
export async function renewAt(lock: Lock, { locator, proof }: Showing): Promise<string | null> {
  const { json } = await ask<Waits>(`${AT}locks`, { method: "POST", json: { ...lock, by: { locator, proof } } });
  return json.said ?? null;
}

/** Block the card with the second code; false where that code opens nothing. */
export async function blockAt({ locator, proof }: Showing): Promise<boolean> {
  return (await noneWhereUnknown(() => ask(`${AT}block`, { method: "POST", json: { locator, proof } }))) !== null;
}

/** Delete the vault with all that is in it and was shared from it; null where the code opens nothing.
 *
 * With the card that waits first, until the moment that is told.
 */
export async function deleteAt({ locator, proof }: Showing): Promise<{ until: string | null } | null> {
  const answer = await noneWhereUnknown(() => ask<Waits>(`${AT}delete`, { method: "POST", json: { locator, proof } }));
  return answer && { until: answer.json.said ?? null };
}

/** Close it at the workbench, which keeps what is sent along first; this goes on where the page goes away. */
export async function closeAt(items: Sent[] = []): Promise<void> {
  await ask(`${AT}close`, { method: "POST", json: { items }, keepalive: true });
}

async function noneWhereUnknown<What>(asking: () => Promise<What>): Promise<What | null> {
  try {
    return await asking();
  } catch (failure) {
    if (failure instanceof Refused && failure.status === NOT_FOUND) return null;
    throw failure;
  }
}
