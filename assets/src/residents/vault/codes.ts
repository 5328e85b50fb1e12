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

/** The word that was most likely meant: one slip away, or begun with the same four letters, or two slips away. */
function nearest(typed: string): string | null {
  const away = WORDS.map((word) => slips(word, typed));
  const within = (most: number): string | null => {
    const near = WORDS.filter((_word, at) => away[at]! <= most);
    return near.length === 1 ? near[0]! : null;
  };
  const begin = typed.slice(0, LETTERS_THAT_TELL);
  const begun = typed.length < LETTERS_THAT_TELL ? undefined : WORDS.find((word) => word.startsWith(begin));
  return within(1) ?? begun ?? (typed.length > LETTERS_THAT_TELL ? within(2) : null);
}

/** How many letters were mistyped, left out, added, or changed places with the next: the optimal string alignment distance. */
export function slips(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_none, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = last[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(changed, last[j]! + 1, row[j - 1]! + 1, swapped ? before[j - 2]! + 1 : Infinity);
    }
    [before, last] = [last, row];
  }
  return last[other.length]!;
}
