/* The forms of the map: an event, an organisation, and the lanes. */
import type { Effect, Happening, Moment, Organisation } from "../contents";
import { make, svg } from "../dom";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { ask } from "./dialog";
import { dot } from "./drawing";
import { choiceField, complain, LONGEST, momentField, momentIn, textField, tickField, wordsIn } from "./fields";
import { extentOf } from "./moments";
import { lanesOf } from "./reading";
import { laneName, whenThere } from "./saying";
import { versionsOf } from "./versions";

const EFFECTS: readonly Effect[] = ["helped", "hindered", "trapped", "nothing"];
const SOMEBODY_NEW = "new";
const MOST_DAYS_WAITED = 36_500;

/** With what a new event begins: where and when somebody pressed, or a suggestion. */
export interface Begun {
  lane?: string;
  from?: Moment;
  title?: string;
}

export class Asking {
  constructor(private readonly store: Store, private readonly texts: Texts, private readonly home: HTMLElement) {}

  /** A new event, or another version of one; the id of what was kept. */
  async event(entry: Entry<Happening> | undefined, begun: Begun = {}): Promise<string | undefined> {
    const { texts, store } = this;
    const old = entry?.content;
    let kept: string | undefined;
    await ask(
      {
        title: texts.say(old ? "life.change_event" : "life.new_event"),
        fields: this.#eventFields(old, begun),
        below: entry && versionsOf(entry, store, texts),
        keep: async (data, form) => {
          const content = await this.#happening(data, form, old);
          if (content) kept = (await store.put(content, entry?.id)).id;
          return Boolean(content);
        },
        remove: entry && (() => store.remove(entry.id)),
      },
      texts,
      this.home,
    );
    return kept;
  }

  async organisation(entry: Entry<Organisation> | undefined, begun: Begun = {}): Promise<string | undefined> {
    const { texts, store } = this;
    const old = entry?.content;
    let kept: string | undefined;
    await ask(
      {
        title: texts.say(old ? "life.change_organisation" : "life.new_organisation"),
        fields: this.#organisationFields(old, begun),
        below: entry && versionsOf(entry, store, texts),
        keep: async (data, form) => {
          const content = this.#organisation(data, form, old);
          if (content) kept = (await store.put(content, entry?.id)).id;
          return Boolean(content);
        },
        remove: entry && (() => store.remove(entry.id)),
      },
      texts,
      this.home,
    );
    return kept;
  }

  #eventFields(old: Happening | undefined, begun: Begun): HTMLElement[] {
    const { texts } = this;
    const from = old?.from ?? begun.from;
    return [
      textField("title", texts.say("life.what"), { help: texts.say("life.what_help"), value: old?.title ?? begun.title, maxlength: LONGEST.title, required: true }),
      momentField("from", texts.say("life.when"), from, texts),
      tickField("lasted", texts.say("life.lasted"), Boolean(old?.until), momentField("until", texts.say("life.until"), old?.until, texts)),
      this.#laneField(old?.lane ?? begun.lane),
      this.#effectField(old?.effect ?? "nothing"),
      textField("felt", texts.say("life.felt"), { help: texts.say("life.felt_help"), value: old?.felt, maxlength: LONGEST.felt }),
      tickField("turning", texts.say("life.turning_long"), Boolean(old?.turning)),
      ...this.#whoFields(old?.organisation),
      textField("mattered", texts.say("life.mattered"), { value: old?.mattered, maxlength: LONGEST.mattered, rows: 3 }),
    ];
  }

  #effectField(value: Effect): HTMLElement {
    const choices = EFFECTS.map((effect) => {
      const id = `life-effect-${effect}`;
      const radio = make("input", { id, type: "radio", name: "effect", value: effect });
      radio.checked = effect === value;
      const drawn = svg("svg", { class: `drawn sign event ${effect}`, viewBox: "0 0 60 40", width: 60, height: 40, "aria-hidden": "true" }, ...sign(effect));
      return make("div", { class: "tick" }, radio, make("label", { for: id }, drawn, make("span", {}, this.texts.say(`life.effect_${effect}`))));
    });
    return make("fieldset", { class: "field effects" }, make("legend", {}, this.texts.say("life.effect")), ...choices);
  }

  #laneField(value: string | undefined): HTMLElement {
    const lanes = lanesOf(this.store.of("lane"));
    const options = lanes.map((lane) => [lane.key, laneName(lane, this.texts)] as const);
    return choiceField("lane", this.texts.say("life.lane"), options, options.some(([key]) => key === value) ? value! : options[0]![0]);
  }

  #whoFields(value: string | undefined): HTMLElement[] {
    const { texts } = this;
    const known = this.store.of("organisation").map(({ id, content }) => [id, `${content.name} (${whenThere(content, texts)})`] as const);
    const options = [["", texts.say("life.nobody")], ...known, [SOMEBODY_NEW, texts.say("life.somebody_new")]] as const;
    const field = choiceField("organisation", texts.say("life.who"), options, known.some(([id]) => id === value) ? value! : "");
    const named = textField("organisation-name", texts.say("life.who_name"), { maxlength: LONGEST.name });
    const select = field.querySelector("select")!;
    const show = () => (named.hidden = select.value !== SOMEBODY_NEW);
    select.addEventListener("change", show);
    show();
    return [field, named];
  }

  async #happening(data: FormData, form: HTMLFormElement, old: Happening | undefined): Promise<Happening | undefined> {
    const title = wordsIn(data, "title");
    const moments = this.#moments(data, form, data.has("lasted"));
    if (!title) complain(form, "title", this.texts.say("life.needs_words"));
    if (!title || !moments) return undefined;
    const lane = wordsIn(data, "lane");
    const organisation = await this.#who(data, lane, moments.from, old?.organisation);
    const [felt, mattered] = [wordsIn(data, "felt"), wordsIn(data, "mattered")];
    return {
      kind: "event",
      title,
      lane,
      ...moments,
      effect: wordsIn(data, "effect") as Effect,
      turning: data.has("turning"),
      ...(organisation ? { organisation } : {}),
      ...(felt ? { felt } : {}),
      ...(mattered ? { mattered } : {}),
    };
  }

  /** Who had to do with it; somebody new gets a bar from that moment on. */
  async #who(data: FormData, lane: string, from: Moment, old: string | undefined): Promise<string | undefined> {
    const chosen = wordsIn(data, "organisation");
    if (chosen !== SOMEBODY_NEW) return chosen || undefined;
    const name = wordsIn(data, "organisation-name");
    return name ? (await this.store.put({ kind: "organisation", name, lane, from })).id : old;
  }

  #moments(data: FormData, form: HTMLFormElement, hasEnd: boolean): { from: Moment; until?: Moment } | undefined {
    const from = momentIn(data, "from");
    const until = hasEnd ? momentIn(data, "until") : undefined;
    if (!from) complain(form, "from", this.texts.say("life.needs_year"));
    else if (hasEnd && !until) complain(form, "until", this.texts.say("life.needs_year"));
    else if (until && extentOf(until).until <= extentOf(from).from) complain(form, "until", this.texts.say("life.ends_before"));
    else return { from, ...(until ? { until } : {}) };
    return undefined;
  }

  #organisationFields(old: Organisation | undefined, begun: Begun): HTMLElement[] {
    const { texts } = this;
    return [
      textField("name", texts.say("life.name"), { help: texts.say("life.name_help"), value: old?.name, maxlength: LONGEST.name, required: true }),
      this.#laneField(old?.lane ?? begun.lane),
      momentField("from", texts.say("life.there_from"), old?.from ?? begun.from, texts),
      tickField("still", texts.say("life.still"), !old?.until, momentField("until", texts.say("life.until"), old?.until, texts), false),
      textField("waited", texts.say("life.waited_days"), { help: texts.say("life.waited_help"), value: old?.waitedDays ? `${old.waitedDays}` : "", maxlength: 5 }),
      textField("contact", texts.say("life.contact"), { value: old?.contact, maxlength: LONGEST.contact }),
    ];
  }

  #organisation(data: FormData, form: HTMLFormElement, _old: Organisation | undefined): Organisation | undefined {
    const [name, contact, waited] = [wordsIn(data, "name"), wordsIn(data, "contact"), wordsIn(data, "waited")];
    const moments = this.#moments(data, form, !data.has("still"));
    const waitedDays = Number(waited || 0);
    const isNumber = Number.isInteger(waitedDays) && waitedDays >= 0 && waitedDays <= MOST_DAYS_WAITED;
    if (!isNumber) complain(form, "waited", this.texts.say("life.needs_days"));
    if (!name) complain(form, "name", this.texts.say("life.needs_name"));
    if (!name || !moments || !isNumber) return undefined;
    const more = { ...(contact ? { contact } : {}), ...(waitedDays ? { waitedDays } : {}) };
    return { kind: "organisation", name, lane: wordsIn(data, "lane"), ...moments, ...more };
  }
}

/** What an effect looks like on the thread. */
export function sign(effect: Effect): SVGElement[] {
  const paths = {
    helped: ["M2 30C16 30 14 12 30 12S44 30 58 30", 12],
    hindered: ["M2 10C16 10 14 28 30 28S44 10 58 10", 28],
    trapped: ["M2 9H14C50 9 50 35 30 35S10 9 46 9H58", 35],
    nothing: ["M2 20H58", 20],
  } as const;
  const [path, y] = paths[effect];
  return [svg("path", { class: "piece", d: path }), dot(effect, 30, effect === "trapped" ? 33 : y)];
}
