/* The map on the screen: it draws a laid out life, moves it along with the hand, and lets things in it be chosen. */
import { make, svg } from "../dom";
import type { Texts } from "../texts";
import { axis, bands, laneNames, level, lines } from "./drawing";
import { frameOf, ground, MARGIN, type Frame } from "./frame";
import { lay, type Laid } from "./layout";
import { listen } from "./moving";
import { measure } from "./measuring";
import type { Life } from "./reading";
import { laneName } from "./saying";
import { dayAt, fitted, kept, ticks, zoomed, type Scale } from "./scale";
import { Things } from "./things";
import { neighbour, stops, type Stop } from "./walking";

export interface Hooks {
  openEvent(id: string): void;
  openOrganisation(id: string): void;
  /** Somebody pressed an empty place: this lane, this day. */
  addAt(lane: string, day: number, perDay: number): void;
  /** These days are in sight now. */
  seen(from: number, until: number): void;
  remove(id: string): void;
}

const SIZE = 15;
const GUTTER = 132;
const NARROW = 720;
/** On a narrow screen a whole life is too small to read: the last years come first. */
const FIRST_YEARS = 9;
/** A world up to this wide is drawn at once; of a wider one only what is near. */
const WHOLE_WORLD = 6000;
const SETTLE_MS = 160;
const GLIDE_MS = 200;
const KEY_ZOOM = 1.6;
/** While somebody zooms, laying out takes at most one part in so many of the time. */
const LAY_SHARE = 5;
const LAY_PAUSE_MS = 100;
const FARTHEST_STRETCH = 1.8;
const SEEN_MS = 120;

export class MapView {
  readonly element = make("div", { class: "life-map" });
  readonly #back = svg("svg", { class: "drawn ground", "aria-hidden": "true" });
  readonly #area = make("div", { class: "window" });
  readonly #world: SVGSVGElement;
  /** The years are for the eye: read aloud they would stand before all that happened. */
  readonly #parts = { time: svg("g", { "aria-hidden": "true" }), level: svg("g", { "aria-hidden": "true" }) };
  readonly #things: Things;
  readonly #end: (() => void)[] = [];
  #life?: Life;
  #frame?: Frame;
  #laid?: Laid;
  #scale?: Scale;
  /** Where it is on its way to. */
  #goal?: Scale;
  #origin = 0;
  /** The width of the whole, and of what moves in it. */
  #laidWide = 0;
  #width = 0;
  #window = { from: 0, until: 0 };
  #stops: Stop[] = [];
  #drawing = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #isLaidOut = false;
  /** How near one looked when all was laid out, and when that may be done again while the hand moves. */
  #laidPerDay = 1;
  #layAfter = 0;
  #seenAt = 0;
  #isFollowing = false;
  /** Whether somebody chose where to look; until then all of a life that grows is in sight. */
  #isOwnLook = false;

  constructor(private readonly texts: Texts, private readonly hooks: Hooks, private readonly now: number) {
    this.#world = svg("svg", { class: "drawn world", role: "group", "aria-label": texts.say("life.map_label") });
    this.#things = new Things(texts);
    this.#world.append(this.#parts.time, this.#parts.level, this.#things.bars, this.#things.beads);
    this.#area.append(this.#world);
    this.element.append(this.#back, this.#area);
    this.#end.push(listen(this.#area, { drag: (by) => this.#drag(by), zoom: (factor, at) => this.#zoomAt(factor, at), rest: () => this.#settle() }));
    this.#area.addEventListener("click", (event) => this.#pressed(event));
    this.#world.addEventListener("keydown", (event) => this.#key(event));
    this.#world.addEventListener("focusin", (event) => this.#focused(event));
    const sizes = new ResizeObserver(() => this.#measured());
    sizes.observe(this.element);
    this.#end.push(() => sizes.disconnect());
  }

  end(): void {
    for (const end of this.#end) end();
    cancelAnimationFrame(this.#drawing);
    clearTimeout(this.#settling);
  }

  /** Show a life; where one chose to look stays the same. */
  show(life: Life): void {
    const isFirst = !this.#life?.extent;
    this.#life = life;
    if (isFirst || !this.#isOwnLook) this.#scale = undefined;
    this.#relay();
  }

  whole(): void {
    this.#isOwnLook = true;
    if (this.#life) this.#glide(fitted(this.#extent(), this.#width, MARGIN));
  }

  /** Nearer or farther, around the middle or around a place on the screen. */
  zoom(factor: number, at = this.#width / 2): void {
    const from = this.#goal ?? this.#scale;
    this.#isOwnLook = true;
    if (from) this.#glide(zoomed(from, factor, at, this.#width));
  }

  /** Look at a day, as near as before. */
  centre(day: number): void {
    if (!this.#scale) return;
    this.#isOwnLook = true;
    this.#scale = kept({ ...this.#scale, start: day - this.#width / 2 / this.#scale.perDay }, this.#extent(), this.#width);
    this.#draw();
    this.#settle();
  }

  /** Bring something into sight, and the keyboard to it. */
  reveal(id: string): void {
    const stop = this.#stops.find(({ key, ids }) => key === id || ids.includes(id));
    if (stop) this.#focus(stop);
  }

  #measured(): void {
    const wide = this.element.clientWidth;
    if (wide && wide !== this.#laidWide) this.#relay();
  }

  /** The life or the screen changed: lay all out anew. */
  #relay(): void {
    const wide = this.element.clientWidth;
    if (!this.#life || !wide) return;
    this.#laidWide = wide;
    const isNarrow = wide < NARROW;
    this.element.classList.toggle("is-narrow", isNarrow);
    this.#width = wide - (isNarrow ? 0 : GUTTER);
    const given = ground(measure(SIZE), this.#width, this.now, { size: SIZE, isNarrow });
    this.#frame = frameOf(this.#life, given);
    this.#scale ??= this.#first(isNarrow);
    this.#origin = Math.floor(this.#extent().from);
    this.#drawGround(wide, isNarrow);
    this.#isLaidOut = false;
    this.#layAfter = 0;
    this.#draw();
  }

  #extent() {
    return this.#life!.extent ?? { from: this.now - 10 * 365, until: this.now };
  }

  #first(isNarrow: boolean): Scale {
    const { from, until } = this.#extent();
    const isLong = isNarrow && until - from > FIRST_YEARS * 365;
    return fitted({ from: isLong ? until - FIRST_YEARS * 365 : from, until }, this.#width, isNarrow ? MARGIN / 2 : MARGIN);
  }

  #drawGround(wide: number, isNarrow: boolean): void {
    const frame = this.#frame!;
    const high = Math.ceil(frame.height);
    for (const [name, value] of Object.entries({ width: wide, height: high, viewBox: `0 0 ${wide} ${high}` })) this.#back.setAttribute(name, `${value}`);
    const named = laneNames(frame, ({ lane }) => laneName(lane, this.texts), { x: isNarrow ? 10 : 14, width: isNarrow ? wide - 20 : GUTTER - 24 });
    this.#back.replaceChildren(...bands(frame, wide), ...named);
  }

  #drag(by: number): void {
    const scale = this.#scale;
    if (!scale) return;
    this.#isOwnLook = true;
    this.#scale = kept({ ...scale, start: scale.start - by / scale.perDay }, this.#extent(), this.#width);
    this.#draw();
  }

  #zoomAt(factor: number, at: number): void {
    if (!this.#scale) return;
    this.#isOwnLook = true;
    this.#scaleTo(kept(zoomed(this.#scale, factor, at, this.#width), this.#extent(), this.#width));
  }

  #scaleTo(scale: Scale): void {
    if (scale.perDay !== this.#scale?.perDay) this.#isLaidOut = false;
    this.#scale = scale;
    this.#draw();
  }

  #glide(wanted: Scale): void {
    const to = (this.#goal = kept(wanted, this.#extent(), this.#width));
    const from = this.#scale!;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#arrive(to);
    const begun = performance.now();
    const step = (now: number) => {
      const share = Math.min((now - begun) / GLIDE_MS, 1);
      if (share === 1) return this.#arrive(to);
      const part = share * (2 - share);
      const perDay = from.perDay * (to.perDay / from.perDay) ** part;
      // What is in the middle goes evenly; the left edge alone would swing.
      const middles = [from, to].map(({ start, perDay: per }) => start + this.#width / 2 / per);
      const middle = middles[0]! + (middles[1]! - middles[0]!) * part;
      this.#scaleTo({ start: middle - this.#width / 2 / perDay, perDay });
      this.#drawing = requestAnimationFrame(step);
    };
    step(begun);
  }

  #arrive(scale: Scale): void {
    this.#goal = undefined;
    this.#scale = scale;
    this.#isLaidOut = false;
    this.#finish();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#finish(), SETTLE_MS);
  }

  /** The hand is still: draw sharply what was only moved or stretched. */
  #finish(): void {
    this.#layAfter = 0;
    if (this.#isLaidOut) this.#render();
    this.#seenAt = 0;
    this.#draw();
  }

  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => this.#apply());
  }

  #apply(): void {
    const [frame, scale] = [this.#frame, this.#scale];
    if (!frame || !scale) return;
    const begun = performance.now();
    if (!this.#isLaidOut && (begun >= this.#layAfter || this.#isStretchedFar())) {
      this.#laid = lay(frame, { start: this.#origin, perDay: scale.perDay });
      this.#laidPerDay = scale.perDay;
      this.#isLaidOut = true;
      this.#render();
      this.#layAfter = performance.now() + Math.max(LAY_PAUSE_MS, LAY_SHARE * (performance.now() - begun));
    } else if (this.#isLaidOut && (this.#at() < this.#window.from || this.#at() + this.#width > this.#window.until)) this.#render();
    this.#place();
    if (this.#isFollowing && this.#isLaidOut && !this.#goal) this.#follow();
    if (begun < this.#seenAt) return;
    this.#seenAt = begun + SEEN_MS;
    this.hooks.seen(this.#scale!.start, dayAt(this.#scale!, this.#width));
  }

  #isStretchedFar(): boolean {
    const stretch = this.#scale!.perDay / this.#laidPerDay;
    return stretch > FARTHEST_STRETCH || stretch < 1 / FARTHEST_STRETCH;
  }

  /** The left edge of what is in sight, in the world's own measure. */
  #at(): number {
    return (this.#scale!.start - this.#origin) * this.#scale!.perDay;
  }

  /** Move the drawn world to where it belongs; while somebody zooms it is stretched, until it is drawn anew. */
  #place(): void {
    const stretch = this.#scale!.perDay / this.#laidPerDay;
    const left = this.#window.from * stretch - this.#at();
    this.#world.style.transform = `translate3d(${left}px,0,0)${stretch === 1 ? "" : ` scaleX(${stretch})`}`;
  }

  #render(): void {
    const [frame, laid, scale] = [this.#frame, this.#laid, this.#scale];
    if (!frame || !laid || !scale) return;
    const world = (this.#extent().until - this.#extent().from) * scale.perDay;
    const [at, wide] = [this.#at(), this.#width];
    this.#window = world + 2 * wide < WHOLE_WORLD ? { from: -wide, until: world + wide } : { from: at - wide, until: at + 2 * wide };
    const { from, until } = this.#window;
    const high = Math.ceil(frame.height);
    for (const [name, value] of Object.entries({ width: until - from, height: high, viewBox: `${from} 0 ${until - from} ${high}` })) this.#world.setAttribute(name, `${value}`);
    const days = { from: this.#origin + from / scale.perDay, until: this.#origin + until / scale.perDay };
    const marks = ticks(scale.perDay, days, this.texts.language);
    this.#parts.time.replaceChildren(
      axis(marks, (day) => (day - this.#origin) * scale.perDay, frame),
      lines(laid, frame, this.texts.say("life.today")),
    );
    this.#parts.level.replaceChildren(...laid.lanes.map(level));
    this.#stops = stops(laid);
    this.#things.draw(laid, frame.ground, { from: from - 200, until: until + 200, left: at });
    this.#place();
  }

  #pressed(event: MouseEvent): void {
    const key = (event.target as Element).closest<SVGGElement>("[data-key]")?.dataset.key;
    if (key) return this.#choose(key);
    const box = this.element.getBoundingClientRect();
    const high = event.clientY - box.top;
    const lane = this.#frame?.lanes.find(({ top, height }) => high >= top && high < top + height);
    const day = dayAt(this.#scale!, event.clientX - this.#area.getBoundingClientRect().left);
    if (lane) this.hooks.addAt(lane.lane.key, day, this.#scale!.perDay);
  }

  #choose(key: string): void {
    const stop = this.#stops.find((one) => one.key === key);
    if (!stop) return;
    if (stop.kind === "organisation") this.hooks.openOrganisation(key);
    else if (stop.ids.length === 1) this.hooks.openEvent(key);
    else this.#unfold(stop);
  }

  /** Look so near that things that stood together come apart. */
  #unfold({ x, ids }: Stop): void {
    const middle = this.#origin + x / this.#laidPerDay;
    const perDay = this.#scale!.perDay * 2.5;
    this.#glide(zoomed({ start: middle - this.#width / 2 / perDay, perDay }, 1, this.#width / 2, this.#width));
    this.#things.current = ids[0];
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stop = this.#stops.find(({ key }) => key === this.#things.current);
    const done: Record<string, (() => void) | undefined> = {
      Enter: () => stop && this.#choose(stop.key),
      " ": () => stop && this.#choose(stop.key),
      "+": () => this.#zoomAround(stop, KEY_ZOOM),
      "=": () => this.#zoomAround(stop, KEY_ZOOM),
      "-": () => this.#zoomAround(stop, 1 / KEY_ZOOM),
      "0": () => this.whole(),
      Delete: () => stop?.ids.length === 1 && this.#remove(stop),
    };
    const act = done[event.key] ?? this.#walk(event.key, stop);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #onScreen({ x }: Stop): number {
    return (x / this.#laidPerDay) * this.#scale!.perDay - this.#at();
  }

  /** What the keyboard is at stays in sight; its dot may have stood a little beside its day. */
  #zoomAround(stop: Stop | undefined, factor: number): void {
    const at = stop && this.#onScreen(stop);
    this.#isFollowing = stop !== undefined;
    this.zoom(factor, at !== undefined && at > 0 && at < this.#width ? at : undefined);
  }

  #follow(): void {
    this.#isFollowing = false;
    const stop = this.#stops.find(({ key, ids }) => key === this.#things.current || ids.includes(this.#things.current ?? ""));
    if (stop) this.#bringIntoSight(stop);
  }

  /** The keyboard goes to what stands beside what is removed. */
  #remove(stop: Stop): void {
    const beside = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"].map((key) => neighbour(this.#stops, stop, key)).find(Boolean);
    if (beside) this.#focus(beside);
    this.hooks.remove(stop.key);
  }

  #walk(key: string, stop: Stop | undefined): (() => void) | undefined {
    const next = stop && neighbour(this.#stops, stop, key);
    return next && (() => this.#focus(next));
  }

  #bringIntoSight(stop: Stop): void {
    const [at, room] = [this.#onScreen(stop), Math.min(90, this.#width / 4)];
    const aside = at < room ? at - room : Math.max(at - (this.#width - room), 0);
    if (!aside) return;
    this.#scale = { ...this.#scale!, start: this.#scale!.start + aside / this.#scale!.perDay };
    this.#apply();
    this.#settle();
  }

  #focus(stop: Stop): void {
    this.#bringIntoSight(stop);
    this.#things.current = stop.key;
    const node = this.#things.node(stop.key);
    node?.focus({ preventScroll: true });
    node?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #focused(event: FocusEvent): void {
    const key = (event.target as SVGElement).dataset.key;
    if (key) this.#things.current = key;
  }
}
