/* The door: a map is opened with the words or the QR code of a card. */
import { NoConnection } from "../asking";
import type { Texts } from "../texts";
import type { Bytes } from "../vault/bytes";
import { codeOfQrText } from "../vault/codes";
import { derive } from "../vault/locks";
import { blockAt } from "../vault/server";
import { Camera, readPicture } from "./pictures";
import { busy, say } from "./saying";
import { Session, UnknownCode } from "./session";
import { WordsField } from "./typing";

export class Door {
  readonly #field: WordsField;
  readonly #camera: Camera;

  constructor(
    private readonly form: HTMLFormElement,
    texts: Texts,
    private readonly opened: (session: Session) => void,
  ) {
    this.#field = new WordsField(form, texts);
    this.#camera = new Camera(this.#part("[data-camera]"));
  }

  begin(): void {
    const picture = this.#part<HTMLInputElement>("[data-picture]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#typed((code) => this.#open(code));
    });
    this.#part("[data-block]").addEventListener("click", () => void this.#typed((code) => this.#block(code)));
    this.#part("[data-scan]").addEventListener("click", () => void this.#scan());
    this.#part("[data-stop-scanning]").addEventListener("click", () => this.#camera.stop());
    picture.addEventListener("change", () => void this.#picture(picture));
    document.addEventListener("visibilitychange", () => document.hidden && this.#camera.stop());
  }

  say(name?: string): void {
    say(this.form, name);
  }

  async #typed(then: (code: Bytes) => Promise<void>): Promise<void> {
    const code = await this.#field.code();
    if (code) await busy(this.form, () => then(code));
    else this.#field.complain();
  }

  async #open(code: Bytes): Promise<void> {
    this.say();
    const own = this.form.elements.namedItem("own") as HTMLInputElement;
    try {
      const session = await Session.open(code, own.checked);
      this.#field.clear();
      this.opened(session);
    } catch (failure) {
      this.say(sentence(failure));
    }
  }

  async #block(code: Bytes): Promise<void> {
    try {
      const { locator, proof } = await derive(code);
      this.say((await blockAt({ locator, proof })) ? "blocked" : "unknown");
    } catch (failure) {
      this.say(sentence(failure));
    }
  }

  async #scan(): Promise<void> {
    const stop = this.#part("[data-stop-scanning]");
    if (this.#camera.isLooking) return;
    this.say();
    stop.hidden = false;
    try {
      const code = await this.#camera.look(codeOfQrText);
      if (code) await busy(this.form, () => this.#open(code));
    } catch {
      this.#camera.stop();
      this.say("camera");
    } finally {
      stop.hidden = true;
    }
  }

  async #picture(control: HTMLInputElement): Promise<void> {
    const [file] = control.files ?? [];
    if (!file) return;
    const text = await readPicture(file).catch(() => null);
    control.value = "";
    const code = text === null ? null : codeOfQrText(text);
    if (code) await busy(this.form, () => this.#open(code));
    else this.say("picture");
  }

  #part<Part extends HTMLElement = HTMLVideoElement>(selector: string): Part {
    return this.form.querySelector<Part>(selector)!;
  }
}

/** The name of the sentence that tells why it did not go. */
export function sentence(failure: unknown): string {
  if (failure instanceof UnknownCode) return "unknown";
  return failure instanceof NoConnection ? "offline" : "failed";
}
