/* What somebody can do, who is around, and what they wish, beside what is difficult. */
import { make } from "../dom";
import type { Store } from "../store";
import type { Texts } from "../texts";
import { besideDifficulties } from "./difficulties";
import { nearList, strengthList, wishList } from "./lists";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  section.append(make("h1", {}, texts.say("people.heading")));
  const ended = [
    strengthList(section, store, texts),
    nearList(section, store, texts),
    besideDifficulties(section, store, texts),
    wishList(section, store, texts),
  ];
  return () => ended.forEach((end) => end());
}
