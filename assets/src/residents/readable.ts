/* All of a map as one page that any browser opens, made here: the server cannot read it, and does not get it. */
import type { Content, Kind } from "./contents";
import { make } from "./dom";
import { button } from "./fields";
import { isDomain } from "./lanes";
import { when, whenThere } from "./life/saying";
import { save } from "./life/picture";
import { dayWritten, todayHere } from "./plan/plan";
import type { Store } from "./store";
import type { Texts } from "./texts";

/** What stands in the page, in this order; names of lanes stand with what is in them. */
const PARTS: readonly Kind[] = ["event", "organisation", "influence", "chance", "value", "strength", "person", "wish", "plan", "issue", "step"];
const STYLE = "body{font:1.1rem/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}li{margin:.6em 0}";

export function mount(section: HTMLElement, store: Store, texts: Texts): void {
  const told = make("p", { class: "told", role: "status" });
  const keep = button(texts.say("readable.save"), () => {
    save(new Blob([readable(store, texts)], { type: "text/html" }), `${texts.say("readable.file")}.html`);
    told.textContent = texts.say("readable.saved");
  }, { kind: "plain" });
  section.append(
    make("section", { class: "theme" }, make("h2", {}, texts.say("readable.heading")), make("p", {}, texts.say("readable.lead")), make("p", { class: "buttons" }, keep), told),
  );
}

/** The page, as HTML in which nothing that was typed is read as HTML. */
export function readable(store: Store, texts: Texts): string {
  const title = escaped(texts.say("readable.title"));
  const day = escaped(texts.say("readable.made", { day: dayWritten(todayHere(), texts.language) }));
  const parts = PARTS.map((kind) => part(kind, store, texts)).join("");
  return `<!doctype html><html lang="${texts.language}"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1><p>${day}</p>${parts}</body></html>`;
}

function part(kind: Kind, store: Store, texts: Texts): string {
  const rows = store.of(kind).map(({ content }) => {
    const [first, ...more] = linesOf(content, store, texts).filter((words): words is string => Boolean(words?.trim())).map(escaped);
    return `<li><strong>${first ?? ""}</strong>${more.map((words) => `<br>${words}`).join("")}</li>`;
  });
  return rows.length ? `<h2>${escaped(texts.say(`readable.part.${kind}`))}</h2><ul>${rows.join("")}</ul>` : "";
}

/** What a thing tells, line by line; what it is about is named in words. */
function linesOf(content: Content, store: Store, texts: Texts): (string | undefined)[] {
  const say = (key: string) => texts.say(key);
  const day = (written: string | undefined) => written && dayWritten(written, texts.language);
  switch (content.kind) {
    case "event":
      return [
        content.title, `${when(content, texts)}, ${laneOf(content.lane, store, texts)}`, say(`effect.${content.effect}`),
        content.turning ? say("life.turning") : "", nameOf(content.organisation, store), content.felt, content.mattered,
      ];
    case "organisation":
      return [
        content.name, `${whenThere(content, texts)}, ${laneOf(content.lane, store, texts)}`, content.contact,
        content.waitedDays ? texts.count("life.waited", content.waitedDays) : "",
      ];
    case "influence":
      return [texts.say(`influence.said.${content.how}`, { from: nameOf(content.from, store), to: nameOf(content.to, store) }), content.words];
    case "chance":
      return [nameOf(content.event, store), content.words, ...content.offers.map(({ name, by }) => `${name} (${by})`), content.tried];
    case "value":
      return [content.words, content.theme && say(`values.theme.${content.theme}`)];
    case "strength":
      return [content.words];
    case "person":
      return [content.name, content.words];
    case "wish":
      return [content.words, content.domain && say(`domain.${content.domain}`), day(content.written)];
    case "plan":
      return [content.first, say(`plan.coordinator.${content.coordinator}`), content.name, content.contact];
    case "issue":
      return [content.title, say(`domain.${content.domain}`), say(`plan.issue_state.${content.state}`)];
    case "step":
      return [
        content.what, nameOf(content.issue, store), content.who, day(content.by),
        [say(`plan.step_state.${content.state}`), day(content.doneOn)].filter(Boolean).join(", "), content.obstacle, content.progress,
      ];
    default:
      return [];
  }
}

function laneOf(lane: string, store: Store, texts: Texts): string {
  return isDomain(lane) ? texts.say(`domain.${lane}`) : nameOf(lane, store);
}

/** What something else on the map is called; empty where it is there no more. */
function nameOf(id: string | undefined, store: Store): string {
  const content = id ? store.get(id)?.content : undefined;
  if (content?.kind === "event" || content?.kind === "issue") return content.title;
  return content?.kind === "organisation" || content?.kind === "lane" ? content.name : "";
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
