import { expect, it, vi } from "vitest";
import { copyOnPress, offerCopying } from "../src/map/copying";

const button = () => ({ hidden: true, dataset: { copy: "/kaart/?niveau=wijk", copied: "Gekopieerd." }, nextElementSibling: { textContent: "" } });
const page = (one: ReturnType<typeof button>) => {
  let press: (event: unknown) => void = () => undefined;
  const held = { querySelectorAll: () => [one], addEventListener: (_: string, listener: typeof press) => (press = listener) };
  return { document: held as unknown as Document, press: () => press({ target: { closest: () => one } }) };
};

it("offers to copy where the browser lets a page do so, and nowhere else", () => {
  const one = button();
  vi.stubGlobal("navigator", {});
  offerCopying(page(one).document);
  expect(one.hidden).toBe(true);
  vi.stubGlobal("navigator", { clipboard: {} });
  offerCopying(page(one).document);
  expect(one.hidden).toBe(false);
});

it("copies the whole address, and says so beside the button", async () => {
  const one = button();
  const copied: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: (text: string) => Promise.resolve(copied.push(text)) } });
  vi.stubGlobal("location", { href: "https://werkbank.nl/kaart/" });
  const { document, press } = page(one);
  copyOnPress(document);
  press();
  await vi.waitFor(() => expect(one.nextElementSibling.textContent).toBe("Gekopieerd."));
  expect(copied).toEqual(["https://werkbank.nl/kaart/?niveau=wijk"]);
});
