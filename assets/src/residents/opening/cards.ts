/* The two cards of a vault: filled in on the page, printed, and checked by a word of each. */
import { make } from "../dom";
import type { Bytes } from "../vault/bytes";
import { newCode, qrTextOf, readTyped, wordsOf, WORDS_OF_A_CARD } from "../vault/codes";
import type { LockKind } from "../vault/locks";
import { drawn } from "./pictures";

export interface Card {
  kind: LockKind;
  code: Bytes;
  words: string[];
  /** Of which word is asked, counted from one. */
  asked: number;
}

export async function newCard(kind: LockKind): Promise<Card> {
  const code = newCode();
  const [chance] = crypto.getRandomValues(new Uint16Array(1));
  return { kind, code, words: await wordsOf(code), asked: (chance! % WORDS_OF_A_CARD) + 1 };
}

/** Put a card on the page. */
export function show({ kind, code, words }: Card, part: ParentNode): void {
  const place = part.querySelector<HTMLElement>(`[data-card="${kind}"]`)!;
  const qr = place.querySelector<HTMLElement>("[data-code]")!;
  place.querySelector("[data-words]")!.replaceChildren(...words.map((word) => make("li", {}, word)));
  place.querySelector("[data-where]")!.textContent = `${location.host}/mijn/`;
  qr.replaceChildren(drawn(qrTextOf(code), qr.dataset.label!));
}

/** Take every card off the page. */
export function hide(part: ParentNode): void {
  for (const place of part.querySelectorAll("[data-card]")) {
    place.querySelector("[data-words]")!.replaceChildren();
    place.querySelector("[data-code]")!.replaceChildren();
  }
}

/** Whether the word that was asked was typed. */
export function isRight({ words, asked }: Card, typed: string): boolean {
  const read = readTyped(typed).words;
  return read.length === 1 && read[0] === words[asked - 1];
}
