import { expect, it } from "vitest";
import { codesByStyle, matching, readValues, type Place } from "../src/map/values";

const place = (code: string, name: string, style: string, within = ""): Place => ({
  code, name, style, within, figure: "3,6", words: "around average",
});
const places = [place("BU1", "Merelbuurt", "d0", "Noord"), place("BU2", "Zwanenbuurt", "unknown", "Zuid"), place("BU3", "Noorderpark", "d0", "Zuid")];

it("gathers the codes of each class", () => {
  expect(codesByStyle(places)).toEqual(new Map([["d0", ["BU1", "BU3"]], ["unknown", ["BU2"]]]));
});

it("finds places by a part of their name or of what they lie in, whatever the case", () => {
  expect(matching(places, " noord ")).toEqual(new Set(["BU1", "BU3"]));
  expect(matching(places, "zwaan")).toEqual(new Set());
});

it("finds every place where nothing was typed", () => {
  expect(matching(places, "").size).toBe(places.length);
});

it("reads the values from the page, and nothing where there are none", () => {
  const page = (text: string | null) => ({ querySelector: () => (text === null ? null : { textContent: text }) }) as unknown as ParentNode;
  const values = { caption: "Livability, 2024", shapes: "/kaart/vormen/", places };
  expect(readValues(page(JSON.stringify(values)))).toEqual(values);
  expect(readValues(page(null))).toBeNull();
});
