/* The three lists: strengths, people around, wishes. */
import { DOMAINS, type Wish } from "../contents";
import { make } from "../dom";
import { choice, field, line, lines, typed, type Option } from "../fields";
import { said, today } from "../figures/moments";
import { isDomain } from "../lanes";
import { listOf } from "../lists";
import type { Store } from "../store";
import type { Texts } from "../texts";

export function strengthList(section: HTMLElement, store: Store, texts: Texts): () => void {
  return listOf(section, store, texts, {
    kind: "strength",
    prefix: "people.strengths",
    fields: (before) => [field(texts.say("people.strengths.words"), lines("words", before?.words, 500, true), texts.say("people.strengths.help"))],
    read: (form) => {
      const words = typed(form, "words");
      return words ? { kind: "strength", words } : undefined;
    },
    show: ({ words }) => [make("p", { class: "own-words" }, words)],
    name: ({ words }) => words,
  });
}

export function nearList(section: HTMLElement, store: Store, texts: Texts): () => void {
  return listOf(section, store, texts, {
    kind: "person",
    prefix: "people.near",
    fields: (before) => [
      field(texts.say("people.near.name"), line("name", before?.name, 120, true), texts.say("people.near.help")),
      field(texts.say("people.near.words"), lines("words", before?.words, 500)),
    ],
    read: (form) => {
      const [name, words] = [typed(form, "name"), typed(form, "words")];
      return name ? { kind: "person", name, ...(words && { words }) } : undefined;
    },
    show: ({ name, words }) => [make("p", {}, make("strong", {}, name)), words ? make("p", { class: "own-words" }, words) : ""],
    name: ({ name }) => name,
  });
}

export function wishList(section: HTMLElement, store: Store, texts: Texts): () => void {
  const domains: Option[] = [["", texts.say("people.wishes.no_domain")], ...DOMAINS.map((one): Option => [one, texts.say(`domain.${one}`)])];
  return listOf(section, store, texts, {
    kind: "wish",
    prefix: "people.wishes",
    fields: (before) => [
      field(texts.say("people.wishes.words"), lines("words", before?.words, 1000, true), texts.say("people.wishes.help")),
      field(texts.say("people.wishes.domain"), choice("domain", domains, before?.domain)),
    ],
    read: (form, before) => wishIn(typed(form, "words"), typed(form, "domain"), before?.written ?? today()),
    show: (wish) => [make("p", { class: "own-words" }, wish.words), make("p", { class: "sub" }, when(wish, texts))],
    name: ({ words }) => words,
  });
}

/** What was filled in; a wish keeps the day on which it was first written. */
export function wishIn(words: string, domain: string, written: string): Wish | undefined {
  if (!words) return undefined;
  return { kind: "wish", words, written, ...(isDomain(domain) && { domain }) };
}

/** The month for which a wish was made: a year after it was written. */
export function wishedFor(written: string): string {
  return `${Number(written.slice(0, 4)) + 1}${written.slice(4, 7)}`;
}

function when({ written, domain }: Wish, texts: Texts): string {
  const month = wishedFor(written);
  const key = month < today().slice(0, 7) ? "people.wishes.was_for" : "people.wishes.for";
  const told = texts.say(key, { month: said(month, texts.language) });
  return domain ? `${texts.say(`domain.${domain}`)} · ${told}` : told;
}
