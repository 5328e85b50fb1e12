/* The system that a lane stands for, and what stands in which. */
import { DOMAINS, type Domain } from "./contents";
import type { Store } from "./store";

/** The domain of a lane; undefined for a lane of the resident's own that belongs to none. */
export function domainOf(lane: string, store: Store): Domain | undefined {
  if (isDomain(lane)) return lane;
  const own = store.get(lane)?.content;
  return own?.kind === "lane" ? own.domain : undefined;
}

/** Whether a word is one of the six domains. */
export function isDomain(word: string): word is Domain {
  return (DOMAINS as readonly string[]).includes(word);
}
