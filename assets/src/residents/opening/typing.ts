/* A field in which somebody types the words of a card, and what is said of them meanwhile. */
import type { Texts } from "../texts";
import type { Bytes } from "../vault/bytes";
import { codeOfWords, readTyped, WORDS_OF_A_CARD, type Typed } from "../vault/codes";
import { say } from "./saying";

export class WordsField {
  readonly #field: HTMLTextAreaElement;
  readonly #read: HTMLElement;
  readonly #wrong: HTMLElement;

  constructor(private readonly part: ParentNode, private readonly texts: Texts) {
    this.#field = part.querySelector("textarea[name=words]")!;
    this.#read = part.querySelector("[data-read]")!;
    this.#wrong = part.querySelector("[data-wrong]")!;
    this.#field.addEventListener("input", () => this.#tell());
  }

  /** The code of what was typed; null where it is not the whole of a card. */
  code(): Promise<Bytes | null> {
    return codeOfWords(readTyped(this.#field.value).words);
  }

  /** Say which word is wrong, as far as that can be known without a card. */
  complain(): void {
    this.#wrong.textContent = wrong(readTyped(this.#field.value), this.texts);
    this.#field.setAttribute("aria-invalid", "true");
    say(this.part, "words");
  }

  /** Nothing of the words stays in the page. */
  clear(): void {
    this.#field.value = "";
    this.#read.textContent = "";
    this.#wrong.textContent = "";
    this.#field.removeAttribute("aria-invalid");
  }

  #tell(): void {
    this.#field.removeAttribute("aria-invalid");
    // The word that is being typed is not finished: nothing is said of it yet.
    const typed = readTyped(this.#field.value.replace(/[a-z]+$/i, (last) => (readTyped(last).unknown.length ? "" : last)));
    this.#read.textContent = told(typed, this.texts);
  }
}

/** What is said of words that were typed. */
export function told({ words, unknown }: Typed, texts: Texts): string {
  const [first] = unknown;
  if (first) return none(first, texts);
  if (words.length > WORDS_OF_A_CARD) return texts.say("vault.too_many");
  return words.length ? texts.say("vault.read", { n: words.length }) : "";
}

/** Why words that were typed are no card: every word that is on none, or that they do not belong together. */
export function wrong(typed: Typed, texts: Texts): string {
  if (typed.unknown.length) return typed.unknown.map((one) => none(one, texts)).join(" ");
  return typed.words.length === WORDS_OF_A_CARD ? texts.say("vault.not_together") : told(typed, texts);
}

function none({ at, typed, near }: Typed["unknown"][number], texts: Texts): string {
  const fields = { number: at + 1, typed };
  return near ? texts.say("vault.meant", { ...fields, near }) : texts.say("vault.unknown", fields);
}
