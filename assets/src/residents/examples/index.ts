/* The three examples, and a store with one of them: what is changed in it is gone when the page is left. */
import { Memory } from "../memory";
import { daan } from "./daan";
import { sayIn, type Example } from "./example";
import { henk } from "./henk";
import { rosa } from "./rosa";

export const EXAMPLES: readonly Example[] = [rosa, henk, daan];

/** One of them, by its key; the first where there is none of that name. */
export function exampleStore(key: string, language = document.documentElement.lang): Memory {
  const example = EXAMPLES.find((one) => one.key === key) ?? rosa;
  return new Memory(example.contents(sayIn(language)));
}
