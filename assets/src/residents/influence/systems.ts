/* Which system did what to which other, added up from the influences that were drawn. */
import type { Domain, Influence } from "../contents";
import { domainOf } from "../lanes";
import type { Store } from "../store";
import type { Texts } from "../texts";

export interface Between {
  from: Domain;
  to: Domain;
  how: Influence["how"];
  times: number;
}

/** How often each system did each thing to another, most often first; lanes of no system are left out. */
export function between(store: Store): Between[] {
  const found = new Map<string, Between>();
  for (const { content } of store.of("influence")) {
    const [from, to] = [systemOf(content.from, store), systemOf(content.to, store)];
    if (!from || !to) continue;
    const key = `${from} ${to} ${content.how}`;
    const one = found.get(key) ?? { from, to, how: content.how, times: 0 };
    found.set(key, { ...one, times: one.times + 1 });
  }
  return [...found.values()].sort((one, other) => other.times - one.times);
}

/** The system in which something happened. */
export function systemOf(event: string, store: Store): Domain | undefined {
  const content = store.get(event)?.content;
  return content?.kind === "event" ? domainOf(content.lane, store) : undefined;
}

/** One line of it, as a sentence. */
export function told({ from, to, how, times }: Between, texts: Texts): string {
  const fields = { from: texts.say(`domain.${from}`), to: texts.say(`domain.${to}`) };
  const sentence = texts.say(from === to ? `influence.within.${how}` : `influence.between.${how}`, fields);
  return times > 1 ? `${sentence} (${texts.count("figures.times", times)})` : sentence;
}
