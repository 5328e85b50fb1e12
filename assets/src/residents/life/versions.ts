/* Earlier versions of one thing, to look at and to put back. */
import type { Happening, Organisation } from "../contents";
import { make } from "../dom";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { when, whenThere, writtenOn } from "./saying";

/** Folded away; they are fetched when somebody opens the fold. */
export function versionsOf(entry: Entry<Happening | Organisation>, store: Store, texts: Texts): HTMLElement | null {
  if (entry.version === 1) return null;
  const list = make("ul", { class: "bare" }, make("li", {}, texts.say("life.versions_wait")));
  const fold = make("details", { class: "versions" }, make("summary", {}, texts.say("life.versions")), list);
  fold.addEventListener("toggle", () => fold.open && void show(), { once: true });
  return fold;

  async function show(): Promise<void> {
    try {
      const versions = await store.versions(entry.id);
      list.replaceChildren(...(versions.length ? versions.map(row) : [make("li", {}, texts.say("life.versions_none"))]));
    } catch {
      list.replaceChildren(make("li", {}, texts.say("life.versions_unreachable")));
    }
  }

  function row({ at, content }: Entry): HTMLLIElement {
    const back = make("button", { type: "button", class: "as-link" }, texts.say("life.put_back"));
    back.addEventListener("click", () => void store.put(content, entry.id).then(() => fold.closest("dialog")?.close()));
    return make("li", {}, make("p", {}, inShort(content)), make("p", { class: "sub" }, texts.say("life.written", { when: writtenOn(at, texts.language) })), back);
  }

  function inShort(content: Entry["content"]): string {
    if (content.kind === "event") return `${when(content, texts)}: ${content.title} (${texts.say(`effect.${content.effect}`)})`;
    if (content.kind === "organisation") return `${content.name}: ${whenThere(content, texts)}`;
    return "";
  }
}
