/* The influence map: the resident draws what one thing that happened did to another. */
import type { Happening, Influence } from "../contents";
import { make } from "../dom";
import { button, buttons, choice, field, line, offer, radios, typed, type Option } from "../fields";
import { said } from "../figures/moments";
import { domainOf } from "../lanes";
import { fitted } from "../showing";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { arcsOf, type Named } from "./arcs";
import { drawn } from "./drawing";
import { between, told } from "./systems";

const HOWS = ["helped", "hindered", "trapped"] as const;
const WIDEST = 760;

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const view = new View(store, texts);
  section.append(view.element);
  const ended = [fitted(view.picture, () => view.drawPicture()), store.onChange(() => view.draw())];
  return () => ended.forEach((end) => end());
}

class View {
  readonly element: HTMLElement;
  readonly picture = make("div", { class: "picture" });
  readonly #list = make("ul", { class: "rows" });
  readonly #systems = make("div");
  readonly #told = make("p", { class: "told", role: "status" });
  readonly #none: HTMLElement;
  readonly #drawing: HTMLElement;
  readonly #listed: HTMLElement;
  readonly #form = make("form", { class: "form small" });
  readonly #from: HTMLSelectElement = choice("from", [], "", true);
  readonly #to: HTMLSelectElement = choice("to", [], "", true);
  #chosen: string | undefined;
  #changing: string | undefined;
  #width = 0;

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
  ) {
    this.#none = make("p", { class: "note" }, texts.say("influence.empty"), " ", make("a", { href: "#leven" }, texts.say("influence.to_life")));
    this.#buildForm();
    this.#drawing = make(
      "div",
      { class: "beside" },
      make("div", {}, make("p", { class: "sub" }, texts.say("influence.legend")), this.picture),
      make("div", {}, make("h2", {}, texts.say("influence.draw_heading")), this.#form, this.#told),
    );
    this.#listed = make("div", {}, make("h2", {}, texts.say("influence.as_list")), this.#list, this.#systems);
    this.element = make(
      "section",
      {},
      make("h1", {}, texts.say("influence.heading")),
      make("p", { class: "lead" }, texts.say("influence.lead")),
      this.#none,
      this.#drawing,
      this.#listed,
    );
    this.draw();
  }

  draw(): void {
    const events = this.#events();
    const enough = events.length > 1;
    this.#drawing.hidden = this.#listed.hidden = !enough;
    this.#none.hidden = enough;
    const options: Option[] = [["", this.texts.say("influence.choose_one")], ...events.map(({ id, content }): Option => [id, `${content.title} (${said(content.from, this.texts.language)})`])];
    offer(this.#from, options);
    offer(this.#to, options);
    this.#drawList();
    this.#drawSystems();
    this.drawPicture(true);
  }

  /** Draw the picture as wide as there is room for. */
  drawPicture(anew = false): void {
    const width = Math.min(WIDEST, this.picture.clientWidth);
    if (!width || (!anew && width === this.#width)) return;
    this.#width = width;
    const focused = (document.activeElement as SVGElement | null)?.dataset?.id;
    const events = this.#events().map((entry) => this.#named(entry));
    this.picture.replaceChildren(drawn(arcsOf(events, this.store.of("influence"), width), this.texts, this.#chosen, (id) => this.#choose(id)));
    if (focused) this.picture.querySelector<SVGElement>(`[data-id="${focused}"]`)?.focus();
  }

  #events(): Entry<Happening>[] {
    return this.store.of("event").sort((one, other) => one.content.from.localeCompare(other.content.from));
  }

  #named({ id, content }: Entry<Happening>): Named {
    const own = this.store.get(content.lane)?.content;
    const domain = domainOf(content.lane, this.store);
    const lane = own?.kind === "lane" ? own.name : this.texts.say(`domain.${domain ?? "other"}`);
    return { id, title: content.title, below: `${lane} · ${said(content.from, this.texts.language)}` };
  }

  /** The first press says what did something, the second to what. */
  #choose(id: string): void {
    if (this.#chosen === id) {
      this.#chosen = undefined;
      this.#say(this.texts.say("influence.none_chosen"));
    } else if (this.#chosen === undefined) {
      this.#chosen = id;
      this.#say(this.texts.say("influence.first_chosen", { title: this.#title(id) }));
    } else {
      this.#reset();
      this.#from.value = this.#chosen;
      this.#to.value = id;
      this.#chosen = undefined;
      this.#say(this.texts.say("influence.both_chosen"));
      this.#form.scrollIntoView({ block: "nearest" });
      this.#form.querySelector<HTMLInputElement>("input[name=how]")?.focus({ preventScroll: true });
    }
    this.drawPicture(true);
  }

  #buildForm(): void {
    const { texts } = this;
    this.#form.append(
      field(texts.say("influence.from"), this.#from),
      radios(texts.say("influence.how"), "how", HOWS.map((how): Option => [how, texts.say(`influence.how.${how}`)])),
      field(texts.say("influence.to"), this.#to),
      field(texts.say("influence.words"), line("words", "", 300), texts.say("influence.words_help")),
      buttons(texts.say("influence.draw"), texts.say("do.cancel"), () => this.#reset()),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#keep(new FormData(this.#form));
    });
  }

  async #keep(form: FormData): Promise<void> {
    const content = influenceIn(form);
    if (!content) return this.#say(this.texts.say("influence.two_things"));
    const id = this.#changing ?? this.#same(content);
    this.#reset();
    await this.store.put(content, id);
    this.#say(this.texts.say("influence.kept"));
  }

  /** Drawn twice between the same two, it is one that changes. */
  #same({ from, to, how }: Influence): string | undefined {
    return this.store.of("influence").find(({ content }) => content.from === from && content.to === to && content.how === how)?.id;
  }

  #reset(): void {
    this.#changing = undefined;
    this.#form.reset();
  }

  #drawList(): void {
    const rows = this.store.of("influence").filter(({ content }) => this.store.get(content.from) && this.store.get(content.to));
    this.#list.replaceChildren(...rows.map((entry) => this.#row(entry)));
    if (!rows.length) this.#list.replaceChildren(make("li", { class: "note" }, this.texts.say("influence.none_yet")));
  }

  #row({ id, content }: Entry<Influence>): HTMLLIElement {
    const { texts } = this;
    const sentence = texts.say(`influence.said.${content.how}`, { from: this.#title(content.from), to: this.#title(content.to) });
    const change = button(texts.say("do.change"), () => this.#change(id, content), { kind: "plain", name: texts.say("do.change_this", { name: sentence }) });
    const remove = button(texts.say("do.remove"), () => void this.#remove(id), { kind: "plain", name: texts.say("do.remove_this", { name: sentence }) });
    const words = content.words ? make("p", { class: "own-words" }, content.words) : null;
    return make("li", { "data-id": id }, make("div", {}, make("p", {}, sentence), words), make("div", { class: "buttons" }, change, remove));
  }

  #change(id: string, { from, to, how, words = "" }: Influence): void {
    this.#reset();
    this.#changing = id;
    this.#from.value = from;
    this.#to.value = to;
    this.#form.querySelector<HTMLInputElement>(`input[value=${how}]`)!.checked = true;
    this.#form.querySelector<HTMLInputElement>("input[name=words]")!.value = words;
    this.#form.scrollIntoView({ block: "nearest" });
    this.#from.focus({ preventScroll: true });
  }

  async #remove(id: string): Promise<void> {
    if (this.#changing === id) this.#reset();
    await this.store.remove(id);
    this.#say(this.texts.say("influence.removed"), button(this.texts.say("do.undo"), () => {
      this.#say("");
      void this.store.undo();
    }, { kind: "plain" }));
    this.#told.querySelector("button")?.focus();
  }

  #drawSystems(): void {
    const found = between(this.store);
    this.#systems.replaceChildren();
    if (!found.length) return;
    this.#systems.append(
      make("h2", {}, this.texts.say("influence.systems")),
      make("ul", {}, ...found.map((one) => make("li", {}, told(one, this.texts)))),
    );
  }

  #title(id: string): string {
    const content = this.store.get(id)?.content;
    return content?.kind === "event" ? content.title : this.texts.say("influence.gone");
  }

  #say(...parts: (Node | string)[]): void {
    this.#told.replaceChildren(...parts.flatMap((part) => [part, " "]));
  }
}

/** What was drawn; undefined where it is not between two things. */
export function influenceIn(form: FormData): Influence | undefined {
  const [from, to] = [typed(form, "from"), typed(form, "to")];
  const how = HOWS.find((one) => one === typed(form, "how"));
  const words = typed(form, "words");
  if (!from || !to || from === to || !how) return undefined;
  return { kind: "influence", from, to, how, ...(words && { words }) };
}
