/* An example is a life that was invented: nobody lived it. It shows what a map can tell, in both languages. */
import type { Content } from "../contents";

/** One sentence in Dutch and in English: the one that the reader reads. */
export type Say = (dutch: string, english: string) => string;

export interface Example {
  key: string;
  name: string;
  about(say: Say): string;
  contents(say: Say): Record<string, Content>;
}

export function sayIn(language: string): Say {
  return (dutch, english) => (language === "nl" ? dutch : english);
}
