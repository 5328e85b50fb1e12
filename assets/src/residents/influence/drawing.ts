/* The picture of influences as SVG. Colour never speaks alone: the side, the line and a sign say it as well. */
import type { Influence } from "../contents";
import { on, svg } from "../dom";
import type { Texts } from "../texts";
import { LINE, type Picture, type Row } from "./arcs";

const SIGNS: Record<Influence["how"], string> = { helped: "+", hindered: "–", trapped: "↻" };
const LINES: Record<Influence["how"], string | undefined> = { helped: undefined, hindered: "7 5", trapped: "2 4" };

/** Draw it; `chosen` is the event from which an influence is being drawn, `choose` hears which one is pressed. */
export function drawn(picture: Picture, texts: Texts, chosen: string | undefined, choose: (id: string) => void): SVGSVGElement {
  const { width, height } = picture;
  return svg(
    "svg",
    { class: "influences", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": texts.say("influence.picture") },
    ...picture.arcs.map(({ how, path, arrow, mark }) =>
      svg(
        "g",
        { class: `arc ${how}`, "aria-hidden": "true" },
        svg("path", { d: path, fill: "none", "stroke-dasharray": LINES[how], "stroke-width": how === "trapped" ? 3.5 : 2.5, "stroke-linecap": "round" }),
        svg("polygon", { points: arrow }),
        svg("circle", { cx: mark.x, cy: mark.y, r: 11 }),
        svg("text", { x: mark.x, y: mark.y + 6, "text-anchor": "middle" }, SIGNS[how]),
      ),
    ),
    ...picture.rows.map((row) => place(row, picture, texts, row.id === chosen, () => choose(row.id))),
  );
}

function place(row: Row, { left, right }: Picture, texts: Texts, isChosen: boolean, choose: () => void): SVGGElement {
  const middle = (left + right) / 2;
  const text = (line: string, at: number, kind?: string): SVGTextElement => svg("text", { class: kind, x: middle, y: row.top + 26 + at * LINE, "text-anchor": "middle" }, line);
  const words = row.lines.map((line, at) => text(line, at));
  const below = row.small.map((line, at) => text(line, row.lines.length + at, "below"));
  const box = svg("rect", { x: left, y: row.top, width: right - left, height: row.height, rx: 8 });
  const group = svg(
    "g",
    { class: isChosen ? "place chosen" : "place", role: "button", tabindex: 0, "data-id": row.id, "aria-pressed": `${isChosen}`, "aria-label": texts.say("influence.choose", { title: row.title }) },
    box,
    ...words,
    ...below,
  );
  return on(group, {
    click: choose,
    keydown: (event) => {
      if (!["Enter", " "].includes((event as KeyboardEvent).key)) return;
      event.preventDefault();
      choose();
    },
  });
}
