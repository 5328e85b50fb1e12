/* The opportunity map: what hindered, who is near, what was tried, and what could be done together. */
import type { Chance, Happening, Offered } from "../contents";
import { make } from "../dom";
import { boxes, button, buttons, choice, field, lines, offer, typed, type Option } from "../fields";
import { said } from "../figures/moments";
import { domainOf } from "../lanes";
import { fitted, whenShown } from "../showing";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { drawnChances } from "./drawing";
import { chosen, fetchOffers, near, type Offer, type Register } from "./offers";

const OFFERS = "/mijn/aanbod/";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const view = new View(store, texts, section.dataset.offers ?? OFFERS, section.dataset.place ?? "");
  section.append(view.element);
  const ended = [whenShown(view.element, () => void view.fetchOnce()), store.onChange(() => view.draw()), fitted(view.picture, () => view.drawPicture())];
  return () => ended.forEach((end) => end());
}

class View {
  readonly element: HTMLElement;
  readonly #register: Register = { offers: [], places: [] };
  readonly #fetched = make("p", { class: "note", role: "status" });
  readonly #place: HTMLSelectElement = choice("place", []);
  readonly #placeField: HTMLElement;
  readonly #rows = make("ul", { class: "rows" });
  readonly #none: HTMLElement;
  readonly #told = make("p", { class: "told", role: "status" });
  readonly picture = make("div", { class: "picture" });
  #open: string | undefined;
  #asked = false;

  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly address: string,
    private municipality: string,
  ) {
    this.#none = make("p", { class: "note" }, texts.say("chances.empty"), " ", make("a", { href: "#leven" }, texts.say("influence.to_life")));
    this.#placeField = field(texts.say("chances.place"), this.#place);
    this.#place.addEventListener("change", () => {
      this.municipality = this.#place.value;
      void this.#fetch();
    });
    this.element = make(
      "section",
      {},
      make("h1", {}, texts.say("chances.heading")),
      make("p", { class: "lead" }, texts.say("chances.lead")),
      make("div", { class: "form small" }, this.#placeField),
      this.#fetched,
      this.#none,
      this.#told,
      this.#rows,
      this.picture,
    );
    this.draw();
  }

  /** Ask the register when the map is looked at for the first time, and not before. */
  async fetchOnce(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.#fetch();
  }

  draw(): void {
    const events = this.#difficult();
    this.#none.hidden = events.length > 0;
    this.#placeField.hidden = !this.#register.places.length;
    if (this.#open === undefined) this.#rows.replaceChildren(...events.map((entry) => this.#row(entry)));
    this.drawPicture();
  }

  drawPicture(): void {
    this.picture.replaceChildren(...drawnChances(this.store, this.texts, this.picture.clientWidth));
  }

  async #fetch(): Promise<void> {
    this.#fetched.textContent = this.texts.say("chances.fetching");
    try {
      const { offers, places } = await fetchOffers(this.address, this.municipality);
      this.#register.offers = offers;
      this.#register.places = places;
      offer(this.#place, [["", this.texts.say("chances.all_places")], ...places.map(({ code, name }): Option => [code, name])], this.municipality);
      this.#fetched.textContent = offers.length ? "" : this.texts.say("chances.no_offers");
    } catch {
      this.#asked = false;
      this.#fetched.textContent = this.texts.say("chances.not_fetched");
    }
    this.draw();
  }

  #difficult(): Entry<Happening>[] {
    const events = this.store.of("event").filter(({ content }) => content.effect === "hindered" || content.effect === "trapped");
    return events.sort((one, other) => other.content.from.localeCompare(one.content.from));
  }

  #row(event: Entry<Happening>): HTMLLIElement {
    const { texts } = this;
    const { title, effect, from, felt } = event.content;
    const chances = this.store.of("chance").filter(({ content }) => content.event === event.id);
    const add = button(texts.say("chances.add"), () => this.#edit(event), { kind: "plain", name: texts.say("chances.add_to", { title }) });
    return make(
      "li",
      { "data-id": event.id },
      make("h2", {}, title),
      make("p", { class: "sub" }, `${this.#system(event)} · ${said(from, texts.language)} · ${texts.say(`effect.${effect}`)}`),
      felt ? make("p", { class: "own-words" }, felt) : null,
      ...chances.map((chance) => this.#chance(event, chance)),
      make("div", { class: "buttons" }, add),
    );
  }

  #chance(event: Entry<Happening>, { id, content }: Entry<Chance>): HTMLElement {
    const { texts } = this;
    const { words, offers, tried } = content;
    return make(
      "div",
      { class: "chance" },
      make("p", { class: "own-words" }, words),
      offers.length ? make("p", {}, texts.say("chances.with", { who: offers.map(({ name, by }) => `${name} (${by})`).join(", ") })) : null,
      tried ? make("p", { class: "sub" }, texts.say("chances.tried_told", { tried })) : null,
      make(
        "div",
        { class: "buttons" },
        button(texts.say("do.change"), () => this.#edit(event, { id, content }), { kind: "plain", name: texts.say("do.change_this", { name: words }) }),
        button(texts.say("do.remove"), () => void this.#remove(id), { kind: "plain", name: texts.say("do.remove_this", { name: words }) }),
      ),
    );
  }

  async #remove(id: string): Promise<void> {
    await this.store.remove(id);
    const back = button(this.texts.say("do.undo"), () => {
      this.#told.replaceChildren();
      void this.store.undo();
    }, { kind: "plain" });
    this.#told.replaceChildren(this.texts.say("chances.removed"), " ", back);
    back.focus();
  }

  #edit(event: Entry<Happening>, before?: Pick<Entry<Chance>, "id" | "content">): void {
    const { texts } = this;
    if (this.#open) this.#close();
    this.#open = event.id;
    const offers = this.#choices(event, before?.content.offers ?? []);
    const done = (): void => {
      this.#close();
      this.#rowOf(event.id)?.querySelector("button")?.focus();
    };
    const form = make(
      "form",
      { class: "form small" },
      make("p", { class: "help" }, texts.say("chances.before", { title: event.content.title })),
      offers.size ? boxes(texts.say("chances.who"), "offers", [...offers].map(([key, one]): Option => [key, one.words]), before?.content.offers.map(({ key }) => key)) : make("p", { class: "note" }, texts.say("chances.nobody")),
      field(texts.say("chances.words"), lines("words", before?.content.words, 1000, true), texts.say("chances.words_help")),
      field(texts.say("chances.tried"), lines("tried", before?.content.tried, 1000)),
      buttons(texts.say("do.save"), texts.say("do.cancel"), done),
    );
    form.addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      const chance = chanceIn(new FormData(form), event.id, new Map([...offers].map(([key, { offered }]) => [key, offered])));
      if (chance) void this.store.put(chance, before?.id).then(done);
    });
    this.#rowOf(event.id)?.append(form);
    form.querySelector<HTMLElement>("input, textarea")?.focus();
  }

  #close(): void {
    this.#open = undefined;
    this.draw();
  }

  #rowOf(event: string): HTMLElement | null {
    return this.#rows.querySelector(`[data-id="${event}"]`);
  }

  /** What can be ticked: who is near in this system, and what was chosen before. */
  #choices(event: Entry<Happening>, before: readonly Offered[]): Map<string, { words: string; offered: Offered }> {
    const found = new Map<string, { words: string; offered: Offered }>();
    for (const one of before) found.set(one.key, { words: `${one.name} (${one.by})`, offered: one });
    for (const one of near(this.#register.offers, domainOf(event.content.lane, this.store))) {
      found.set(one.key, { words: this.#sayOffer(one), offered: chosen(one) });
    }
    return found;
  }

  #sayOffer({ name, organisation, wait_days: wait, phone }: Offer): string {
    const waits = wait === null ? this.texts.say("chances.wait_unknown") : this.texts.count("chances.wait", wait);
    return [`${name} (${organisation.name})`, waits, phone || organisation.phone].filter(Boolean).join(" · ");
  }

  #system({ content }: Entry<Happening>): string {
    return this.texts.say(`domain.${domainOf(content.lane, this.store) ?? "other"}`);
  }
}

/** What was filled in; of the offers, those that could be chosen. */
export function chanceIn(form: FormData, event: string, offers: ReadonlyMap<string, Offered>): Chance | undefined {
  const [words, tried] = [typed(form, "words"), typed(form, "tried")];
  if (!words) return undefined;
  const ticked = form.getAll("offers").flatMap((key) => offers.get(String(key)) ?? []);
  return { kind: "chance", event, words, offers: ticked, ...(tried && { tried }) };
}
