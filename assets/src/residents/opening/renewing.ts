/* Renew a card, delete the map, and take it away from this device: each with the words of a card again. */
import { NoConnection } from "../asking";
import type { Texts } from "../texts";
import { derive, lock, unlock, type Derived, type LockKind } from "../vault/locks";
import { deleteAt, openAt, renewAt } from "../vault/server";
import { hide, isRight, newCard, show, type Card } from "./cards";
import { sentence } from "./door";
import { busy, say, step, tellCards } from "./saying";
import { forgetHere, UnknownCode, type Session } from "./session";
import { WordsField } from "./typing";

export class Renewing {
  readonly #field: WordsField;
  #shown: Derived | null = null;
  #card: Card | null = null;

  constructor(
    private readonly part: HTMLElement,
    private readonly texts: Texts,
    private readonly session: Session,
    private readonly gone: (why: "deleted" | "closed") => void,
  ) {
    this.#field = new WordsField(part, texts);
  }

  begin(): void {
    const hear = (selector: string, kind: string, doing: (event: Event) => Promise<void> | void) => {
      for (const one of this.part.querySelectorAll<HTMLElement>(selector)) {
        one.addEventListener(kind, (event) => {
          event.preventDefault();
          void busy(this.part, async () => doing(event)).catch((failure: unknown) => say(this.part, sentence(failure)));
        });
      }
    };
    hear("[data-codes]", "submit", () => this.#chosen());
    hear("[data-check]", "submit", () => this.#renew());
    hear("[data-cancel]", "click", () => this.#end());
    hear("[data-delete]", "click", () => this.#delete());
    hear("[data-forget]", "click", () => this.#forget());
    this.part.querySelector("[data-print]")!.addEventListener("click", () => print());
    this.part.querySelector<HTMLElement>("[data-own-device]")!.hidden = !this.session.isOwn;
  }

  async #chosen(): Promise<void> {
    const code = await this.#field.code();
    if (!code) return this.#field.complain();
    say(this.part);
    this.#shown = await derive(code);
    this.#field.clear();
    const what = String(new FormData(this.part.querySelector<HTMLFormElement>("[data-codes]")!).get("what"));
    if (what === "delete") return step(this.part, "delete");
    this.#card = await newCard(what as LockKind);
    for (const place of this.part.querySelectorAll<HTMLElement>("[data-new-card]")) place.hidden = place.dataset.newCard !== what;
    show(this.#card, this.part);
    this.part.querySelector("[data-asks]")!.textContent = this.texts.say("vault.check_new", { number: this.#card.asked });
    step(this.part, "new");
  }

  async #renew(): Promise<void> {
    const word = this.part.querySelector<HTMLInputElement>("[name=word]")!;
    const card = this.#card!;
    if (!isRight(card, word.value)) return say(this.part, "wrong");
    const old = this.#shown!;
    const found = await openAt(old, !this.session.isOwn);
    if (!found || found.vault !== this.session.id) throw new UnknownCode();
    const key = await unlock(found.wrapped, old, found.vault, found.kind, true);
    const made = await lock(key, await derive(card.code), found.vault, card.kind);
    const until = await renewAt(made, old);
    if (until === null) await this.session.relocked(made);
    word.value = "";
    this.#end();
    this.#told(until === null ? "renewed" : "renewed-later", until);
  }

  async #delete(): Promise<void> {
    const { locator, proof } = this.#shown!;
    const answer = await deleteAt({ locator, proof });
    if (!answer) throw new UnknownCode();
    if (answer.until !== null) {
      this.#end();
      return this.#told("deleted-later", answer.until);
    }
    await this.session.leave();
    if (this.session.isOwn) await forgetHere();
    this.gone("deleted");
  }

  async #forget(): Promise<void> {
    await this.session.vault.flush();
    const said = this.part.querySelector<HTMLElement>('[data-said="waits"]')!;
    // Asked once: who presses again knows that it is lost.
    if (this.session.vault.waits && said.hidden) return say(this.part, "waits");
    await this.session.close().catch((failure: unknown) => {
      if (!(failure instanceof NoConnection)) throw failure;
    });
    await forgetHere();
    this.gone("closed");
  }

  /** Say what came of it, and have what waits shown anew. */
  #told(name: string, until: string | null): void {
    for (const words of this.part.querySelectorAll("[data-until]")) words.textContent = until;
    say(this.part, name);
    tellCards();
  }

  #end(): void {
    this.#field.clear();
    this.#card?.code.fill(0);
    this.#card = null;
    this.#shown = null;
    hide(this.part);
    step(this.part, "ask");
  }
}
