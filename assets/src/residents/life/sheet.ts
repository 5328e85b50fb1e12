/* The whole life on a sheet, or on several, for paper and for a picture: nothing in it moves. */
import { svg } from "../dom";
import type { Effect } from "../contents";
import type { Texts } from "../texts";
import { sign } from "./asking";
import { axis, bands, barParts, beadParts, laneNames, level, lines, tint } from "./drawing";
import { frameOf, ground, MARGIN, type Frame, type Ground } from "./frame";
import { lay } from "./layout";
import { measure } from "./measuring";
import type { Life } from "./reading";
import { laneName } from "./saying";
import { fitted, ticks, x, type Scale } from "./scale";

export interface Paper {
  width: number;
  /** How high a sheet may be; lanes that do not fit come on the next one. Without it all come on one. */
  height?: number;
  size: number;
  title: string;
  now: number;
}

const EFFECTS: readonly Effect[] = ["helped", "hindered", "trapped", "nothing"];
const NO_LIFE_DAYS = 3650;

/** The sheets of a life: all with the same years, and with the turning points of the whole life. */
export function sheetsOf(life: Life, texts: Texts, paper: Paper): SVGSVGElement[] {
  const { width, size, now } = paper;
  const gutter = Math.round(size * 9);
  const given = ground(measure(size), width - gutter, now, { size, isNarrow: false });
  const extent = life.extent ?? { from: now - NO_LIFE_DAYS, until: now };
  const scale = fitted(extent, given.width, MARGIN);
  const { turns } = lay(frameOf({ ...life, extent }, given), scale);
  const around = headOf(size) + given.axis + footOf(size);
  const groups = shared(life, given, (paper.height ?? Infinity) - around);
  return groups.map(({ first, lanes }) => {
    const frame = frameOf({ ...life, extent, lanes }, given);
    return sheet({ ...paper, texts, gutter, frame, scale, turns, first });
  });
}

/** Lanes one after the other, as many on a sheet as fit. */
function shared(life: Life, given: Ground, room: number): { first: number; lanes: Life["lanes"] }[] {
  const groups: { first: number; lanes: Life["lanes"]; high: number }[] = [];
  for (const [at, { lane, height }] of frameOf(life, given).lanes.entries()) {
    const last = groups.at(-1);
    if (last && last.high + height <= room) {
      last.lanes.push(lane);
      last.high += height;
    } else groups.push({ first: at, lanes: [lane], high: height });
  }
  return groups;
}

interface Sheet extends Paper {
  texts: Texts;
  gutter: number;
  frame: Frame;
  scale: Scale;
  turns: number[];
  /** Which of all lanes comes first on it. */
  first: number;
}

const headOf = (size: number): number => Math.round(size * 3.2);
const footOf = (size: number): number => size * 4;

function sheet({ width, size, title, texts, gutter, frame, scale, turns, first }: Sheet): SVGSVGElement {
  const [room, head] = [width - gutter, headOf(size)];
  const laid = { ...lay(frame, scale), turns };
  const days = { from: scale.start, until: scale.start + room / scale.perDay };
  const marks = ticks(scale.perDay, days, texts.language, size * 4.2).filter(({ day }) => day >= days.from);
  const high = Math.ceil(head + frame.height + footOf(size));
  const named = laneNames(frame, ({ lane }) => laneName(lane, texts), { x: 14, width: gutter - 20 });
  return svg(
    "svg",
    { class: "drawn sheet", width, height: high, viewBox: `0 0 ${width} ${high}`, role: "img", "aria-label": title },
    svg("rect", { class: "paper", width, height: high }),
    svg("text", { class: "sheet-title", x: 14, y: size * 2, "font-size": size * 1.6 }, title),
    svg(
      "g",
      { transform: `translate(0 ${head})` },
      ...bands(frame, width, first),
      ...named,
      svg(
        "g",
        { transform: `translate(${gutter} 0)` },
        axis(marks, (day) => x(scale, day), frame),
        lines(laid, frame, texts.say("life.today")),
        ...laid.lanes.map(level),
        ...laid.lanes.flatMap(({ bars }, at) => bars.map((bar) => svg("g", { class: `organisation ${tint(first + at)}` }, ...barParts(bar, size)))),
        ...laid.lanes.flatMap(({ beads }, at) => beads.map((bead) => svg("g", { class: `event ${bead.effect} ${tint(first + at)}` }, ...beadParts(bead, size)))),
      ),
    ),
    legend(texts, size, head + frame.height + size * 1.4),
  );
}

/** The four shapes and their words in a row. */
function legend(texts: Texts, size: number, y: number): SVGGElement {
  const times = size / 15;
  let at = 14;
  const parts = EFFECTS.map((effect) => {
    const words = texts.say(`effect.${effect}`);
    const part = svg(
      "g",
      { class: `event ${effect}`, transform: `translate(${Math.round(at)} ${Math.round(y)})` },
      ...sign(effect),
      svg("text", { class: "legend-word", x: 68, y: 25, "font-size": size }, words),
    );
    at += 68 + measure(size)(words, "title") + 34 * times;
    return part;
  });
  return svg("g", {}, ...parts);
}
