/* The same life as a list: by year, in words alone. */
import type { Happening, Organisation } from "../contents";
import { make } from "../dom";
import type { Entry } from "../store";
import type { Texts } from "../texts";
import { partsOf } from "./moments";
import type { Life } from "./reading";
import { laneName, when, whenThere } from "./saying";

interface Opening {
  openEvent(id: string): void;
  openOrganisation(id: string): void;
}

/** Everything of a life; without `opening` it is for paper, where nothing can be pressed. */
export function listOf(life: Life, texts: Texts, opening?: Opening): HTMLElement {
  const lanes = new Map(life.lanes.flatMap((lane) => [...lane.events, ...lane.organisations].map(({ id }) => [id, laneName(lane, texts)] as const)));
  const names = new Map(life.lanes.flatMap(({ organisations }) => organisations.map(({ id, content }) => [id, content.name] as const)));
  const events = life.lanes.flatMap((lane) => lane.events).sort((one, other) => one.content.from.localeCompare(other.content.from));
  const organisations = life.lanes.flatMap((lane) => lane.organisations).sort((one, other) => one.content.from.localeCompare(other.content.from));
  const years = new Map<string, Entry<Happening>[]>();
  for (const event of events) {
    const { year } = partsOf(event.content.from);
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  const element = make("div", { class: "life-list" });
  for (const [year, own] of years) {
    const rows = own.map((event) => eventRow(event, lanes.get(event.id)!, names, texts, opening));
    element.append(make("section", { class: "year" }, make("h2", {}, year), make("ol", { class: "entries" }, ...rows)));
  }
  if (organisations.length) {
    const rows = organisations.map((one) => organisationRow(one, lanes.get(one.id)!, texts, opening));
    element.append(make("section", { class: "year whole" }, make("h2", {}, texts.say("life.organisations_heading")), make("ol", { class: "entries" }, ...rows)));
  }
  return element;
}

function eventRow({ id, content }: Entry<Happening>, lane: string, names: Map<string, string>, texts: Texts, opening?: Opening): HTMLLIElement {
  const who = content.organisation && names.get(content.organisation);
  const facts = [when(content, texts), lane, ...(who ? [who] : [])].join(" · ");
  const effect = make("span", { class: `effect ${content.effect}` }, texts.say(`effect.${content.effect}`));
  const turning = content.turning ? make("span", { class: "effect turning" }, texts.say("life.turning")) : null;
  return make(
    "li",
    { class: "entry", "data-id": id },
    make("div", { class: "head" }, make("p", {}, make("strong", {}, content.title), pause(), effect, turning && pause(), turning), opening ? change(content.title, () => opening.openEvent(id), texts) : null),
    make("p", { class: "sub" }, facts),
    content.felt ? make("p", { class: "felt" }, content.felt) : null,
    content.mattered ? make("p", {}, content.mattered) : null,
  );
}

/** What is said beside each other is not read as one word. */
function pause(): HTMLElement {
  return make("span", { class: "hidden" }, ", ");
}

function organisationRow({ id, content }: Entry<Organisation>, lane: string, texts: Texts, opening?: Opening): HTMLLIElement {
  const waited = content.waitedDays ? [texts.count("life.waited", content.waitedDays)] : [];
  return make(
    "li",
    { class: "entry", "data-id": id },
    make("div", { class: "head" }, make("p", {}, make("strong", {}, content.name)), opening ? change(content.name, () => opening.openOrganisation(id), texts) : null),
    make("p", { class: "sub" }, [whenThere(content, texts), lane, ...waited].join(" · ")),
    content.contact ? make("p", {}, texts.say("life.contact_is", { contact: content.contact })) : null,
  );
}

function change(name: string, act: () => void, texts: Texts): HTMLButtonElement {
  const button = make("button", { type: "button", class: "as-link", "aria-label": `${texts.say("do.change")}: ${name}` }, texts.say("do.change"));
  button.addEventListener("click", act);
  return button;
}
