/* A vault closes by itself: after a while without use, in the end in any case, and soon when nobody sees the page. */
import type { Limits } from "./session";

export interface Watched {
  limits: Limits;
  beganAt: number;
  close(): void;
  /** Warn that it will close soon, or that it will not any more. */
  warn(soon: boolean): void;
  /** Something was done on this page, at most four times a minute. */
  used(now: number): void;
  /** Nobody can see the page, or somebody can again. */
  cover(hidden: boolean): void;
}

const LOOK_MS = 5_000;
const WARNING_MS = 60_000;
const TOLD_MS = 15_000;
const USE = ["pointerdown", "keydown", "wheel", "touchstart", "input"] as const;

export class Closing {
  #usedAt: number;
  #toldAt: number;
  #hiddenAt: number | null = null;
  #warned = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly watched: Watched, private readonly now: () => number = Date.now) {
    this.#usedAt = this.#toldAt = now();
  }

  begin(page: Document): void {
    for (const kind of USE) page.addEventListener(kind, () => this.use(), { passive: true, capture: true });
    page.addEventListener("visibilitychange", () => this.see(page.visibilityState === "visible"));
    this.#timer = setInterval(() => this.look(), LOOK_MS);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  use(): void {
    const now = this.now();
    // Who comes back after it should have closed does not keep it open by touching it.
    if (this.#isOver(now)) return this.look();
    this.#usedAt = now;
    if (this.#warned) this.#warn(false);
    if (now - this.#toldAt < TOLD_MS) return;
    this.#toldAt = now;
    this.watched.used(now);
  }

  see(visible: boolean): void {
    this.look();
    this.#hiddenAt = visible ? null : this.now();
    this.watched.cover(!visible);
  }

  look(): void {
    const now = this.now();
    if (this.#isOver(now)) {
      this.end();
      this.watched.close();
    } else if (this.#left(now) <= WARNING_MS !== this.#warned) {
      this.#warn(!this.#warned);
    }
  }

  #warn(soon: boolean): void {
    this.#warned = soon;
    this.watched.warn(soon);
  }

  #isOver(now: number): boolean {
    const hidden = this.#hiddenAt === null ? 0 : now - this.#hiddenAt;
    return this.#left(now) <= 0 || hidden >= this.watched.limits.hidden;
  }

  #left(now: number): number {
    const { limits, beganAt } = this.watched;
    return Math.min(this.#usedAt + limits.idle, beganAt + limits.most) - now;
  }
}
