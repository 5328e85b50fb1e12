/* Sharing: everything that can be shared, with whom it is, and who looked. */
import { make } from "../dom";
import { button } from "../fields";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { SHARED_KINDS, titleOf } from "./copies";
import { openSharing, toldOfFailure } from "./dialog";
import { sharedMarks } from "./marks";
import { sharesOf, type Shares } from "./shares";

/** The part of the page that the workbench draws hears this when something was shared or taken back. */
export const GIVEN_CHANGED = "gedeeld";
/** And this is heard when something was taken back in it. */
const TAKEN_BACK = "teruggenomen";

export function mount(section: HTMLElement, store: Store, texts: Texts): void | (() => void) {
  const shares = sharesOf(store);
  if (!shares) {
    section.append(make("h1", {}, texts.say("sharing.share")), make("p", { class: "note" }, texts.say("sharing.only_your_own")));
    return undefined;
  }
  const view = new SharingView(section, store, shares, texts);
  const ended = [store.onChange(() => view.draw()), shares.onChange(() => view.changed()), view.hearTaking(), view.hearShowing()];
  view.draw();
  void view.load();
  return () => ended.forEach((end) => end());
}

class SharingView {
  readonly #things = make("div", {});
  readonly #said = make("p", { class: "message warning", role: "alert", hidden: true });
  #taking = false;

  constructor(
    private readonly section: HTMLElement,
    private readonly store: Store,
    private readonly shares: Shares,
    private readonly texts: Texts,
  ) {
    section.prepend(make("h1", {}, texts.say("sharing.share")), make("p", { class: "lead" }, texts.say("sharing.free")));
    section.append(make("section", { class: "theme" }, make("h2", {}, texts.say("sharing.things")), this.#said, this.#things));
  }

  async load(): Promise<void> {
    await this.shares.load().catch((failure: unknown) => {
      this.#said.textContent = toldOfFailure(failure, this.texts);
      this.#said.hidden = false;
    });
  }

  changed(): void {
    this.#said.hidden = true;
    this.draw();
    // Its own words about what was taken back stay in sight.
    if (!this.#taking) document.body.dispatchEvent(new Event(GIVEN_CHANGED));
  }

  /** Who looked may be more by now, each time that somebody comes here. */
  hearShowing(): () => void {
    const heard = () => document.body.dispatchEvent(new Event(GIVEN_CHANGED));
    this.section.addEventListener("shown", heard);
    return () => this.section.removeEventListener("shown", heard);
  }

  /** What was taken back in the part of the page that the workbench draws is not shared any more. */
  hearTaking(): () => void {
    const heard = () => void this.#reload();
    this.section.addEventListener(TAKEN_BACK, heard);
    return () => this.section.removeEventListener(TAKEN_BACK, heard);
  }

  async #reload(): Promise<void> {
    this.#taking = true;
    await this.load();
    this.#taking = false;
  }

  draw(): void {
    const parts = SHARED_KINDS.map((kind) => this.#part(kind, this.store.of(kind))).filter((part) => part !== null);
    const { texts } = this;
    this.#things.replaceChildren(...(parts.length ? parts : [make("p", { class: "empty" }, texts.say("sharing.nothing"))]));
  }

  #part(kind: (typeof SHARED_KINDS)[number], entries: Entry[]): HTMLElement | null {
    if (!entries.length) return null;
    const open = kind === "step" || kind === "issue";
    return make(
      "details",
      { open },
      make("summary", {}, this.texts.say(`sharing.kind.${kind}`)),
      make("ul", { class: "entries" }, ...entries.map((entry) => this.#row(entry))),
    );
  }

  #row(entry: Entry): HTMLLIElement {
    const name = titleOf(entry.content);
    const share = button(this.texts.say("sharing.share"), () => void openSharing(this.section, entry, this.store, this.shares, this.texts), {
      kind: "plain",
      name: this.texts.say("sharing.share_this", { name }),
    });
    return make("li", { class: "entry" }, make("p", {}, name), sharedMarks(entry, this.store, this.shares, this.texts), share);
  }
}
