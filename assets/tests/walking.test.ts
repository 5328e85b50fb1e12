import { describe, expect, it } from "vitest";
import type { Position, Shape } from "../src/map/shapes";
import { ARROWS, towards } from "../src/map/walking";

const place = (code: string, middle: Position): Shape => ({
  type: "Feature",
  properties: { code, name: code, middle },
  geometry: { type: "Point", coordinates: middle },
});
// Four places: one in the middle, three around it; `far` lies straight east behind `east`.
const places = [place("middle", [5.1, 52.1]), place("north", [5.1, 52.2]), place("east", [5.2, 52.1]), place("far", [5.4, 52.1])];

describe("walking with the arrow keys", () => {
  it("goes to the nearest place in that direction", () => {
    expect(towards(places, "middle", ARROWS.ArrowRight!)).toBe("east");
    expect(towards(places, "middle", ARROWS.ArrowUp!)).toBe("north");
    expect(towards(places, "far", ARROWS.ArrowLeft!)).toBe("east");
  });

  it("stays where nothing lies ahead", () => {
    expect(towards(places, "far", ARROWS.ArrowRight!)).toBeNull();
    expect(towards(places, "middle", ARROWS.ArrowDown!)).toBeNull();
  });

  it("begins where the arrow can reach everything", () => {
    expect(towards(places, null, ARROWS.ArrowLeft!)).toBe("far");
    expect(towards(places, "gone", ARROWS.ArrowDown!)).toBe("north");
  });

  it("finds nothing on an empty map", () => {
    expect(towards([], null, ARROWS.ArrowLeft!)).toBeNull();
  });
});
