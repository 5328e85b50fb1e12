/* The fields of the forms: built from words, named by labels, and with their own errors. */
import type { Moment } from "../contents";
import { make } from "../dom";
import type { Texts } from "../texts";
import { formatted, momentOf, partsOf } from "./moments";

export const LONGEST = { title: 120, name: 120, felt: 300, mattered: 2000, contact: 200 } as const;

let made = 0;
const newId = (): string => `life-${(made += 1)}`;

interface Options {
  help?: string;
  value?: string;
  maxlength?: number;
  required?: boolean;
  rows?: number;
}

/** A field of one line or several, with its label above it. */
export function textField(name: string, label: string, { help, value = "", maxlength, required, rows }: Options): HTMLElement {
  const id = newId();
  const described = help ? `${id}-help` : undefined;
  const shared = { id, name, maxlength, "aria-describedby": described, required, autocomplete: "off" };
  const input = rows ? make("textarea", { ...shared, rows }) : make("input", { ...shared, type: "text" });
  input.value = value;
  return make("div", { class: "field" }, make("label", { for: id }, label), help ? make("p", { class: "help", id: described }, help) : null, input);
}

export function choiceField(name: string, label: string, options: readonly (readonly [string, string])[], value: string): HTMLElement {
  const id = newId();
  const select = make("select", { id, name }, ...options.map(([key, words]) => make("option", { value: key }, words)));
  select.value = value;
  return make("div", { class: "field" }, make("label", { for: id }, label), select);
}

/** A box to tick; what is `shown` stands below it as long as it is ticked. */
export function tickField(name: string, label: string, isTicked: boolean, shown?: HTMLElement, whenTicked = true): HTMLElement {
  const id = newId();
  const box = make("input", { id, name, type: "checkbox" });
  box.checked = isTicked;
  const field = make("div", { class: "tick" }, box, make("label", { for: id }, label));
  if (!shown) return make("div", { class: "field" }, field);
  const show = () => (shown.hidden = box.checked !== whenTicked);
  box.addEventListener("change", show);
  show();
  return make("div", { class: "field" }, field, shown);
}

/** A year, and as far as is known a month and a day. */
export function momentField(name: string, legend: string, value: Moment | undefined, texts: Texts): HTMLFieldSetElement {
  const { year, month, day } = partsOf(value ?? "");
  const months = Array.from({ length: 12 }, (_none, at) => [`${at + 1}`.padStart(2, "0"), monthName(at, texts.language)] as const);
  const part = (key: string, words: string, size: number, given: string) => {
    const id = newId();
    const input = make("input", { id, name: `${name}-${key}`, type: "text", inputmode: "numeric", maxlength: size, size, autocomplete: "off" });
    input.value = given.replace(/^0/, "");
    return make("div", { class: `part ${key}` }, make("label", { for: id }, words), input);
  };
  const chosen = choiceField(`${name}-month`, texts.say("life.month"), [["", texts.say("life.not_known")], ...months], month);
  chosen.className = "part month";
  const parts = [part("year", texts.say("life.year"), 4, year), chosen, part("day", texts.say("life.day"), 2, day)];
  return make("fieldset", { class: "field moment", "data-moment": name }, make("legend", {}, legend), make("p", { class: "help" }, texts.say("life.when_help")), make("div", { class: "parts" }, ...parts));
}

function monthName(at: number, language: string): string {
  return formatted(new Date(Date.UTC(2000, at)), language, { month: "long", timeZone: "UTC" });
}

/** What was typed of a moment; undefined where there is no such day. */
export function momentIn(data: FormData, name: string): Moment | undefined {
  const [year, month, day] = ["year", "month", "day"].map((part) => `${data.get(`${name}-${part}`) ?? ""}`.trim());
  return momentOf({ year: year!, month: month!, day: day! });
}

export function wordsIn(data: FormData, name: string): string {
  return `${data.get(name) ?? ""}`.trim();
}

/** Say below the label of a field what is wrong with it, and bring the reader there. */
export function complain(form: HTMLFormElement, name: string, words: string): void {
  const field = form.querySelector(`[data-moment="${name}"]`) ?? form.querySelector(`[name="${name}"]`)?.closest(".field,fieldset");
  if (!field) return;
  const input = field.querySelector<HTMLElement>("input,textarea,select");
  const id = `${input?.id || name}-wrong`;
  field.classList.add("wrong");
  field.querySelector("label,legend")?.after(make("p", { class: "wrong-words", id }, words));
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  input?.focus();
}

/** Forget what was wrong before. */
export function calm(form: HTMLFormElement): void {
  for (const words of form.querySelectorAll(".wrong-words")) words.remove();
  for (const field of form.querySelectorAll(".wrong")) field.classList.remove("wrong");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
