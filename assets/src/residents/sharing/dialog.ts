/* Share one thing: what of it, with whom, for what and until when. Nothing goes before the resident saw it all. */
import { NoConnection, Refused } from "../asking";
import { make, on } from "../dom";
import { button, field, line, lines, radios, typed, type Option } from "../fields";
import { calm, complain } from "../life/fields";
import { addDays, dayWritten, todayHere } from "../plan/plan";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { chosenOf, isShared, NEEDED, titleOf, toldOf, type SharedKind, type Told } from "./copies";
import { PURPOSES, type NewShare, type Plea, type Purpose, type Receiver, type Receivers, type Shares } from "./shares";
import { fieldName, fieldSaid } from "./telling";

const MONTHS_3 = 91;
const LONGEST = 365;
const REASONS = ["law", "involvement", "gain"] as const;
/** Where it is told what is missing, for what is no field of its own. */
const FIELD_OF: Readonly<Record<string, string>> = { then: "until", reason: "law" };

/** Let the resident share a thing; the dialog removes itself when it closes. */
export async function openSharing(section: HTMLElement, entry: Entry, store: Store, shares: Shares, texts: Texts): Promise<void> {
  if (!isShared(entry.content.kind)) return;
  const dialog = new SharingDialog(entry.content.kind, entry, store, shares, texts);
  section.append(dialog.element);
  dialog.element.showModal();
  await dialog.begin();
}

class SharingDialog {
  readonly element: HTMLDialogElement;
  readonly #told: Told;
  readonly #form: HTMLFormElement;
  readonly #whom = make("div", { "data-whom": true });
  readonly #why = make("div", { "data-why": true, hidden: true });
  readonly #said = make("p", { class: "message warning", role: "alert", hidden: true });
  #receivers: Receivers = { people: [], organisations: [], deciders: [] };
  /** The name that was looked for, and not found. */
  #missed = "";
  #sending = false;

  constructor(
    private readonly kind: SharedKind,
    private readonly entry: Entry,
    store: Store,
    private readonly shares: Shares,
    private readonly texts: Texts,
  ) {
    this.#told = toldOf(entry, store);
    const say = (key: string) => texts.say(`sharing.${key}`);
    this.#form = on(
      make(
        "form",
        { class: "form", method: "dialog", novalidate: true },
        make("h3", { tabindex: "-1" }, texts.say("sharing.share_this", { name: titleOf(entry.content) })),
        make("p", { class: "note" }, say("free")),
        this.#copy(),
        this.#whom,
        radios(say("for_what"), "purpose", this.#purposes()),
        this.#why,
        this.#until(),
        field(say("from"), line("from", shares.from, 80, true), say("from_help")),
        this.#said,
        make("div", { class: "buttons" }, make("button", { class: "button", type: "submit" }, say("do")), button(texts.say("do.cancel"), () => this.element.close(), { kind: "plain" })),
      ),
      { submit: (event) => void this.#submitted(event), change: () => this.#changed() },
    );
    this.element = on(make("dialog", { class: "sharing", "aria-label": say("share") }, this.#form), { close: () => this.element.remove() });
  }

  /** Ask with whom it can be shared; without a connection it says so and shares nothing. */
  async begin(): Promise<void> {
    this.#form.querySelector("h3")!.focus();
    await this.#trying(async () => {
      this.#receivers = await this.shares.receivers();
      this.#showWhom();
    });
  }

  /** What they will read: what is needed, and the rest with a tick that can go. */
  #copy(): HTMLFieldSetElement {
    const { texts, kind } = this;
    const rows = Object.entries(this.#told).map(([name, value]) => {
      const words = [make("strong", {}, `${fieldName(kind, name, texts)}: `), fieldSaid(kind, name, value, texts)];
      if (NEEDED[kind].includes(name)) return make("p", {}, ...words);
      const tick = make("input", { type: "checkbox", name: "field", value: name });
      tick.checked = true;
      return make("label", { class: "tick" }, tick, make("span", {}, ...words));
    });
    return make("fieldset", {}, make("legend", {}, texts.say("sharing.what")), make("p", { class: "help" }, texts.say("sharing.what_help")), ...rows);
  }

  #purposes(): Option[] {
    const able = PURPOSES.filter((one) => one !== "breakthrough" || this.kind === "step");
    return able.map((one): Option => [one, this.texts.say(`sharing.purpose.${one}`)]);
  }

  #until(): HTMLElement {
    const today = todayHere();
    const input = make("input", { name: "until", type: "date", required: true, min: today, max: addDays(today, LONGEST), value: addDays(today, MONTHS_3) });
    return field(this.texts.say("sharing.until"), input, this.texts.say("sharing.until_help"));
  }

  #showWhom(): void {
    const { texts } = this;
    const chosen = this.#chosen("receiver");
    const { people, organisations, deciders } = this.#receivers;
    const all = this.#purpose() === "breakthrough" ? [...people, ...organisations, ...deciders] : [...people, ...organisations];
    const once = all.filter((one, at) => all.findIndex(({ key }) => key === one.key) === at);
    const options = once.map((one): Option => [`${one.kind}:${one.key}`, one.what ? `${one.name} (${one.what})` : one.name]);
    const name = line("name", this.#missed, 80);
    const find = button(texts.say("sharing.find"), () => void this.#find(name.value.trim()), { kind: "plain" });
    on(name, { keydown: (event) => {
      if ((event as KeyboardEvent).key !== "Enter") return;
      event.preventDefault();
      find.click();
    } });
    const missed = this.#missed ? [make("p", { class: "message warning", role: "alert" }, texts.say("sharing.not_found"))] : [];
    this.#whom.replaceChildren(
      options.length ? radios(texts.say("sharing.whom"), "receiver", options, chosen) : make("p", {}, texts.say("sharing.nobody_yet")),
      make("details", { open: !people.length || !!this.#missed }, make("summary", {}, texts.say("sharing.somebody_else")), field(texts.say("sharing.name"), name, texts.say("sharing.name_help")), ...missed, find),
    );
  }

  async #find(name: string): Promise<void> {
    if (!name) return;
    await this.#trying(async () => {
      const found = await this.shares.receivers(name);
      const isNew = found.people.some(({ key }) => !this.#receivers.people.some((one) => one.key === key));
      this.#receivers = found;
      this.#missed = isNew ? "" : name;
      this.#showWhom();
    });
  }

  #changed(): void {
    const asks = this.#purpose() === "breakthrough";
    if (this.#why.hidden === asks) this.#showWhom();
    const decides = asks && this.#receivers.deciders.some(({ key }) => key === this.#receiver()?.key);
    if (asks && !this.#why.childElementCount) this.#why.replaceChildren(...this.#reasons());
    this.#why.hidden = !asks;
    const reasons = this.#why.querySelector<HTMLElement>("[data-reasons]");
    if (reasons) reasons.hidden = !decides;
  }

  #reasons(): HTMLElement[] {
    const { texts } = this;
    const rows = REASONS.map((name) => field(texts.say(`sharing.why.${name}`), lines(name, "", 1000)));
    return [
      make("p", { class: "note" }, texts.say("sharing.goes_on")),
      make("div", { "data-reasons": true }, field(texts.say("sharing.why.rule"), lines("rule", this.#told["obstacle"] ?? "", 1000)), make("p", { class: "help" }, texts.say("sharing.why.one")), ...rows),
    ];
  }

  async #submitted(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#sending) return;
    calm(this.#form);
    this.#tell("");
    const one = this.#newShare();
    if (typeof one === "string") return this.#complain(one);
    this.#sending = true;
    await this.#trying(async () => {
      await this.shares.share(one);
      this.element.close();
    });
    this.#sending = false;
  }

  /** What was chosen, or the name of what is missing. */
  #newShare(): NewShare | string {
    const form = new FormData(this.#form);
    const [receiver, purpose, until, from] = [this.#receiver(), this.#purpose(), typed(form, "until"), typed(form, "from")];
    if (!receiver) return "receiver";
    if (!purpose) return "purpose";
    if (!until) return "until";
    if (until < todayHere() || until > addDays(todayHere(), LONGEST)) return "then";
    if (!from) return "from";
    const plea = this.#plea(form, receiver, purpose);
    if (typeof plea === "string") return plea;
    const content = chosenOf(this.kind, this.#told, form.getAll("field").map(String));
    return { item: this.entry.id, kind: this.kind, content, from, receiver_kind: receiver.kind, receiver: receiver.key, purpose, until, ...(plea && { plea }) };
  }

  /** Who decides is asked at once, with at least one reason; others may ask on behalf of the resident. */
  #plea(form: FormData, receiver: Receiver, purpose: Purpose): Plea | string | undefined {
    if (purpose !== "breakthrough" || !this.#receivers.deciders.some(({ key }) => key === receiver.key)) return undefined;
    const rule = typed(form, "rule");
    if (!rule) return "rule";
    const given = REASONS.map((name) => [name, typed(form, name)] as const).filter(([, words]) => words);
    return given.length ? { rule, ...Object.fromEntries(given) } : "reason";
  }

  /** Say at its field what is missing; who has nobody to choose is brought to where a name is looked for. */
  #complain(missing: string): void {
    const today = todayHere();
    const [first, last] = [today, addDays(today, LONGEST)].map((day) => dayWritten(day, this.texts.language));
    const name = FIELD_OF[missing] ?? missing;
    const words = this.texts.say(`sharing.missing.${missing}`, { first: first!, last: last! });
    complain(this.#form, this.#form.elements.namedItem(name) ? name : "name", words);
  }

  #purpose(): Purpose | undefined {
    return PURPOSES.find((one) => one === this.#chosen("purpose"));
  }

  #receiver(): Receiver | undefined {
    const { people, organisations, deciders } = this.#receivers;
    return [...people, ...organisations, ...deciders].find(({ kind, key }) => `${kind}:${key}` === this.#chosen("receiver"));
  }

  #chosen(name: string): string {
    return String(new FormData(this.#form).get(name) ?? "");
  }

  async #trying(what: () => Promise<void>): Promise<void> {
    this.#tell("");
    try {
      await what();
    } catch (failure) {
      this.#tell(toldOfFailure(failure, this.texts));
    }
  }

  #tell(words: string): void {
    this.#said.textContent = words;
    this.#said.hidden = !words;
    if (words) this.#said.scrollIntoView({ block: "nearest" });
  }
}

/** What went wrong, in words; what is no refusal is a defect and goes on. */
export function toldOfFailure(failure: unknown, texts: Texts): string {
  if (failure instanceof NoConnection) return texts.say("sharing.no_connection");
  if (failure instanceof Refused) return [...new Set([failure.title, failure.detail])].filter(Boolean).join(" ");
  throw failure;
}
