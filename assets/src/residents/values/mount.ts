/* What makes living here worth it, in the resident's own words. */
import { THEMES, type Value } from "../contents";
import { make } from "../dom";
import { choice, field, lines, typed, type Option } from "../fields";
import { listOf } from "../lists";
import type { Store } from "../store";
import type { Texts } from "../texts";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const ended = listOf(section, store, texts, {
    kind: "value",
    prefix: "values",
    alone: true,
    fields: (before) => [
      field(texts.say("values.words"), lines("words", before?.words, 1000, true), texts.say("values.words_help")),
      field(texts.say("values.theme"), choice("theme", themes(texts), before?.theme), texts.say("values.theme_help")),
    ],
    read: (form) => valueIn(typed(form, "words"), typed(form, "theme")),
    show: ({ words, theme }) => [
      make("p", { class: "own-words" }, words),
      theme ? make("p", { class: "sub" }, texts.say(`values.theme.${theme}`)) : "",
    ],
    name: ({ words }) => words,
  });
  section.append(questions(texts));
  return ended;
}

/** What was filled in; a theme is never needed. */
export function valueIn(words: string, theme: string): Value | undefined {
  if (!words) return undefined;
  const known = THEMES.find((one) => one === theme);
  return { kind: "value", words, ...(known && { theme: known }) };
}

function themes(texts: Texts): Option[] {
  return [["", texts.say("values.no_theme")], ...THEMES.map((one): Option => [one, texts.say(`values.theme.${one}`)])];
}

/** Questions that help to begin, one for each theme. */
function questions(texts: Texts): HTMLElement {
  const rows = THEMES.map((one) => make("li", {}, make("strong", {}, `${texts.say(`values.theme.${one}`)}: `), texts.say(`values.asked.${one}`)));
  return make("details", {}, make("summary", {}, texts.say("values.questions")), make("ul", {}, ...rows));
}
