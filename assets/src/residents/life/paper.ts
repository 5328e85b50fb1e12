/* Paper and pictures: a sheet is made when it is asked for, and is gone when it was used. */
import { make } from "../dom";
import type { Texts } from "../texts";
import { listOf } from "./list";
import { asDrawing, asPicture, save } from "./picture";
import type { Life } from "./reading";
import { sheetsOf } from "./sheet";

/** An A3 sheet across without its margins, in the pixels of a style sheet. */
const A3 = { width: 1490, height: 1020 };
const NORMAL = 15;
const LARGE = 22;

export class PaperOf {
  #isLarge = false;
  readonly #ending = new AbortController();

  constructor(private readonly life: () => Life, private readonly texts: Texts, private readonly now: number, isShown: () => boolean) {
    const { signal } = this.#ending;
    addEventListener("beforeprint", () => isShown() && this.#lay(), { signal });
    addEventListener("afterprint", () => this.#printed(), { signal });
  }

  end(): void {
    this.#ending.abort();
    this.#clear();
  }

  /** Print the whole life and the list of it, in ordinary or in large letters. */
  print(isLarge: boolean): void {
    this.#isLarge = isLarge;
    print();
  }

  async save(kind: "svg" | "png"): Promise<void> {
    const [sheet] = this.#sheets({ width: A3.width, size: NORMAL });
    if (!sheet) return;
    const holder = make("div", { class: "life-sheet aside", "aria-hidden": "true" }, sheet);
    document.body.append(holder);
    try {
      save(kind === "svg" ? asDrawing(sheet) : await asPicture(sheet), `${this.texts.say("life.file")}.${kind}`);
    } finally {
      holder.remove();
    }
  }

  #sheets(size: { width: number; height?: number; size: number }): SVGSVGElement[] {
    return sheetsOf(this.life(), this.texts, { ...size, title: this.texts.say("life.sheet_title"), now: this.now });
  }

  #lay(): void {
    this.#clear();
    const kind = `life-sheet life-paper${this.#isLarge ? " large" : ""}`;
    const sheets = this.#sheets({ ...A3, size: this.#isLarge ? LARGE : NORMAL });
    document.body.append(make("div", { class: kind }, ...sheets, listOf(this.life(), this.texts)));
    document.documentElement.classList.add("prints-life");
  }

  #clear(): void {
    document.querySelector(".life-paper")?.remove();
    document.documentElement.classList.remove("prints-life");
  }

  #printed(): void {
    this.#clear();
    this.#isLarge = false;
  }
}
