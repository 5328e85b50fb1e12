/* Beside a thing: with whom it is shared, and whether it says something else now. */
import { make } from "../dom";
import { button } from "../fields";
import { dayWritten } from "../plan/plan";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { anewOf, differs, isShared, toldOf } from "./copies";
import { toldOfFailure } from "./dialog";
import type { Shared, Shares } from "./shares";

/** A line for everybody it is shared with; nothing where it is shared with nobody. */
export function sharedMarks(entry: Entry, store: Store, shares: Shares, texts: Texts): HTMLElement | null {
  const shown = shares.of(entry.id);
  if (!shown.length) return null;
  return make("ul", { class: "bare shared" }, ...shown.map((one) => mark(one, entry, store, shares, texts)));
}

function mark(one: Shared, entry: Entry, store: Store, shares: Shares, texts: Texts): HTMLLIElement {
  const words = texts.say("sharing.shared_with", { name: one.name, day: dayWritten(one.until, texts.language) });
  const row = make("li", { class: "sub" }, words);
  const told = toldOf(entry, store);
  if (!isShared(entry.content.kind) || !differs(told, one.content)) return row;
  const kind = entry.content.kind;
  const said = make("span", { role: "status" });
  const send = button(texts.say("sharing.send_anew"), () => {
    shares.sendAnew(one, anewOf(kind, told, one.content)).catch((failure: unknown) => {
      said.textContent = ` ${toldOfFailure(failure, texts)}`;
    });
  }, { kind: "plain" });
  row.append(" ", texts.say("sharing.changed_since"), " ", send, said);
  return row;
}
