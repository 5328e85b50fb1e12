/* The events and organisations on the map as things that can be chosen. Each keeps its element however often it is drawn
   anew, so that the keyboard stays where it was. */
import { svg } from "../dom";
import type { Texts } from "../texts";
import { barParts, beadParts, tint } from "./drawing";
import type { Ground } from "./frame";
import type { Laid, LaidBar, LaidBead } from "./layout";
import { eventWords, laneName, organisationWords } from "./saying";

export class Things {
  readonly bars = svg("g");
  readonly beads = svg("g");
  readonly #nodes = new Map<string, SVGGElement>();
  #current?: string;

  constructor(private readonly texts: Texts) {}

  /** What the keyboard is at, or comes to when it comes into the map. */
  get current(): string | undefined {
    return this.#current;
  }

  set current(key: string | undefined) {
    if (this.#current) this.#nodes.get(this.#current)?.setAttribute("tabindex", "-1");
    this.#current = key;
    if (key) this.#nodes.get(key)?.setAttribute("tabindex", "0");
  }

  node(key: string): SVGGElement | undefined {
    return this.#nodes.get(key);
  }

  /** Draw what stands between two places; `left` is the left edge of what is in sight. */
  draw(laid: Laid, ground: Ground, { from, until, left }: { from: number; until: number; left: number }): void {
    const hadFocus = [...this.#nodes.values()].includes(document.activeElement as SVGGElement);
    const gone = new Set(this.#nodes.keys());
    const shown = (key: string, parent: SVGGElement) => {
      gone.delete(key);
      return this.#nodes.get(key) ?? this.#made(key, parent);
    };
    const isNear = (start: number, end: number) => start < until && end > from;
    for (const [at, lane] of laid.lanes.entries()) {
      const name = laneName(lane.frame.lane, this.texts);
      for (const bar of lane.bars) if (isNear(bar.x, bar.until)) this.#drawBar(shown(bar.key, this.bars), bar, ground, { name, colour: tint(at), left });
      for (const bead of lane.beads) if (isNear(bead.x, bead.bead.until)) this.#drawBead(shown(bead.key, this.beads), bead, ground, { name, colour: tint(at) });
    }
    for (const key of gone) {
      this.#nodes.get(key)!.remove();
      this.#nodes.delete(key);
    }
    if (!this.#current || !this.#nodes.has(this.#current)) this.current = this.#nodes.keys().next().value;
    // What the keyboard was at went up into something else, or came out of it.
    if (hadFocus && !document.activeElement?.closest("[data-key]") && this.#current) this.#nodes.get(this.#current)?.focus({ preventScroll: true });
  }

  #made(key: string, parent: SVGGElement): SVGGElement {
    const node = svg("g", { "data-key": key, role: "button", tabindex: key === this.#current ? 0 : -1 });
    this.#nodes.set(key, node);
    parent.append(node);
    return node;
  }

  /** The name of a bar that began farther left goes along with what is in sight. */
  #drawBar(node: SVGGElement, bar: LaidBar, { size, measure }: Ground, told: { name: string; colour: string; left: number }): void {
    const room = bar.name ? bar.until - bar.x - measure(bar.name, "title") - 22 : 0;
    const shift = Math.min(Math.max(0, told.left - bar.x), Math.max(0, room));
    node.setAttribute("class", `organisation ${told.colour}`);
    node.setAttribute("aria-label", organisationWords(bar.organisation.content, told.name, this.texts));
    node.replaceChildren(...barParts(bar, size, shift));
  }

  #drawBead(node: SVGGElement, bead: LaidBead, { size }: Ground, { name, colour }: { name: string; colour: string }): void {
    const { events, turning } = bead.bead;
    const words = events.length === 1 ? eventWords(events[0]!.content, name, this.texts) : `${name}: ${this.texts.count("life.together", events.length)}`;
    node.setAttribute("class", `event ${bead.effect} ${colour}${turning ? " turning" : ""}`);
    node.setAttribute("aria-label", words);
    node.replaceChildren(svg("circle", { class: "hit", cx: bead.x, cy: bead.y, r: 22 }), ...beadParts(bead, size));
  }
}
