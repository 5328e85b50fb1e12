/* What is difficult, beside what somebody can do and who is around: neither is the whole picture. */
import { make } from "../dom";
import type { Store } from "../store";
import type { Texts } from "../texts";

export function besideDifficulties(section: HTMLElement, store: Store, texts: Texts): () => void {
  const [beside, hard] = [make("ul"), make("ul")];
  const column = (key: string, list: HTMLElement): HTMLElement => make("div", {}, make("h3", {}, texts.say(key)), list);
  const element = make(
    "section",
    { class: "theme" },
    make("h2", {}, texts.say("people.both.heading")),
    make("div", { class: "two" }, column("people.both.there", beside), column("people.both.hard", hard)),
  );
  section.append(element);
  const draw = (): void => {
    const there = [
      ...store.of("strength").map(({ content }) => content.words),
      ...store.of("person").map(({ content }) => content.name),
      ...store.of("event").flatMap(({ content }) => (content.effect === "helped" ? [content.title] : [])),
    ];
    const difficult = store.of("event").filter(({ content }) => content.effect === "hindered" || content.effect === "trapped");
    fill(beside, there);
    fill(hard, difficult.map(({ content }) => content.title));
    element.hidden = !there.length && !difficult.length;
  };
  const fill = (list: HTMLElement, words: string[]): void =>
    list.replaceChildren(...(words.length ? words : [texts.say("people.both.nothing")]).map((one) => make("li", {}, one)));
  draw();
  return store.onChange(draw);
}
