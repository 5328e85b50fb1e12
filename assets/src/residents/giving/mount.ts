/* Give an anonymised copy for learning, after a separate yes; see it first; take it back. */
import { ask, NoConnection } from "../asking";
import { make } from "../dom";
import { button, choice, field, type Option } from "../fields";
import { today } from "../figures/moments";
import type { Store } from "../store";
import type { Texts } from "../texts";
import { copyOf, isEmpty, SORTS, type Copy, type Sort } from "./copy";
import { shown } from "./shown";
import { digestOf, newToken } from "./tokens";

const GIVE = "/mijn/geven/";
const TAKE_BACK = "/mijn/geven/terug/";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const view = new View(store, texts, section.dataset.give ?? GIVE, section.dataset.takeBack ?? TAKE_BACK);
  section.append(view.element);
  return store.onChange(() => view.draw());
}

class View {
  readonly element: HTMLElement;
  readonly #sorts = new Map<string, Sort>();
  readonly #choices = make("div");
  readonly #copy = make("div", { class: "copy" });
  readonly #told = make("p", { class: "told", role: "status" });
  readonly #form: HTMLFormElement;
  readonly #given = make("div", { class: "message" });
  readonly #empty: HTMLElement;
  readonly #yes = make("input", { type: "checkbox", name: "yes", required: true });

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly giveTo: string,
    private readonly takeBackFrom: string,
  ) {
    const say = (key: string): string => texts.say(`giving.${key}`);
    this.#empty = make("p", { class: "note" }, say("empty"));
    this.#form = this.#buildForm();
    this.element = make(
      "section",
      {},
      make("h1", {}, say("heading")),
      make("p", { class: "lead" }, say("lead")),
      make("ul", {}, ...["no_duty", "no_words", "with_others", "taken_back"].map((key) => make("li", {}, say(key)))),
      this.#given,
      this.#empty,
      this.#form,
      this.#told,
    );
    this.draw();
  }

  draw(): void {
    const gift = this.store.of("donated").at(-1);
    const copy = copyOf(this.store, this.#sorts);
    const empty = isEmpty(copy);
    this.#given.hidden = !gift;
    this.#form.hidden = empty || gift !== undefined;
    this.#empty.hidden = !empty || gift !== undefined;
    if (gift) this.#given.replaceChildren(make("p", {}, this.texts.say("giving.given")), button(this.texts.say("giving.take_back"), () => void this.#takeBack(gift.id, gift.content.token), { kind: "plain" }));
    this.#drawChoices();
    this.#drawCopy(copy);
  }

  #buildForm(): HTMLFormElement {
    const { texts } = this;
    const yes = make("label", { class: "tick" }, this.#yes, make("span", {}, texts.say("giving.yes")));
    const form = make(
      "form",
      { class: "form small" },
      this.#choices,
      make("h2", {}, texts.say("giving.this_goes")),
      this.#copy,
      yes,
      make("div", { class: "buttons" }, make("button", { type: "submit", class: "button" }, texts.say("giving.give"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#give();
    });
    return form;
  }

  /** What sort each organisation is of: a name says nothing to who learns, and does not go along. */
  #drawChoices(): void {
    const organisations = this.store.of("organisation");
    const drawn = [...this.#choices.querySelectorAll<HTMLSelectElement>("select")].map(({ name }) => name);
    if (drawn.join() === organisations.map(({ id }) => id).join()) return;
    const options: Option[] = [["unsaid", this.texts.say("giving.unsaid")], ...SORTS.map((sort): Option => [sort, this.texts.say(`sort.${sort}`)])];
    const fields = organisations.map(({ id, content }) => {
      const select = choice(id, options, this.#sorts.get(id) ?? "unsaid");
      select.addEventListener("change", () => {
        this.#sorts.set(id, select.value as Sort);
        this.#drawCopy(copyOf(this.store, this.#sorts));
      });
      return field(content.name, select);
    });
    this.#choices.replaceChildren(...(fields.length ? [make("h2", {}, this.texts.say("giving.sorts")), make("p", { class: "help" }, this.texts.say("giving.sorts_help")), ...fields] : []));
  }

  #drawCopy(copy: Copy): void {
    this.#copy.replaceChildren(...shown(copy, this.texts));
  }

  async #give(): Promise<void> {
    if (!this.#yes.checked) return;
    const token = newToken();
    // The token is kept first: what was given and cannot be taken back would be worse than a token for nothing.
    const gift = await this.store.put({ kind: "donated", token, on: today() });
    try {
      await ask(this.giveTo, { method: "POST", json: { digest: await digestOf(token), copy: copyOf(this.store, this.#sorts) } });
      this.#yes.checked = false;
      this.#say("giving.thanks");
    } catch (failure) {
      // Without an answer it may have come all the same: then the token is what takes it back.
      if (failure instanceof NoConnection) return this.#say("giving.perhaps");
      await this.store.remove(gift.id);
      this.#failed(failure);
    }
  }

  async #takeBack(id: string, token: string): Promise<void> {
    try {
      await ask(this.takeBackFrom, { method: "POST", json: { token } });
      await this.store.remove(id);
      this.#say("giving.taken");
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #failed(failure: unknown): void {
    if (failure instanceof NoConnection) this.#say("giving.no_connection");
    else if (failure instanceof Error && "detail" in failure) this.#told.textContent = String(failure.detail);
    else throw failure;
  }

  #say(key: string): void {
    this.#told.textContent = this.texts.say(key);
  }
}
