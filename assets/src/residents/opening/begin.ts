/* Begin a map with an invitation: make its cards, have them checked, and only then make the vault. */
import { NoConnection, Refused } from "../asking";
import type { Texts } from "../texts";
import { derive, lock, newVaultKey } from "../vault/locks";
import { beginAt } from "../vault/server";
import { hide, isRight, newCard, show, type Card } from "./cards";
import { busy, say, step } from "./saying";
import { Session } from "./session";

export class Beginning {
  #cards: [Card, Card] | null = null;
  readonly #invitation: string;

  constructor(
    private readonly part: HTMLElement,
    private readonly texts: Texts,
    private readonly opened: (session: Session) => void,
  ) {
    this.#invitation = location.hash.slice(1);
  }

  begin(): void {
    // The invitation goes from the address, so that nobody reads it over a shoulder or in the history.
    history.replaceState(null, "", location.pathname);
    if (!this.#invitation) {
      say(this.part, "no-invitation");
      return step(this.part, null);
    }
    for (const button of this.part.querySelectorAll<HTMLElement>("[data-go]")) {
      button.addEventListener("click", () => void this.#go(button.dataset.go!));
    }
    this.part.querySelector("[data-print]")!.addEventListener("click", () => print());
    this.part.querySelector<HTMLFormElement>("[data-check]")!.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#check(event.target as HTMLFormElement);
    });
  }

  async #go(name: string): Promise<void> {
    this.#cards ??= [await newCard("card"), await newCard("recovery")];
    say(this.part);
    for (const card of this.#cards) {
      show(card, this.part);
      this.part.querySelector(`[data-asks="${card.kind}"]`)!.textContent = this.texts.say(`vault.check_${card.kind}`, { number: card.asked });
    }
    // What is asked stands on paper, not on this page.
    if (name === "check") hide(this.part);
    step(this.part, name);
  }

  async #check(form: HTMLFormElement): Promise<void> {
    const typed = (card: Card) => (form.elements.namedItem(card.kind) as HTMLInputElement).value;
    if (!this.#cards!.every((card) => isRight(card, typed(card)))) return say(this.part, "wrong");
    await busy(this.part, () => this.#make(this.#cards!)).catch((failure: unknown) => say(this.part, sentence(failure)));
  }

  async #make(cards: [Card, Card]): Promise<void> {
    say(this.part);
    const own = this.part.querySelector<HTMLInputElement>("[name=own]")!.checked;
    const vault = crypto.randomUUID();
    const key = await newVaultKey();
    const codes = await Promise.all(cards.map(async ({ kind, code }) => ({ kind, derived: await derive(code) })));
    const locks = await Promise.all(codes.map(({ kind, derived }) => lock(key, derived, vault, kind)));
    await beginAt(this.#invitation, vault, locks, !own);
    const [{ wrapped, kind }] = locks as [(typeof locks)[0]];
    const session = await Session.of({ vault, wrapped, kind }, codes[0]!.derived, own);
    for (const { code, words } of cards) {
      code.fill(0);
      words.fill("");
    }
    this.part.querySelector<HTMLFormElement>("[data-check]")!.reset();
    this.opened(session);
  }
}

function sentence(failure: unknown): string {
  if (failure instanceof NoConnection) return "offline";
  return failure instanceof Refused ? "refused" : "failed";
}
