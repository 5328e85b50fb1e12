/* The page of an open map: what is kept, what two devices did, and how it closes. */
import { speakFor } from "../asking";
import type { Content } from "../contents";
import type { Texts } from "../texts";
import type { Notice } from "../vault/vault";
import { Closing } from "./closing";
import { Renewing } from "./renewing";
import { tellCards } from "./saying";
import { CACHE, onClosedElsewhere, type Session } from "./session";
import { named, Views } from "./views";

const CODES = "codes";
const MAP = "/mijn/kaart/";
const DOOR = "/mijn/";
/** What the address of the door says of a map that was open before. */
const SAID: ReadonlySet<string> = new Set(["closed", "deleted"]);
/** A page that goes away right after a way within the resident's pages was chosen is not left. */
const CHOSEN_MS = 2_000;

export class Shell {
  readonly #views: Views;
  readonly #closing: Closing;
  #chosenAt = -Infinity;
  #left = false;

  constructor(private readonly session: Session, private readonly texts: Texts) {
    this.#views = new Views(session.vault, texts, (view, section) => {
      if (view === CODES) new Renewing(section, texts, session, (why) => this.#away(why)).begin();
    });
    this.#closing = new Closing({
      limits: session.limits,
      beganAt: session.beganAt,
      close: () => void this.close(),
      warn: (soon) => this.#each("[data-closing]", (box) => (box.hidden = !soon)),
      used: (now) => void session.used(now).then(() => session.vault.sync()),
      cover: (hidden) => document.body.toggleAttribute("data-covered", hidden && !session.isOwn),
    });
  }

  /** Show the map, and hear what makes it close. */
  begin(): void {
    const { id, vault } = this.session;
    speakFor(id);
    this.#each("[data-when]", (part) => (part.hidden = part.dataset.when !== "open"));
    if (location.pathname !== MAP) history.replaceState(null, "", MAP + (SAID.has(named(location.hash).view) ? "" : location.hash));
    vault.closed = () => void this.#leave();
    vault.onChange(() => this.#tellKept());
    vault.onNotice((notice) => this.#notice(notice));
    addEventListener("online", () => void vault.sync().then(tellCards));
    addEventListener("pagehide", () => this.#gone());
    addEventListener("beforeunload", (event) => this.#left || !vault.waits || this.session.isKept || event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void vault.sync());
    document.addEventListener("click", (event) => this.#clicked(event), true);
    document.addEventListener("submit", () => (this.#chosenAt = performance.now()), true);
    onClosedElsewhere(id, () => void this.#leave());
    this.#closing.begin(document);
    this.#tellKept();
    this.#views.begin(true);
    tellCards();
    void vault.sync().then(() => (document.body.dataset.synced = "yes"));
    if (this.session.isOwn) void prepare().catch(() => undefined); // without it, the map works with a connection
  }

  /** Close it: what was changed goes out first, and nothing of it stays on this page. */
  async close(why = "closed"): Promise<void> {
    this.#cover();
    await this.session.close();
    this.#away(why);
  }

  #clicked(event: Event): void {
    const target = event.target as Element;
    if (target.closest("a[href], button")) this.#chosenAt = performance.now();
    if (target.closest("[data-close]")) void this.#asked();
    if (target.closest("[data-close-anyway]")) void this.close();
  }

  /** Close, unless something would be lost with it: then that is said first. */
  async #asked(): Promise<void> {
    const { vault, isKept } = this.session;
    await vault.flush();
    const isLost = vault.waits > 0 && !isKept;
    this.#each("[data-unsent]", (box) => (box.hidden = !isLost));
    if (isLost) document.querySelector("[data-unsent]")?.scrollIntoView({ block: "center" });
    else await this.close();
  }

  /** Who leaves these pages on the device of somebody else closes the map there. */
  #gone(): void {
    if (this.session.isOwn || this.#left || performance.now() - this.#chosenAt < CHOSEN_MS) return;
    this.#left = true;
    this.session.abandon();
  }

  async #leave(): Promise<void> {
    this.#cover();
    await this.session.leave();
    this.#away("closed");
  }

  #cover(): void {
    this.#closing.end();
    document.body.setAttribute("data-covered", "");
  }

  #away(why: string): void {
    this.#left = true;
    this.#views.end();
    location.replace(`${DOOR}#${why}`);
    if (location.pathname === DOOR) location.reload();
  }

  #tellKept(): void {
    const kept = this.session.vault.kept();
    this.#each("[data-kept]", (words) => (words.hidden = words.dataset.kept !== kept));
    if (kept === "saved") this.#each("[data-unsent]", (box) => (box.hidden = true));
    document.body.dataset.state = kept;
  }

  #notice({ what, id, copy }: Notice): void {
    const template = document.querySelector<HTMLTemplateElement>(`template[data-notice="${what}"]`);
    const row = template?.content.cloneNode(true) as DocumentFragment | undefined;
    if (!row) return;
    const item = row.querySelector("li")!;
    const label = row.querySelector("[data-label]");
    if (label) label.textContent = this.#labelOf(this.session.vault.get(copy ?? id)?.content);
    row.querySelector("[data-seen]")!.addEventListener("click", () => item.remove());
    document.querySelector("[data-notices]")!.append(row);
  }

  #labelOf(content: Content | undefined): string {
    const words = (content ?? {}) as unknown as Record<string, unknown>;
    const said = ["title", "what", "name", "words", "first"].map((field) => words[field]).find((word) => typeof word === "string" && word);
    return typeof said === "string" ? said : this.texts.say("vault.something");
  }

  #each(selector: string, doing: (part: HTMLElement) => void): void {
    for (const part of document.querySelectorAll<HTMLElement>(selector)) doing(part);
  }
}

/** Have the page at hand where there is no connection: the page, its style and its script, and nothing of anybody. */
async function prepare(): Promise<void> {
  const { worker, scope, shell } = document.body.dataset;
  if (!worker || !scope || !shell || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope });
  const used = performance.getEntriesByType("resource").map(({ name }) => name);
  const wanted = new Set([shell, ...used].map((address) => new URL(address, location.href)).filter(({ pathname }) => pathname === shell || pathname.startsWith("/static/")).map(({ href }) => href));
  const cache = await caches.open(CACHE);
  await cache.addAll([...wanted]);
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  document.body.dataset.prepared = "yes";
}

