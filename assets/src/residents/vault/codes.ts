/* The code of a card: sixteen bytes of chance, as fourteen words and as a QR code. */
import { fromBase32, inGroups, toBase32, type Bytes } from "./bytes";
import { WORDS } from "./wordlist";

export const WORDS_OF_A_CARD = 14;
const CODE_BYTES = 16;
const CHECK_BITS = 12;
const BITS_OF_A_WORD = 10;
/** By these letters a word is known: no two share them. */
const LETTERS_THAT_TELL = 4;
const QR_PREFIX = "ONGEDEELD1:";

/** What was typed: the words as far as they are known, and those that are none (with where they stand). */
export interface Typed {
  words: string[];
  unknown: { at: number; typed: string; near: string | null }[];
}

export function newCode(): Bytes {
  return crypto.getRandomValues(new Uint8Array(CODE_BYTES));
}

/** The words of a code: its 128 bits and the first 12 of its SHA-256, ten to a word. */
export async function wordsOf(code: Bytes): Promise<string[]> {
  const [first, second] = new Uint8Array(await crypto.subtle.digest("SHA-256", code));
  const check = (first! << 4) | (second! >> 4);
  const nibbles = [...inGroups(code, 8, 4), check >> 8, (check >> 4) & 15, check & 15];
  return inGroups(nibbles, 4, BITS_OF_A_WORD).map((at) => WORDS[at]!);
}

/** The code of these words; null where one of them is another than on the card, or they stand in another order. */
export async function codeOfWords(words: readonly string[]): Promise<Bytes | null> {
  const at = words.map((word) => WORDS.indexOf(word));
  if (at.length !== WORDS_OF_A_CARD || at.includes(-1)) return null;
  const bits = inGroups(at, BITS_OF_A_WORD, 4);
  const code = Uint8Array.from(inGroups(bits.slice(0, -CHECK_BITS / 4), 4, 8));
  const again = await wordsOf(code);
  return again.every((word, place) => word === words[place]) ? code : null;
}

export function qrTextOf(code: Bytes): string {
  return QR_PREFIX + toBase32(code);
}

/** The code in the text of a QR code; null where it is no card of ours. */
export function codeOfQrText(text: string): Bytes | null {
  const trimmed = text.trim();
  const code = trimmed.startsWith(QR_PREFIX) ? fromBase32(trimmed.slice(QR_PREFIX.length)) : null;
  return code?.length === CODE_BYTES ? code : null;
}

/** Read what somebody types: capitals, commas and numbers of the card do not matter, four letters are enough. */
export function readTyped(text: string): Typed {
  const pieces = text.normalize("NFD").toLowerCase().replace(/\p{M}/gu, "").match(/[a-z]+/g) ?? [];
  const read: Typed = { words: [], unknown: [] };
  for (const [at, typed] of pieces.entries()) {
    const word = wordOf(typed);
    read.words.push(word ?? typed);
    if (word === null) read.unknown.push({ at, typed, near: nearest(typed) });
  }
  return read;
}

/** The word that was meant by what was typed, where there is no doubt. */
export function wordOf(typed: string): string | null {
  if (WORDS.includes(typed)) return typed;
  if (typed.length < LETTERS_THAT_TELL) return null;
  return WORDS.find((word) => word.startsWith(typed)) ?? null;
}

function nearest(typed: string): string | null {
  const near = WORDS.filter((word) => isOneAway(word, typed));
  return near.length === 1 ? near[0]! : null;
}

/** Whether one letter was mistyped, left out, added, or changed places with the next. */
export function isOneAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  if (short.length === long.length) return short.slice(at + 1) === long.slice(at + 1) || isSwapped;
  return short.length + 1 === long.length && short.slice(at) === long.slice(at + 1);
}
