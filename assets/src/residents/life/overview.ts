/* The whole life in a strip below the map, and which part of it is in sight. Buttons and keys do the same. */
import { make, svg } from "../dom";
import { dateOf, dayOf, extentOf } from "./moments";
import type { Life } from "./reading";

const HIGH = 46;
const DOTS = 30;

export class Overview {
  readonly element = make("div", { class: "life-overview", "aria-hidden": "true" });
  readonly #picture = svg("svg", { class: "drawn", height: HIGH });
  readonly #frame = svg("rect", { class: "in-sight", y: 1, height: DOTS, rx: 3 });
  #life?: Life;
  #seen?: { from: number; until: number };
  readonly #sizes = new ResizeObserver(() => this.#draw());
  #wide = 0;

  constructor(go: (day: number) => void) {
    this.element.append(this.#picture);
    const move = (event: PointerEvent) => {
      const box = this.element.getBoundingClientRect();
      go(this.#from() + ((event.clientX - box.left) / box.width) * this.#days());
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      move(event);
    });
    this.element.addEventListener("pointermove", (event) => event.buttons && move(event));
    this.#sizes.observe(this.element);
  }

  end(): void {
    this.#sizes.disconnect();
  }

  show(life: Life): void {
    this.#life = life;
    this.#draw();
  }

  see(from: number, until: number): void {
    this.#seen = { from, until };
    this.#place();
  }

  #from(): number {
    const { from, until } = this.#life!.extent!;
    return from - (until - from) * 0.03;
  }

  #days(): number {
    const { from, until } = this.#life!.extent!;
    return (until - from) * 1.06;
  }

  #x(day: number): number {
    return ((day - this.#from()) / this.#days()) * this.#wide;
  }

  #place(): void {
    if (!this.#seen || !this.#life?.extent) return;
    const wide = this.#wide;
    const from = Math.max(1, this.#x(this.#seen.from));
    const until = Math.min(wide - 1, this.#x(this.#seen.until));
    this.#frame.setAttribute("x", from.toFixed(1));
    this.#frame.setAttribute("width", Math.max(until - from, 6).toFixed(1));
  }

  #draw(): void {
    this.element.hidden = !this.#life?.extent;
    const wide = (this.#wide = this.element.clientWidth);
    if (!this.#life?.extent || !wide) return;
    this.#picture.setAttribute("viewBox", `0 0 ${wide} ${HIGH}`);
    const { lanes } = this.#life;
    const row = (DOTS - 8) / Math.max(lanes.length - 1, 1);
    const dots = lanes.flatMap((lane, at) =>
      lane.events.map(({ content }) => svg("circle", { class: `spot ${content.effect}`, cx: this.#x(extentOf(content.from).from).toFixed(1), cy: 5 + at * row, r: 2.4 })),
    );
    this.#picture.replaceChildren(...dots, ...this.#years(wide), this.#frame);
    this.#place();
  }

  /** A few years in words, so that the strip tells where it is. */
  #years(wide: number): SVGTextElement[] {
    const [first, last] = [this.#from(), this.#from() + this.#days()].map((day) => dateOf(day).getUTCFullYear());
    const every = [1, 2, 5, 10, 20].find((step) => (wide / (last! - first! + 1)) * step > 64) ?? 20;
    const years = Array.from({ length: last! - first! + 1 }, (_none, at) => first! + at).filter((year) => year % every === 0);
    const shown = years.filter((year) => this.#x(dayOf(year)) > 16 && this.#x(dayOf(year)) < wide - 16);
    return shown.map((year) => svg("text", { class: "when", x: this.#x(dayOf(year)).toFixed(1), y: HIGH - 1, "text-anchor": "middle", "font-size": 13 }, `${year}`));
  }
}
