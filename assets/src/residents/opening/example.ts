/* The views on an invented life: nothing of what is changed in it is kept. */
import { make } from "../dom";
import { EXAMPLES, exampleStore } from "../examples/index";
import { sayIn } from "../examples/example";
import type { Texts } from "../texts";
import { Views } from "./views";

/** Show the life that the address asks for (`?leven=…`), with a way to the others. */
export function showExample(place: HTMLElement, texts: Texts): void {
  const asked = new URLSearchParams(location.search).get("leven");
  const shown = EXAMPLES.find(({ key }) => key === asked) ?? EXAMPLES[0]!;
  const ways = EXAMPLES.map(({ key, name }) => make("li", {}, make("a", { href: `?leven=${key}`, "aria-current": key === shown.key ? "page" : null }, name)));
  const head = make(
    "div",
    { class: "examples" },
    make("p", {}, shown.about(sayIn(texts.language))),
    make("nav", { "aria-label": texts.say("vault.lives") }, make("ul", {}, ...ways)),
  );
  place.prepend(head);
  new Views(exampleStore(shown.key, texts.language), texts).begin();
}
