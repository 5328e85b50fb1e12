import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Colours } from "./colours";
import { codesByStyle, type Place } from "./values";

const FONT = "Atkinson Hyperlegible Next";
const IS_POINT: ExpressionSpecification = ["==", ["geometry-type"], "Point"];
const IS_AREA: ExpressionSpecification = ["!=", ["geometry-type"], "Point"];
const SEEN_THROUGH = 0.75; // streets show, and the classes stay apart
export const PATTERNS = ["unknown", "few"] as const;

/** Everything that is drawn, from the ground up. */
export function layers(places: readonly Place[], colours: Colours, background: boolean): LayerSpecification[] {
  const byStyle = codesByStyle(places);
  const colour = colourOf(byStyle, colours);
  const { paper, ink } = colours;
  const area = (id: string, filter: ExpressionSpecification, paint: object): LayerSpecification => ({
    id, type: "fill", source: "shapes", filter, paint,
  });
  const line = (id: string, filter: ExpressionSpecification, colour: string, width: number, source = "shapes"): LayerSpecification => ({
    id, type: "line", source, filter, layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width },
  });
  const point = (id: string, filter: ExpressionSpecification, radius: number, ring: number): LayerSpecification => ({
    id, type: "circle", source: "shapes", filter,
    paint: { "circle-color": colour, "circle-radius": radius, "circle-stroke-color": ink, "circle-stroke-width": ring },
  });
  return [
    ...(background ? [{ id: "background", type: "raster", source: "background" } as const] : []),
    line("ground", IS_AREA, colours.hatch, 0.8, "ground"),
    area("areas", IS_AREA, { "fill-color": colour, "fill-antialias": false, "fill-opacity": background ? SEEN_THROUGH : 1 }),
    ...PATTERNS.map((kind) => area(kind, isArea(byStyle.get(kind) ?? []), { "fill-pattern": kind })),
    area("veil", isArea([]), { "fill-color": paper, "fill-opacity": 0.82 }),
    line("borders", IS_AREA, paper, 1.1),
    line("edges", isArea(PATTERNS.flatMap((kind) => byStyle.get(kind) ?? [])), colours.hatch, 0.8),
    point("points", IS_POINT, 6, 1),
    line("pointed", isArea([]), ink, 1.6),
    line("chosen-ground", isArea([]), paper, 7), // the ink stands out on dark classes too
    line("chosen", isArea([]), ink, 3.4),
    point("chosen-point", isPoint([]), 9, 3),
    {
      id: "names",
      type: "symbol",
      source: "names",
      layout: {
        "text-field": ["get", "name"],
        "text-font": [FONT],
        "text-size": 14,
        "text-max-width": 8,
        "text-padding": 14,
        "text-offset": ["case", ["get", "ofPoint"], ["literal", [0, 1.1]], ["literal", [0, 0]]], // below its dot
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": ink, "text-halo-color": paper, "text-halo-width": 2 },
    },
  ];
}

/** The rule for those of these places that have an outline. */
export function isArea(codes: readonly string[]): ExpressionSpecification {
  return ["all", IS_AREA, isOneOf(codes)];
}

/** The rule for those of these places that are a point. */
export function isPoint(codes: readonly string[]): ExpressionSpecification {
  return ["all", IS_POINT, isOneOf(codes)];
}

function isOneOf(codes: readonly string[]): ExpressionSpecification {
  return ["in", ["get", "code"], ["literal", [...codes]]];
}

function colourOf(byStyle: ReadonlyMap<string, string[]>, colours: Colours): ExpressionSpecification | string {
  const cases = [...byStyle].flatMap(([style, codes]) => [codes, colours.of(style)]);
  if (!cases.length) return colours.paper;
  return ["match", ["get", "code"], ...cases, colours.paper] as unknown as ExpressionSpecification;
}
