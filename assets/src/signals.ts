/* The page on which somebody reports: what is told, whole or half, is kept on the device until the workbench has it. */
import { Drafting } from "./signals/drafting";
import { Keeping, MARK, type Kept, type State } from "./signals/keeping";
import { CACHE } from "./signals/leaving";
import { small } from "./signals/pictures";
import { sendWaiting, type Outcome } from "./signals/sending";
import { fill, unfold } from "./signals/filling";
import { toldIn, type Told } from "./signals/told";
import { WaitingBox, type Saying } from "./signals/waiting";

const SYNC = "ongedeeld-signals";

interface Syncing extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

class ReportPage {
  readonly #owner: string;
  readonly #box: WaitingBox;
  readonly #drafting = new Drafting(() => this.#keepBegun());
  /** What the form holds before anybody filled it in; none where it came back to be mended. */
  #empty: string | null = null;
  #mended = "";
  #begun = false;

  constructor(private readonly form: HTMLFormElement, private readonly keeping: Keeping) {
    this.#owner = form.dataset.owner!;
    if (document.querySelector("#errors")) this.#mended = String(new FormData(form).get("key"));
    this.#box = new WaitingBox(document.querySelector("#waiting")!, {
      send: () => this.send(true),
      mend: (kept) => this.mend(kept),
      goOn: (kept) => this.goOn(kept),
      drop: (kept) => this.drop(kept),
    });
  }

  async begin(): Promise<void> {
    if (this.form.hasAttribute("data-offline")) this.#renew();
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    if (!this.#mended) this.#empty = filledIn(await toldIn(new FormData(this.form)));
    this.form.addEventListener("input", () => this.#changed());
    document.addEventListener("visibilitychange", () => document.hidden && void this.#drafting.now());
    addEventListener("online", () => void this.send());
    await this.keeping.tidy(this.#owner, Date.now());
    await this.#showRecent();
    await this.#show();
    void this.#prepare().catch(console.error);
    if (navigator.onLine && (await this.#waits())) await this.send();
  }

  /** Send what waits, and go to where the workbench tells what it received, unless somebody is writing. */
  async send(asked = false): Promise<Outcome[]> {
    const before = this.#box.count;
    const outcomes = await sendWaiting(this.keeping);
    await this.#show(outcomes);
    // It may be that the worker behind this page was first.
    const isGone = outcomes.includes("sent") || this.#box.count < before;
    if (isGone && (asked || !this.#begun)) {
      await this.#drafting.now();
      location.assign(this.form.action);
    }
    return outcomes;
  }

  /** Put what was refused into the form again, and have the workbench say what is wrong with it. */
  async mend(kept: Kept): Promise<void> {
    fill(this.form, await this.keeping.told(kept));
    this.form.submit();
  }

  /** Put what was begun into the form again; from here it is kept as before. */
  async goOn(kept: Kept): Promise<void> {
    await this.#drafting.now();
    fill(this.form, await this.keeping.told(kept));
    unfold(this.form);
    this.#begun = true;
    await this.#show();
    this.form.querySelector<HTMLElement>("[name=kind]:checked, [name=kind]")?.focus();
  }

  async drop(kept: Kept): Promise<void> {
    await this.keeping.remove(kept.key);
    await this.#show();
  }

  #submitted(event: SubmitEvent): void {
    if ((event.submitter as HTMLButtonElement | null)?.value === "search") return;
    event.preventDefault();
    event.stopPropagation();
    void this.#keepAndSend().catch((failure) => {
      // A device that cannot keep it (a private window, a full disk) sends it as a form does.
      console.error(failure);
      this.form.submit();
    });
  }

  #changed(): void {
    this.#begun = true;
    this.#drafting.soon();
  }

  async #keepAndSend(): Promise<void> {
    await this.#drafting.stop();
    const data = await this.#filledIn();
    const key = String(data.get("key"));
    await this.#keep(await toldIn(data), "waiting");
    await this.#remember();
    this.#mended = "";
    await this.#show();
    const outcomes = await this.send(true);
    const kept = (await this.keeping.of(this.#owner)).find((one) => one.key === key);
    if (kept?.state === "refused") this.form.submit();
    else if (kept) await this.#kept(outcomes.includes("sign-in") ? "sign-in" : "kept");
  }

  /** Keep what was begun, for whoever comes back to it; a form that was emptied again leaves nothing. */
  async #keepBegun(): Promise<void> {
    const data = await this.#filledIn();
    const address = this.#chosen();
    // The list of addresses is gone by then: its own words find it again.
    if (address) data.set("search", address);
    data.delete("address");
    const told = await toldIn(data);
    if (filledIn(told) === this.#empty) await this.keeping.remove(String(data.get("key")));
    else await this.#keep(told, "begun");
  }

  async #keep(told: Told, state: State): Promise<void> {
    const { action, dataset } = this.form;
    localStorage.setItem(MARK, "1");
    await this.keeping.keep(told, {
      key: String(new Map(told.fields).get("key")),
      owner: this.#owner,
      at: Date.now(),
      to: new URL(action).pathname,
      standing: dataset.standing!,
      state,
    });
  }

  /** The form with its pictures made small; without a connection no day stands in the page yet. */
  async #filledIn(): Promise<FormData> {
    const data = new FormData(this.form);
    const pictures = data.getAll("photos").filter((one): one is File => one instanceof File && one.size > 0);
    data.delete("photos");
    for (const picture of await Promise.all(pictures.map(small))) data.append("photos", picture);
    return data;
  }

  async #kept(why: Saying): Promise<void> {
    await this.#sendLater();
    this.form.reset();
    this.#begun = false;
    this.#renew();
    this.#box.say(why);
    this.#box.element.scrollIntoView({ block: "center" });
  }

  /** A form that was kept or came from this device becomes a new one: with a key of its own, seen today. */
  #renew(): void {
    const today = new Date();
    set(this.form, "key", crypto.randomUUID());
    set(this.form, "seen_on", day(today));
    set(this.form, "told_by", day(new Date(today.getTime() + 7 * 24 * 60 * 60 * 1000)));
  }

  async #waits(): Promise<boolean> {
    return (await this.keeping.of(this.#owner)).some((kept) => kept.state === "waiting");
  }

  async #show(outcomes: Outcome[] = []): Promise<void> {
    const kept = await this.keeping.of(this.#owner);
    if (!kept.length && !(await this.keeping.all()).length) localStorage.removeItem(MARK);
    // What stands in the form to be mended or finished is not told twice.
    const here = String(new FormData(this.form).get("key"));
    this.#box.show(kept.filter(({ key, state }) => key !== this.#mended && !(state === "begun" && key === here)));
    this.#box.say(outcomes.includes("sign-in") ? "sign-in" : "count");
  }

  async #remember(): Promise<void> {
    const address = this.#chosen();
    const complex = this.form.querySelector<HTMLSelectElement>("[name=complex]");
    const option = complex?.selectedOptions[0];
    if (address) {
      await this.keeping.remember(this.#owner, { value: `address:${address}`, label: address });
    } else if (complex?.value && option) {
      await this.keeping.remember(this.#owner, { value: `complex:${complex.value}`, label: option.text });
    }
  }

  /** The address that was chosen from the list, as it is written. */
  #chosen(): string {
    const address = this.form.querySelector<HTMLInputElement>("[name=address]:checked");
    const label = address && this.form.querySelector<HTMLLabelElement>(`label[for="${address.id}"]`);
    return label?.firstChild?.textContent?.trim() ?? "";
  }

  async #showRecent(): Promise<void> {
    const recent = await this.keeping.recent(this.#owner).catch(() => []);
    const box = this.form.querySelector<HTMLElement>("[data-recent]")!;
    box.hidden = !recent.length;
    box.querySelector("ul")!.replaceChildren(...recent.map(({ value, label }) => this.#recentRow(value, label)));
  }

  #recentRow(value: string, label: string): HTMLLIElement {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", () => {
      const [kind, what] = [value.slice(0, value.indexOf(":")), value.slice(value.indexOf(":") + 1)];
      this.form.querySelectorAll<HTMLInputElement>("[name=address]").forEach((one) => (one.checked = false));
      set(this.form, "search", kind === "address" ? what : "");
      set(this.form, "complex", kind === "complex" ? what : "");
      this.#changed();
    });
    const row = document.createElement("li");
    row.append(button);
    return row;
  }

  /** Have the form at hand where there is no connection: the page, its style and its script. */
  async #prepare(): Promise<void> {
    if (this.form.hasAttribute("data-offline") || !("serviceWorker" in navigator)) return;
    const { worker, scope, shell } = this.form.dataset;
    await navigator.serviceWorker.register(worker!, { scope: scope! });
    const parts = document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel=stylesheet],script[src]");
    const addresses = [...parts].map((part) => ("href" in part ? part.href : part.src));
    const cache = await caches.open(CACHE);
    await cache.addAll([shell!, ...addresses]);
    this.form.dataset.prepared = "yes";
  }

  /** Ask the browser to have it sent when there is a connection, also where this page was closed. */
  async #sendLater(): Promise<void> {
    const registration = (await navigator.serviceWorker?.getRegistration(this.form.dataset.scope)) as Syncing | undefined;
    await registration?.sync?.register(SYNC).catch(() => undefined);
  }
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

/** What was filled in, to be compared: the key of a form is no answer of anybody. */
function filledIn({ fields, pictures }: Told): string {
  return JSON.stringify([fields.filter(([name]) => name !== "key"), pictures]);
}

function day(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const form = document.querySelector<HTMLFormElement>("#report");
if (form && globalThis.indexedDB && globalThis.crypto?.subtle) void start(form).catch(console.error);

async function start(form: HTMLFormElement): Promise<void> {
  const page = new ReportPage(form, await Keeping.open());
  await page.begin();
  form.dataset.state = "ready";
}
