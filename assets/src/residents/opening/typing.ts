/* A field in which somebody types the words of a card, and what is said of them meanwhile. */
import type { Texts } from "../texts";
import type { Bytes } from "../vault/bytes";
import { codeOfWords, readTyped, WORDS_OF_A_CARD, type Typed } from "../vault/codes";

export class WordsField {
  readonly #field: HTMLTextAreaElement;
  readonly #read: HTMLElement;

  constructor(part: ParentNode, private readonly texts: Texts) {
    this.#field = part.querySelector("textarea[name=words]")!;
    this.#read = part.querySelector("[data-read]")!;
    this.#field.addEventListener("input", () => this.#tell());
  }

  /** The code of what was typed; null where it is not the whole of a card. */
  code(): Promise<Bytes | null> {
    return codeOfWords(readTyped(this.#field.value).words);
  }

  /** Nothing of the words stays in the page. */
  clear(): void {
    this.#field.value = "";
    this.#read.textContent = "";
  }

  #tell(): void {
    // The word that is being typed is not finished: nothing is said of it yet.
    const typed = readTyped(this.#field.value.replace(/[a-z]+$/i, (last) => (readTyped(last).unknown.length ? "" : last)));
    this.#read.textContent = told(typed, this.texts);
  }
}

/** What is said of words that were typed. */
export function told({ words, unknown }: Typed, texts: Texts): string {
  const [first] = unknown;
  if (first) {
    const fields = { number: first.at + 1, typed: first.typed };
    return first.near ? texts.say("vault.meant", { ...fields, near: first.near }) : texts.say("vault.unknown", fields);
  }
  if (words.length > WORDS_OF_A_CARD) return texts.say("vault.too_many");
  return words.length ? texts.say("vault.read", { n: words.length }) : "";
}
