/* The life map as a view: what stands above and below it, and what happens when something is pressed. */
import type { Effect, Happening, Organisation } from "../contents";
import { make, svg } from "../dom";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { Asking, sign } from "./asking";
import { askForLanes } from "./lanes";
import { listOf } from "./list";
import { forget } from "./measuring";
import { momentAt, today } from "./moments";
import { Overview } from "./overview";
import { PaperOf } from "./paper";
import { lifeOf } from "./reading";
import { inSight, sentence } from "./saying";
import { MapView } from "./viewing";

const NEARER = 1.7;
const SAID_MS = 8000;
const EFFECTS: readonly Effect[] = ["helped", "hindered", "trapped", "nothing"];
const SUGGESTIONS = ["life.begin_home", "life.begin_work", "life.begin_person"] as const;

/** Put the editor of the life map in a section; what comes back ends it. */
export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const editor = new Editor(section, store, texts);
  return () => editor.end();
}

class Editor {
  readonly #now = today();
  readonly #home = make("div", { class: "life" });
  readonly #lead = make("p", { class: "lead" });
  readonly #seen = make("p", { class: "in-sight-words" });
  readonly #said = make("p", { class: "said", role: "status" });
  readonly #start = make("div", { class: "empty life-start" });
  readonly #mapSide = make("div", { class: "life-side" });
  readonly #listSide = make("div", { class: "life-side", hidden: true });
  readonly #asking: Asking;
  readonly #view: MapView;
  readonly #overview: Overview;
  readonly #paper: PaperOf;
  readonly #deaf: () => void;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly section: HTMLElement, private readonly store: Store, private readonly texts: Texts) {
    this.#asking = new Asking(store, texts, this.#home);
    this.#view = new MapView(
      texts,
      {
        openEvent: (id) => void this.#event(id),
        openOrganisation: (id) => void this.#organisation(id),
        addAt: (lane, day, perDay) => void this.#addAt(lane, day, perDay),
        seen: (from, until) => this.#see(from, until),
        remove: (id) => void this.#remove(id),
      },
      this.#now,
    );
    this.#overview = new Overview((day) => this.#view.centre(day));
    this.#paper = new PaperOf(() => lifeOf(store, this.#now), texts, this.#now, () => this.#home.getClientRects().length > 0);
    this.#build();
    this.#deaf = store.onChange(() => this.#show());
    this.#home.addEventListener("keydown", (event) => this.#key(event));
    // Words were measured before their letters had come.
    void document.fonts.ready.then(() => {
      forget();
      this.#show();
    });
    this.#show();
  }

  end(): void {
    this.#deaf();
    this.#view.end();
    this.#overview.end();
    this.#paper.end();
    clearTimeout(this.#silence);
    this.#home.remove();
  }

  #build(): void {
    const { texts } = this;
    const add = make("div", { class: "buttons adding" }, this.#button("life.add_event", "", () => void this.#event()), this.#button("life.add_organisation", "plain", () => void this.#organisation()));
    const change = make("div", { class: "tools-row" }, this.#link("life.undo", () => void this.#turn("undo")), this.#link("life.redo", () => void this.#turn("redo")));
    const zoom = make(
      "div",
      { class: "tools-row", role: "group", "aria-label": texts.say("life.zoom") },
      this.#link("life.nearer", () => this.#view.zoom(NEARER)),
      this.#link("life.farther", () => this.#view.zoom(1 / NEARER)),
      this.#link("life.whole", () => this.#view.whole()),
    );
    this.#mapSide.append(make("div", { class: "life-head" }, this.#seen, zoom), this.#view.element, this.#overview.element, this.#legend(), this.#link("life.lanes", () => void this.#lanes()), make("details", {}, make("summary", {}, texts.say("life.how_title")), make("p", { class: "note" }, texts.say("life.how"))));
    const bar = make("div", { class: "life-bar" }, add, change, this.#sides());
    this.#home.append(make("h1", {}, texts.say("life.heading")), this.#lead, this.#start, bar, this.#said, this.#mapSide, this.#listSide, this.#keeping());
    this.section.append(this.#home);
  }

  /** Map or list: two pictures of the same. */
  #sides(): HTMLElement {
    const sides = [["life.as_map", this.#mapSide], ["life.as_list", this.#listSide]] as const;
    const buttons = sides.map(([key, side]) => {
      const button = make("button", { type: "button", "aria-pressed": `${side === this.#mapSide}` }, this.texts.say(key));
      button.addEventListener("click", () => {
        for (const [at, [, other]] of sides.entries()) {
          other.hidden = other !== side;
          buttons[at]!.setAttribute("aria-pressed", `${other === side}`);
        }
        this.#show();
      });
      return button;
    });
    return make("div", { class: "sides", role: "group", "aria-label": this.texts.say("life.sides") }, ...buttons);
  }

  #keeping(): HTMLElement {
    const { texts } = this;
    return make(
      "div",
      { class: "life-keeping" },
      make("h2", {}, texts.say("life.keep")),
      make("p", { class: "sub" }, texts.say("life.keep_help")),
      make(
        "div",
        { class: "tools-row" },
        this.#link("life.print", () => this.#paper.print(false)),
        this.#link("life.print_large", () => this.#paper.print(true)),
        this.#link("life.save_png", () => void this.#paper.save("png")),
        this.#link("life.save_svg", () => void this.#paper.save("svg")),
      ),
    );
  }

  #legend(): HTMLElement {
    const { texts } = this;
    const signs = EFFECTS.map((effect) => {
      const drawn = svg("svg", { class: `drawn sign event ${effect}`, viewBox: "0 0 60 40", width: 48, height: 32, "aria-hidden": "true" }, ...sign(effect));
      return make("li", {}, drawn, texts.say(`effect.${effect}`));
    });
    const turning = svg("svg", { class: "drawn sign event turning nothing", viewBox: "0 0 32 40", width: 26, height: 32, "aria-hidden": "true" }, svg("path", { class: "turn-line", d: "M16 0V40" }), svg("circle", { class: "turn-ring", cx: 16, cy: 20, r: 11 }), svg("circle", { class: "dot", cx: 16, cy: 20, r: 5 }));
    const waited = svg("svg", { class: "drawn sign", viewBox: "0 0 48 32", width: 48, height: 32, "aria-hidden": "true" }, svg("path", { class: "waited", d: "M2 16H22" }), svg("path", { class: "bar", d: "M32 7H48V25H32a9 9 0 0 1 0 -18Z" }));
    return make("ul", { class: "life-legend", "aria-label": texts.say("life.legend") }, ...signs, make("li", {}, turning, texts.say("life.turning")), make("li", {}, waited, texts.say("life.waiting")));
  }

  #button(key: string, kind: string, act: () => void): HTMLButtonElement {
    const button = make("button", { type: "button", class: `button ${kind}`.trim() }, this.texts.say(key));
    button.addEventListener("click", act);
    return button;
  }

  #link(key: string, act: () => void): HTMLButtonElement {
    const button = make("button", { type: "button", class: "tool" }, this.texts.say(key));
    button.addEventListener("click", act);
    return button;
  }

  #show(): void {
    const life = lifeOf(this.store, this.#now);
    this.#lead.textContent = sentence(life, this.texts);
    this.#showStart(!life.extent);
    this.#view.show(life);
    this.#overview.show(life);
    if (!this.#listSide.hidden) this.#listSide.replaceChildren(life.extent ? listOf(life, this.texts, { openEvent: (id) => void this.#event(id), openOrganisation: (id) => void this.#organisation(id) }) : "");
  }

  /** An empty map teaches how to begin. */
  #showStart(isEmpty: boolean): void {
    this.#start.hidden = !isEmpty;
    if (!isEmpty || this.#start.childElementCount) return;
    const begin = SUGGESTIONS.map((key) => {
      const button = make("button", { type: "button", class: "tool" }, this.texts.say(key));
      button.addEventListener("click", () => void this.#event(undefined, { title: this.texts.say(key), lane: key === "life.begin_work" ? "work" : key === "life.begin_person" ? "care" : "housing" }));
      return button;
    });
    this.#start.append(make("p", {}, this.texts.say("life.start")), make("div", { class: "tools-row" }, ...begin));
  }

  #see(from: number, until: number): void {
    const words = inSight(from, until, this.texts);
    if (this.#seen.textContent !== words) this.#seen.textContent = words;
    this.#overview.see(from, until);
  }

  async #event(id?: string, begun = {}): Promise<void> {
    const entry = id === undefined ? undefined : (this.store.get(id) as Entry<Happening> | undefined);
    this.#kept(await this.#asking.event(entry, begun));
  }

  async #organisation(id?: string): Promise<void> {
    const entry = id === undefined ? undefined : (this.store.get(id) as Entry<Organisation> | undefined);
    this.#kept(await this.#asking.organisation(entry));
  }

  /** Where somebody pressed is when it was: as precisely as one could see. */
  async #addAt(lane: string, day: number, perDay: number): Promise<void> {
    const precision = perDay > 8 ? "day" : perDay > 0.6 ? "month" : "year";
    const isThere = this.store.get(lane) !== undefined || lane !== "elsewhere";
    await this.#event(undefined, { lane: isThere ? lane : undefined, from: momentAt(Math.min(day, this.#now), precision) });
  }

  async #remove(id: string): Promise<void> {
    await this.store.remove(id);
    this.#tell("life.removed");
  }

  async #turn(way: "undo" | "redo"): Promise<void> {
    const isDone = await this.store[way]();
    this.#tell(isDone ? `life.${way}_done` : `life.${way}_none`);
  }

  async #lanes(): Promise<void> {
    await askForLanes(this.store, this.texts, this.#home, this.#now);
  }

  #kept(id: string | undefined): void {
    if (!id) return;
    this.#tell("life.kept");
    if (!this.#mapSide.hidden) requestAnimationFrame(() => this.#view.reveal(id));
  }

  #tell(key: string): void {
    this.#said.textContent = this.texts.say(key);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#said.replaceChildren(), SAID_MS);
  }

  #key(event: KeyboardEvent): void {
    const isTyping = (event.target as Element).closest("dialog,input,textarea,select");
    if (isTyping || !(event.ctrlKey || event.metaKey)) return;
    const way = event.key === "y" || (event.key.toLowerCase() === "z" && event.shiftKey) ? "redo" : event.key === "z" ? "undo" : undefined;
    if (!way) return;
    event.preventDefault();
    void this.#turn(way);
  }
}
