/* A list of things in somebody's own words, to add to, change and take out of. */
import type { Content, Kind, OfKind } from "./contents";
import { make } from "./dom";
import { button, buttons } from "./fields";
import type { Entry, Store } from "./store";
import type { Texts } from "./texts";

/** What a list is of. `prefix` is where its texts are: heading, lead, empty, add, removed. */
export interface Shape<K extends Kind> {
  kind: K;
  prefix: string;
  /** Whether the section is this list alone, so that its heading is that of the section. */
  alone?: boolean;
  /** The fields of its form, filled in where something is changed. */
  fields(before?: OfKind<K>): HTMLElement[];
  /** What was filled in; undefined where it is nothing. */
  read(form: FormData, before?: OfKind<K>): OfKind<K> | undefined;
  /** How it stands in the list. */
  show(content: OfKind<K>): (Node | string)[];
  /** What it is called, for the buttons beside it. */
  name(content: OfKind<K>): string;
  /** Things beside the list that follow it. */
  redrawn?: () => void;
}

/** Put a list into a section; what comes back ends it. */
export function listOf<K extends Kind>(section: HTMLElement, store: Store, texts: Texts, shape: Shape<K>): () => void {
  const list = new List(store, texts, shape);
  section.append(list.element);
  return store.onChange(() => list.draw());
}

class List<K extends Kind> {
  readonly element: HTMLElement;
  readonly #rows = make("ul", { class: "rows" });
  readonly #empty: HTMLElement;
  readonly #told = make("p", { class: "told", role: "status" });
  readonly #adding = make("div");
  #changing: string | undefined;

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly shape: Shape<K>,
  ) {
    const { prefix } = shape;
    this.#empty = make("p", { class: "note" }, texts.say(`${prefix}.empty`));
    this.element = make(
      "section",
      { class: "theme" },
      make(shape.alone ? "h1" : "h2", {}, texts.say(`${prefix}.heading`)),
      make("p", { class: shape.alone ? "lead" : undefined }, texts.say(`${prefix}.lead`)),
      this.#rows,
      this.#empty,
      this.#told,
      this.#adding,
    );
    this.#offerToAdd();
    this.draw();
  }

  /** Draw the list anew, but for what somebody is changing. */
  draw(): void {
    const entries = this.store.of(this.shape.kind);
    if (this.#changing && entries.some(({ id }) => id === this.#changing)) return;
    this.#changing = undefined;
    this.#empty.hidden = entries.length > 0;
    this.#rows.replaceChildren(...entries.map((entry) => this.#row(entry)));
    this.shape.redrawn?.();
  }

  #row({ id, content }: Entry<OfKind<K>>): HTMLLIElement {
    const { texts, shape } = this;
    const name = shape.name(content);
    const change = button(texts.say("do.change"), () => this.#change(id, row, content), { kind: "plain", name: texts.say("do.change_this", { name }) });
    const remove = button(texts.say("do.remove"), () => void this.#remove(id), { kind: "plain", name: texts.say("do.remove_this", { name }) });
    const row = make("li", { "data-id": id }, make("div", {}, ...shape.show(content)), make("div", { class: "buttons" }, change, remove));
    return row;
  }

  #offerToAdd(focus = false): void {
    const add = button(this.texts.say(`${this.shape.prefix}.add`), () => {
      this.#adding.replaceChildren(this.#form(undefined, () => this.#offerToAdd(true)));
      focusFirst(this.#adding);
    });
    this.#adding.replaceChildren(add);
    if (focus) add.focus();
  }

  #change(id: string, row: HTMLLIElement, content: OfKind<K>): void {
    this.#changing = id;
    row.replaceChildren(
      this.#form({ id, content }, () => {
        this.#changing = undefined;
        this.draw();
        this.#rows.querySelector<HTMLButtonElement>(`[data-id="${id}"] button`)?.focus();
      }),
    );
    focusFirst(row);
  }

  #form(before: { id: string; content: OfKind<K> } | undefined, done: () => void): HTMLFormElement {
    const { texts, shape } = this;
    const below = buttons(texts.say("do.save"), texts.say("do.cancel"), done);
    const form = make("form", { class: "form small" }, ...shape.fields(before?.content), below);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const content = shape.read(new FormData(form), before?.content);
      if (!content) return focusFirst(form);
      this.#told.replaceChildren();
      this.#changing = undefined;
      void this.store.put(content as Content, before?.id).then(done);
    });
    return form;
  }

  async #remove(id: string): Promise<void> {
    const { texts, store } = this;
    await store.remove(id);
    const back = button(texts.say("do.undo"), () => {
      this.#told.replaceChildren();
      void store.undo();
    }, { kind: "plain" });
    this.#told.replaceChildren(texts.say(`${this.shape.prefix}.removed`), " ", back);
    back.focus();
  }
}

function focusFirst(within: HTMLElement): void {
  within.querySelector<HTMLElement>("input, textarea, select")?.focus();
}
