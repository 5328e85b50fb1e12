/* The opportunity map as a picture: what hindered at the left, who could do something at the right. */
import { make, svg } from "../dom";
import { wrapped } from "../influence/arcs";
import type { Store } from "../store";
import type { Texts } from "../texts";

export interface Link {
  event: string;
  with: string;
}

export interface Sides {
  events: string[];
  partners: string[];
  links: Link[];
}

const WIDEST = 760;
const ROW = 82;
const LETTER = 8.4;

/** Both sides and what joins them: events by their title, organisations by their name. */
export function sidesOf(store: Store): Sides {
  const links = store.of("chance").flatMap(({ content }) => {
    const event = store.get(content.event)?.content;
    if (event?.kind !== "event") return [];
    return content.offers.map(({ by }) => ({ event: event.title, with: by }));
  });
  return {
    events: [...new Set(links.map(({ event }) => event))],
    partners: [...new Set(links.map((link) => link.with))],
    links: links.filter((one, at) => links.findIndex((other) => other.event === one.event && other.with === one.with) === at),
  };
}

/** The picture with its heading; nothing where nobody was chosen yet. The rows above it tell the same. */
export function drawnChances(store: Store, texts: Texts, room: number): Node[] {
  const { events, partners, links } = sidesOf(store);
  if (!links.length || !room) return [];
  const width = Math.min(WIDEST, room);
  const side = width * 0.41;
  const height = Math.max(events.length, partners.length) * ROW;
  const middle = (list: string[], name: string): number => ((list.indexOf(name) + 0.5) * height) / list.length;
  const picture = svg(
    "svg",
    { class: "chances", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": texts.count("chances.picture", links.length) },
    ...links.map((link) => {
      const [begin, end] = [middle(events, link.event), middle(partners, link.with)];
      return svg("path", { class: "link", d: `M${side} ${begin} C${width / 2} ${begin} ${width / 2} ${end} ${width - side} ${end}`, fill: "none", "stroke-width": 2.5 });
    }),
    ...events.map((name) => box(name, 0, middle(events, name), side, "hard")),
    ...partners.map((name) => box(name, width - side, middle(partners, name), side, "near")),
  );
  return [make("h2", {}, texts.say("chances.in_a_picture")), picture];
}

function box(name: string, x: number, y: number, width: number, kind: string): SVGGElement {
  const lines = wrapped(name, Math.floor((width - 12) / LETTER), 3);
  const words = lines.map((line, at) => svg("text", { x: x + width / 2, y: y + 6 + (at - (lines.length - 1) / 2) * 20, "text-anchor": "middle" }, line));
  return svg("g", { class: kind }, svg("rect", { x, y: y - ROW / 2 + 5, width, height: ROW - 10, rx: 8 }), ...words);
}
