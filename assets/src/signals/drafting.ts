/* Keep what is being written: a tab that closes, or a phone that makes room, loses nothing of it. */

const PAUSE_MS = 400;

/** Saves a moment after the last change, one after the other. */
export class Drafting {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly save: () => Promise<void>) {}

  /** Something changed. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), PAUSE_MS);
  }

  /** Save at once what changed and was not saved yet. */
  now(): Promise<void> {
    if (this.#timer !== undefined) {
      this.#forget();
      // A device that cannot keep it has the form still.
      this.#saving = this.#saving.then(this.save).catch(console.error);
    }
    return this.#saving;
  }

  /** Save no more of this; what was being saved has ended. */
  stop(): Promise<void> {
    this.#forget();
    return this.#saving;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
