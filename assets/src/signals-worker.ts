/* What works behind the pages of signals: it has the form at hand without a connection, and sends what waits. */
import { Keeping } from "./signals/keeping";
import { CACHE } from "./signals/leaving";
import { sendWaiting } from "./signals/sending";

interface Syncing extends Event {
  tag: string;
  waitUntil(done: Promise<unknown>): void;
}

interface Fetching extends Syncing {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  addEventListener(kind: "install" | "activate" | "sync", heard: (event: Syncing) => void): void;
  addEventListener(kind: "fetch", heard: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const REPORT = "/signalen/nieuw/";
const SHELL = `${REPORT}zonder-verbinding/`;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("sync", (event) => event.waitUntil(send()));
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { pathname } = new URL(url);
  if (method !== "GET") return;
  if (mode === "navigate") {
    if (pathname === REPORT) event.respondWith(fetch(event.request).catch((failure) => cached(SHELL, failure)));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(fetch(event.request).catch((failure) => cached(url, failure)));
  }
});

async function send(): Promise<void> {
  const keeping = await Keeping.open();
  const outcomes = await sendWaiting(keeping).finally(() => keeping.close());
  // The browser tries again by itself where this fails.
  if (outcomes.includes("later")) throw new Error("there is no connection yet");
}

async function cached(address: string, failure: unknown): Promise<Response> {
  const answer = await (await caches.open(CACHE)).match(address);
  if (!answer) throw failure;
  return answer;
}
