/* Send what waits: one after the other, each until the workbench has it, and then nothing of it stays here. */
import type { Keeping, Kept } from "./keeping";
import { asForm } from "./told";

export type Outcome = "sent" | "refused" | "sign-in" | "later";

interface Standing {
  owner: string;
  token: string;
}

type Fetch = typeof fetch;
/** What is wrong with what was told; everything else that fails is tried again. */
const TO_MEND = new Set([400, 403, 404, 413, 422]);
const LOCK = "ongedeeld-signals";

/** Send what waits of who is signed in; a window that is at it already is left to it. */
export async function sendWaiting(keeping: Keeping, ask: Fetch = fetch): Promise<Outcome[]> {
  const send = () => sendEach(keeping, ask);
  if (!globalThis.navigator?.locks) return send();
  return navigator.locks.request(LOCK, send);
}

async function sendEach(keeping: Keeping, ask: Fetch): Promise<Outcome[]> {
  const waiting = (await keeping.all()).filter((kept) => kept.state === "waiting").sort((one, other) => one.at - other.at);
  const first = waiting[0];
  if (!first) return [];
  const standing = await standingAt(first.standing, ask);
  if (typeof standing === "string") return [standing];
  const outcomes: Outcome[] = [];
  for (const kept of waiting.filter(({ owner }) => owner === standing.owner)) {
    const outcome = await sendOne(keeping, kept, standing.token, ask);
    outcomes.push(outcome);
    if (outcome === "later" || outcome === "sign-in") break;
  }
  return outcomes;
}

async function sendOne(keeping: Keeping, kept: Kept, token: string, ask: Fetch): Promise<Outcome> {
  const told = await keeping.told(kept).catch(() => null);
  // The key that opens it is gone: who wrote it has to know, and can only throw it away.
  if (!told) return refused(keeping, kept);
  const body = asForm(told, token);
  const answer = await asked(ask, kept.to, { method: "POST", body });
  if (answer === null) return "later";
  if (isTurnedAway(answer)) return "sign-in";
  if (answer.ok) {
    await keeping.remove(kept.key);
    return "sent";
  }
  return TO_MEND.has(answer.status) ? refused(keeping, kept) : "later";
}

async function refused(keeping: Keeping, kept: Kept): Promise<Outcome> {
  await keeping.refuse(kept);
  return "refused";
}

async function standingAt(address: string, ask: Fetch): Promise<Standing | "sign-in" | "later"> {
  const answer = await asked(ask, address, {});
  if (answer === null) return "later";
  if (isTurnedAway(answer)) return "sign-in";
  return answer.ok ? ((await answer.json()) as Standing) : "later";
}

/** The answer; none where there is no connection. */
async function asked(ask: Fetch, address: string, options: RequestInit): Promise<Response | null> {
  const headers = { Accept: "application/json" };
  try {
    return await ask(address, { ...options, headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  } catch {
    return null;
  }
}

/** Who is not signed in is sent to where one does so. */
function isTurnedAway(answer: Response): boolean {
  return answer.type === "opaqueredirect" || answer.status === 401;
}
