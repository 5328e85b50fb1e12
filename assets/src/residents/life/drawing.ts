/* A laid out life as SVG: classes for what a thing is, and colours from css/residents-life.css. */
import { svg } from "../dom";
import type { Frame, LaneFrame } from "./frame";
import type { Laid, LaidBar, LaidBead, LaidLane, Words } from "./layout";
import { wrapped } from "./labels";
import type { Tick } from "./scale";

const TINTS = 6;

/** The class that gives a lane its colour. */
export const tint = (lane: number): string => `tint-${lane % TINTS}`;

/** The soft bands of the lanes, over the whole width; `first` is the number of the first of them among all. */
export function bands(frame: Frame, width: number, first = 0): SVGGElement[] {
  return frame.lanes.map(({ top, height, lane }, at) =>
    svg("g", { class: `band ${tint(first + at)}`, "data-lane": lane.key }, svg("path", { d: band(top, height, width, at) })),
  );
}

/** A band as a broad brush leaves it: its edges are not quite straight. */
function band(top: number, height: number, width: number, number: number): string {
  const [low, sway] = [top + height, 1.6];
  const edge = (y: number, at: number) => y + sway * Math.sin(at * 0.011 + number * 1.9) + sway * 0.6 * Math.sin(at * 0.027 + number);
  const steps = Math.max(2, Math.round(width / 90));
  const points = Array.from({ length: steps + 1 }, (_none, at) => (at * width) / steps);
  const upper = points.map((at) => `${at.toFixed(1)} ${edge(top, at).toFixed(1)}`);
  const lower = points.reverse().map((at) => `${at.toFixed(1)} ${edge(low, at + 300).toFixed(1)}`);
  return `M${[...upper, ...lower].join("L")}Z`;
}

/** The names of the lanes: beside the bands, or in them on a narrow screen. */
export function laneNames(frame: Frame, name: (lane: LaneFrame) => string, at: { x: number; width: number }): SVGTextElement[] {
  const { head, size, line, measure } = frame.ground;
  return frame.lanes.flatMap((one) => {
    const rows = wrapped(name(one), at.width, head ? 1 : 2, (words) => measure(words, "title"));
    const y = head ? one.top + line + 2 : Math.min(one.base + size * 0.35, one.top + one.height - size - (rows.length - 1) * line);
    return rows.map((words, row) => svg("text", { class: "lane-name", x: at.x, y: round(y + row * line), "font-size": size }, words));
  });
}

/** The marks of time: a line down through the lanes and its words above. */
export function axis(marks: readonly Tick[], at: (day: number) => number, frame: Frame): SVGGElement {
  const { size, axis: high } = frame.ground;
  return svg(
    "g",
    { class: "axis" },
    ...marks.flatMap(({ day, words, strong }) => [
      svg("path", { class: strong ? "tick-line strong" : "tick-line", d: `M${round(at(day))} ${high - 8}V${frame.height}` }),
      svg("text", { class: strong ? "when strong" : "when", x: round(at(day)), y: high - 14, "text-anchor": "middle", "font-size": size }, words),
    ]),
  );
}

/** Lines that belong to no lane: today, and the turning points. */
export function lines({ turns, today }: Laid, frame: Frame, words: string): SVGGElement {
  const { axis: high, size } = frame.ground;
  const down = (at: number) => `M${round(at)} ${high - 8}V${frame.height}`;
  return svg(
    "g",
    { class: "lines" },
    ...turns.map((at) => svg("path", { class: "turn-line", d: down(at) })),
    svg("path", { class: "today", d: down(today) }),
    svg("text", { class: "today-word", x: round(today + 6), y: high - 14 + size + 2, "font-size": size }, words),
  );
}

export function level({ level: path }: LaidLane): SVGPathElement {
  return svg("path", { class: "level", d: path });
}

/** The parts of one bead; the caller makes the group that can be chosen. */
export function beadParts({ bead, effect, x, y, path, words: own }: LaidBead, size: number): SVGElement[] {
  const parts: SVGElement[] = [];
  if (bead.stretch) parts.push(svg("path", { class: "stretch", d: `M${round(bead.stretch[0])} ${y}H${round(bead.stretch[1])}` }));
  if (path) parts.push(svg("path", { class: "piece", d: path }));
  if (effect === "several") return [...parts, ...pill(bead.events.length, x, y, size)];
  if (bead.turning) parts.push(svg("circle", { class: "turn-ring", cx: round(x), cy: y, r: 12 }));
  parts.push(dot(effect, round(x), y));
  if (own) parts.push(...said(own, size));
  return parts;
}

/** Each effect has a shape of its own, so that colour is not needed to tell them apart. */
export function dot(effect: "helped" | "hindered" | "trapped" | "nothing", x: number, y: number): SVGElement {
  if (effect === "helped") return svg("path", { class: "dot", d: `M${x - 7} ${y + 5}L${x} ${y - 7}L${x + 7} ${y + 5}Z` });
  if (effect === "hindered") return svg("path", { class: "dot", d: `M${x - 7} ${y - 5}L${x} ${y + 7}L${x + 7} ${y - 5}Z` });
  return svg("circle", { class: "dot", cx: x, cy: y, r: effect === "trapped" ? 6.5 : 5 });
}

function pill(count: number, x: number, y: number, size: number): SVGElement[] {
  const half = size * 0.75 + (count > 9 ? 5 : 0);
  const high = size * 1.5;
  return [
    svg("rect", { class: "pill", x: round(x - half), y: round(y - high / 2), width: round(half * 2), height: high, rx: high / 2 }),
    svg("text", { class: "count", x: round(x), y: round(y + size * 0.35), "text-anchor": "middle", "font-size": size }, `${count}`),
  ];
}

function said({ x, y, title, felt, line, leader }: Words, size: number): SVGElement[] {
  const at = round(x);
  const rows = [...title.map((words) => ["title", words] as const), ...felt.map((words) => ["felt", words] as const)];
  return [
    ...(leader ? [svg("path", { class: "leader", d: `M${at} ${round(leader[0])}V${round(leader[1])}` })] : []),
    ...rows.map(([kind, words], row) =>
      svg("text", { class: kind, x: at, y: round(y + row * line), "text-anchor": "middle", "font-size": size }, words),
    ),
  ];
}

/** The parts of the bar of an organisation. */
export function barParts({ x, until, y, height, waited, isOpen, name }: LaidBar, size: number, shift = 0): SVGElement[] {
  const middle = y + height / 2;
  return [
    ...(waited === undefined ? [] : [svg("path", { class: "waited", d: `M${round(waited)} ${middle}H${round(x)}` })]),
    svg("path", { class: isOpen ? "bar open" : "bar", d: barPath(x, until, y, height, isOpen) }),
    ...(name ? [svg("text", { class: "bar-name", x: round(x + 10 + shift), y: round(middle + size * 0.35), "font-size": size }, name)] : []),
  ];
}

/** Round where it began and ended; what goes on has a notch, as the end of a ribbon. */
function barPath(from: number, until: number, y: number, height: number, isOpen: boolean): string {
  const [left, right, radius] = [round(from), round(until), Math.min(height / 2, (until - from) / 2)];
  const start = `M${left + radius} ${y}`;
  const end = isOpen
    ? `H${right}l${-6} ${height / 2}l6 ${height / 2}`
    : `H${right - radius}a${radius} ${height / 2} 0 0 1 0 ${height}`;
  return `${start}${end}H${left + radius}a${radius} ${height / 2} 0 0 1 0 ${-height}Z`;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
