/* The copy as the resident sees it before giving: everything that goes, and nothing that does not. */
import { make } from "../dom";
import type { Texts } from "../texts";
import type { Copy, GivenChance, GivenEffect, GivenInfluence } from "./copy";

export function shown({ effects, influences, chances }: Copy, texts: Texts): Node[] {
  return [
    ...list(texts.say("giving.effects"), effects.map((one) => effectTold(one, texts))),
    ...list(texts.say("giving.influences"), influences.map((one) => influenceTold(one, texts))),
    ...list(texts.say("giving.chances"), chances.map((one) => chanceTold(one, texts))),
  ];
}

function effectTold({ domain, sort, effect, order, length }: GivenEffect, texts: Texts): string {
  const parts = [texts.say(`domain.${domain}`), texts.say(`sort.${sort}`), texts.say(`effect.${effect}`), texts.say(`giving.length.${length}`)];
  if (order === "first") parts.push(texts.say("giving.first"));
  return parts.join(" · ");
}

function influenceTold({ from, to, how }: GivenInfluence, texts: Texts): string {
  const key = from === to ? `influence.within.${how}` : `influence.between.${how}`;
  return texts.say(key, { from: texts.say(`domain.${from}`), to: texts.say(`domain.${to}`) });
}

function chanceTold({ domain, sort }: GivenChance, texts: Texts): string {
  return `${texts.say(`domain.${domain}`)} · ${texts.say(`sort.${sort}`)}`;
}

function list(heading: string, rows: string[]): Node[] {
  return rows.length ? [make("h3", {}, heading), make("ul", {}, ...rows.map((row) => make("li", {}, row)))] : [];
}
