/* Which view is shown, by what stands after the # in the address; each is mounted when it is first shown. */
import type { Store } from "../store";
import type { Texts } from "../texts";
import { VIEWS } from "../views";

const FIRST = "leven";
/** Told to a section each time it is shown. */
const SHOWN = "shown";

/** The view and the thing that an address names: `#delen/<id>`. */
export function named(hash: string): { view: string; thing: string } {
  const [view = "", thing = ""] = hash.replace(/^#/, "").split("/");
  return { view, thing };
}

export class Views {
  readonly #mounted = new Map<string, (() => void)[]>();
  readonly #heard = () => this.show(true);

  /** `mounted` is called with a section when its view was put there. */
  constructor(
    private readonly store: Store,
    private readonly texts: Texts,
    private readonly mounted: (view: string, section: HTMLElement) => void = () => undefined,
  ) {}

  begin(focused = false): void {
    addEventListener("hashchange", this.#heard);
    this.show(focused);
  }

  /** Show the view that the address names; `focused` brings who uses a keyboard or screen reader to its heading. */
  show(focused: boolean): void {
    const asked = named(location.hash).view;
    const view = sectionOf(asked) ? asked : FIRST;
    for (const section of document.querySelectorAll<HTMLElement>("[data-view]")) section.hidden = section.dataset.view !== view;
    for (const link of document.querySelectorAll('[data-when="open"] a[href^="#"], [data-views] a[href^="#"]')) {
      if (link.getAttribute("href") === `#${view}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    intoSight(document.querySelector<HTMLElement>("[data-views] [aria-current]"));
    const section = sectionOf(view);
    if (!section) return;
    this.#mount(view, section);
    section.dispatchEvent(new CustomEvent(SHOWN));
    const heading = section.querySelector<HTMLElement>("h1, h2");
    heading?.setAttribute("tabindex", "-1");
    if (focused) heading?.focus();
  }

  end(): void {
    removeEventListener("hashchange", this.#heard);
    for (const ends of this.#mounted.values()) for (const end of ends) end();
    this.#mounted.clear();
  }

  #mount(view: string, section: HTMLElement): void {
    if (this.#mounted.has(view)) return;
    const ends = (VIEWS[view] ?? []).map((mount) => mount(section, this.store, this.texts));
    this.#mounted.set(view, ends.filter((end) => end !== undefined));
    this.mounted(view, section);
  }
}

/** Where the menu is one row that is moved aside, the part one is in stands in its middle. */
function intoSight(link: HTMLElement | null): void {
  const row = link?.closest<HTMLElement>("[data-views]");
  if (link && row) row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}

function sectionOf(view: string): HTMLElement | null {
  return view ? document.querySelector<HTMLElement>(`[data-view="${CSS.escape(view)}"]`) : null;
}
