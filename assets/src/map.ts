/* The map page: it draws what the table tells, and walks with it. Without it the page works by its table. */
import { copyOnPress, offerCopying } from "./map/copying";
import { Drawing } from "./map/drawing";
import { fetched } from "./map/shapes";
import { towards, ARROWS } from "./map/walking";
import { matching, readValues, type Place, type Values } from "./map/values";

const box = document.querySelector<HTMLElement>("#map");
if (box) void start(box);
copyOnPress(document);
offerCopying(document);

async function start(box: HTMLElement): Promise<void> {
  try {
    const values = readValues(document);
    // While the map gets ready to be drawn on; who shows them meets what goes wrong.
    if (values) fetched(values.shapes).catch(() => undefined);
    const drawing = await Drawing.in(box);
    const page = new MapPage(drawing);
    await page.read();
    drawing.listen(page);
    await drawing.settled();
    box.dataset.state = "drawn";
  } catch (failure) {
    // The table tells the same: say so, and leave the reason to who looks for it.
    console.error(failure);
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "note", textContent: box.dataset.without }));
    box.dataset.state = "failed";
  }
}

class MapPage {
  #values: Values = { caption: "", shapes: "", places: [] };
  #places = new Map<string, Place>();
  #chosen: string | null = null;
  #told: string | null | undefined;

  constructor(private readonly drawing: Drawing) {
    this.#prepareCanvas();
    this.#prepareButtons();
    element("map-find")?.addEventListener("input", () => this.drawing.fit(this.find()));
    document.addEventListener("htmx:after:swap", () => {
      offerCopying(document);
      void this.read();
    });
    document.addEventListener("mouseover", (event) => this.#overTable(event));
  }

  /** Read the values that stand in the page, and show them. */
  async read(): Promise<void> {
    const values = readValues(document);
    if (!values) return;
    this.#values = values;
    this.#places = new Map(values.places.map((place) => [place.code, place]));
    this.drawing.canvas.setAttribute("aria-label", values.caption);
    await this.drawing.show(values);
    const wanted = decodeURIComponent(location.hash.slice(1)) || this.#chosen;
    this.#told = undefined;
    this.choose(wanted && this.#places.has(wanted) ? wanted : null);
    this.find();
  }

  point(code: string | null): void {
    this.drawing.point(code);
    this.tell(code ?? this.#chosen);
  }

  choose(code: string | null): void {
    if (code && !this.#places.has(code)) return;
    this.#chosen = code;
    this.drawing.choose(code);
    this.tell(code);
    history.replaceState(history.state, "", code ? `#${encodeURIComponent(code)}` : location.pathname + location.search);
  }

  /** Tell of a place what the table tells, with the way to its own page. */
  tell(code: string | null): void {
    const told = element("map-pointed");
    if (!told || this.#told === code) return;
    this.#told = code;
    const place = code ? this.#places.get(code) : undefined;
    for (const row of rows()) row.toggleAttribute("data-chosen", row.dataset.code === code);
    if (!place) return told.replaceChildren(line(told.dataset.hint ?? "", "hint"));
    const parts = [line(place.name, "name"), line(place.figure, "value"), line(place.words, "sub"), line(this.#values.caption, "sub")];
    if (place.address) {
      const link = document.createElement("a");
      link.href = place.address;
      link.textContent = told.dataset.link ?? "";
      parts.push(link);
    }
    told.replaceChildren(...parts);
  }

  /** Hide the rows that a search leaves out, and veil their places; gives the codes that it found. */
  find(): Set<string> {
    const words = element<HTMLInputElement>("map-find")?.value ?? "";
    const found = matching(this.#values.places, words);
    for (const row of rows()) row.hidden = !found.has(row.dataset.code ?? "");
    this.drawing.veil(this.#values.places.map(({ code }) => code).filter((code) => !found.has(code)));
    const told = element("map-found");
    const text = told?.dataset.text?.replace("{shown}", `${found.size}`).replace("{all}", `${this.#places.size}`);
    if (told) told.textContent = words.trim() && text ? text : "";
    return found;
  }

  #prepareCanvas(): void {
    const { canvas } = this.drawing;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-describedby", "map-help");
    canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = ARROWS[event.key];
      const press = step ? () => this.choose(towards(this.drawing.shapes, this.#chosen, step) ?? this.#chosen) : this.#keys[event.key];
      if (!press) return;
      event.preventDefault();
      press();
    });
  }

  #keys: Record<string, (() => void) | undefined> = {
    Enter: () => {
      const address = this.#chosen && this.#places.get(this.#chosen)?.address;
      if (address) location.assign(address);
    },
    Escape: () => this.choose(null),
    Home: () => this.drawing.fit(),
    "+": () => this.drawing.zoom(1),
    "=": () => this.drawing.zoom(1),
    "-": () => this.drawing.zoom(-1),
  };

  #prepareButtons(): void {
    const does = { nearer: "+", further: "-", whole: "Home" } as const;
    for (const [name, key] of Object.entries(does)) {
      element(`map-${name}`)?.addEventListener("click", () => this.#keys[key]?.());
    }
    const background = element<HTMLInputElement>("map-background");
    background?.addEventListener("change", () => {
      this.drawing.lay(background.checked);
      element("map-attribution")?.toggleAttribute("hidden", !background.checked);
    });
    for (const hidden of document.querySelectorAll<HTMLElement>("[data-with-map]")) hidden.hidden = false;
  }

  #overTable(event: Event): void {
    const row = (event.target as Element).closest<HTMLElement>("#map-table tr[data-code]");
    if (row) this.drawing.point(row.dataset.code ?? null);
  }
}

function rows(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>("#map-table tr[data-code]");
}

function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind | null {
  return document.getElementById(id) as Kind | null;
}

function line(text: string, kind: string): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: text, className: kind });
}
