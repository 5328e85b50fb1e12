/* The sentences of a resident's pages: the page carries them, translated, as data. */

export type Fields = Readonly<Record<string, string | number>>;

export class Texts {
  constructor(
    readonly language: string,
    private readonly texts: Readonly<Record<string, string>>,
  ) {}

  /** Those that stand in a page. */
  static in(page: Document): Texts {
    const { language, texts } = JSON.parse(page.querySelector("#texts")!.textContent!) as { language: string; texts: Record<string, string> };
    return new Texts(language, texts);
  }

  /** Texts that say their own key and fields, for tests. */
  static keys(language = "en"): Texts {
    const itself = new Proxy({}, { get: (_none, key) => String(key), has: () => true });
    return new Texts(language, itself as Record<string, string>);
  }

  /** One sentence, with its `{fields}` filled in. */
  say(key: string, fields: Fields = {}): string {
    const text = this.texts[key];
    if (text === undefined) throw new Error(`the page has no text "${key}"`);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
  }

  /** The sentence for one or for many: `key.one` or `key.many`, with `{n}`. */
  count(key: string, n: number, fields: Fields = {}): string {
    return this.say(`${key}.${n === 1 ? "one" : "many"}`, { n, ...fields });
  }
}
