/* What works behind the pages of a resident's own device: it has the page at hand without a connection.
 *
 * It holds the page, its style and its script: the same for everybody, and nothing of anybody.
 */
const CACHE = "ongedeeld-kaart";
const SHELL = "/mijn/zonder-verbinding/";
const PAGES = ["/mijn/", "/mijn/kaart/"];

interface Extended extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetching extends Extended {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  addEventListener(kind: "install" | "activate", heard: (event: Extended) => void): void;
  addEventListener(kind: "fetch", heard: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { pathname } = new URL(url);
  if (method !== "GET") return;
  const kept = mode === "navigate" ? PAGES.includes(pathname) && SHELL : pathname.startsWith("/static/") && url;
  if (kept) event.respondWith(fetch(event.request).catch((failure) => cached(kept, failure)));
});

async function cached(address: string, failure: unknown): Promise<Response> {
  const answer = await (await caches.open(CACHE)).match(address);
  if (!answer) throw failure;
  return answer;
}
