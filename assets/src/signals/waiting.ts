/* The box that shows what waits on this device. */
import type { Kept } from "./keeping";

export type Saying = "kept" | "count" | "sign-in";

interface Actions {
  send(): Promise<unknown>;
  mend(kept: Kept): Promise<unknown>;
  goOn(kept: Kept): Promise<unknown>;
  drop(kept: Kept): Promise<unknown>;
}

export class WaitingBox {
  readonly #button: HTMLButtonElement;
  #count = 0;

  constructor(readonly element: HTMLElement, private readonly actions: Actions) {
    this.#button = element.querySelector("[data-send]")!;
    this.#button.addEventListener("click", () => void actions.send());
  }

  /** How much waits to be sent or mended. */
  get count(): number {
    return this.#count;
  }

  /** Show what is kept; the box is there only where something is. */
  show(kept: Kept[]): void {
    this.#count = kept.filter(({ state }) => state !== "begun").length;
    this.element.hidden = !kept.length;
    this.#button.hidden = !kept.some(({ state }) => state === "waiting");
    this.element.querySelector("[data-count]")!.textContent = `${this.#count}`;
    this.element.querySelector("[data-list]")!.replaceChildren(...kept.map((one) => this.#row(one)));
  }

  /** Say one of the sentences that stand ready in the page. */
  say(what: Saying): void {
    for (const words of this.element.querySelectorAll<HTMLElement>("[data-said]")) {
      words.hidden = words.dataset.said === "count" ? !this.#count : words.dataset.said !== what;
    }
  }

  #row(kept: Kept): Node {
    const row = this.element.querySelector<HTMLTemplateElement>(`template[data-row=${kept.state}]`)!.content.cloneNode(true) as DocumentFragment;
    row.querySelector("[data-when]")!.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    row.querySelector("[data-mend]")?.addEventListener("click", () => void this.actions.mend(kept));
    row.querySelector("[data-go-on]")?.addEventListener("click", () => void this.actions.goOn(kept));
    row.querySelector("[data-drop]")?.addEventListener("click", () => void this.actions.drop(kept));
    return row;
  }
}
