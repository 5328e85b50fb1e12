/* The one plan of the resident. */
import { sharesOf } from "../sharing/shares";
import type { Store } from "../store";
import type { Texts } from "../texts";
import { PlanView } from "./view";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const shares = sharesOf(store);
  const view = new PlanView(section, store, shares, texts);
  const ended = [store.onChange(() => view.draw())];
  if (shares) ended.push(shares.onChange(() => view.draw()));
  view.draw();
  return () => ended.forEach((end) => end());
}
