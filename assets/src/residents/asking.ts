/* Ask the workbench something: every request of a resident's page goes this way. */

export interface Stand {
  open: boolean;
  vault: string | null;
  elsewhere: boolean | null;
  token: string;
}

export interface Answer<What = unknown> {
  status: number;
  json: What;
}

export interface Asked {
  method?: "GET" | "POST" | "PUT";
  json?: unknown;
  /** Goes on where the page goes away meanwhile. */
  keepalive?: boolean;
}

/** There is no connection, or the workbench is away for a while: later it may work. */
export class NoConnection extends Error {
  override name = "NoConnection";
}

/** The workbench said no, and why. */
export class Refused extends Error {
  override name = "Refused";

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(`${status} ${title}`);
  }
}

const OUT_OF_DATE = 403;
const BUSY = 429;
const BROKEN = 500;
let token: string | undefined;
let map: string | undefined;

/** Say with every request of which vault this page holds the key: where another was opened since, nothing is taken. */
export function speakFor(vault: string): void {
  map = vault;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-Vault": vault }));
}

/** Whether a vault is open here, on what device, and the token with which a change is asked for. */
export async function stand(): Promise<Stand> {
  const { json } = await answered<Stand>(document.body.dataset.stand!, {});
  token = json.token;
  return json;
}

/** The answer to a request. A token that was out of date is asked anew, once.
 *
 * Throws NoConnection where it may work later, and Refused where the workbench says no.
 */
export async function ask<What = unknown>(address: string, asked: Asked = {}): Promise<Answer<What>> {
  const changes = asked.method !== undefined && asked.method !== "GET";
  if (!changes) return answered<What>(address, asked);
  const before = token;
  if (before === undefined) await stand();
  try {
    return await answered<What>(address, asked);
  } catch (failure) {
    if (before === undefined || !(failure instanceof Refused) || failure.status !== OUT_OF_DATE) throw failure;
    await stand();
    return answered<What>(address, asked);
  }
}

async function answered<What>(address: string, { method = "GET", json, keepalive = false }: Asked): Promise<Answer<What>> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET" && token) headers["X-CSRFToken"] = token;
  if (map) headers["X-Vault"] = map;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const body = json === undefined ? null : JSON.stringify(json);
  let answer: Response;
  try {
    answer = await fetch(address, { method, headers, body, keepalive, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  } catch {
    throw new NoConnection();
  }
  if (answer.ok) return { status: answer.status, json: (await told(answer)) as What };
  if (answer.status >= BROKEN || answer.status === BUSY) throw new NoConnection(`${answer.status}`);
  const { title = "", detail = "" } = ((await told(answer)) ?? {}) as { title?: string; detail?: string };
  throw new Refused(answer.status, title, detail);
}

async function told(answer: Response): Promise<unknown> {
  return /json/.test(answer.headers.get("Content-Type") ?? "") ? answer.json() : null;
}
