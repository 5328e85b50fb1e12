import { expect, it, vi } from "vitest";
import { boundsOf, fetched, names, type Shape } from "../src/map/shapes";

const square = (code: string, west: number, south: number, side: number): Shape => ({
  type: "Feature",
  properties: { code, name: code, middle: [west + side / 2, south + side / 2] },
  geometry: {
    type: "MultiPolygon",
    coordinates: [[[[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]]],
  },
});

it("finds the corners of all that is drawn", () => {
  expect(boundsOf([square("a", 5, 52, 1), square("b", 6.5, 51.5, 0.25)])).toEqual([[5, 51.5], [6.75, 53]]);
});

it("has no corners where nothing is drawn", () => {
  expect(boundsOf([])).toBeNull();
});

it("gives the names of large places room before those of small ones, at a point inside them", () => {
  const [small, large] = names([square("small", 5, 52, 0.5), square("large", 6, 52, 1)]).features;
  expect(large!.properties.order).toBeLessThan(small!.properties.order);
  expect(small!.geometry.coordinates).toEqual([5.25, 52.25]);
});

it("asks for shapes once, and anew where that went wrong", async () => {
  const none = { type: "FeatureCollection", features: [] };
  const answers = [new Response("", { status: 503 }), Response.json(none)];
  const ask = vi.spyOn(globalThis, "fetch").mockImplementation(async () => answers.shift()!);
  await expect(fetched("/shapes")).rejects.toThrow("503");
  expect(await Promise.all([fetched("/shapes"), fetched("/shapes")])).toEqual([none, none]);
  expect(ask).toHaveBeenCalledTimes(2);
  ask.mockRestore();
});
