/* Fields of small forms: a label above, help below it, big enough for a thumb. */
import { make } from "./dom";

export type Option = readonly [value: string, words: string];
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

let made = 0;

/** A control with its label, and a line of help. */
export function field(label: string, control: Control, help = ""): HTMLElement {
  const id = `f${(made += 1)}`;
  control.id = id;
  const told = help ? make("span", { class: "help", id: `${id}-help` }, help) : null;
  if (told) control.setAttribute("aria-describedby", told.id);
  return make("div", { class: "field" }, make("label", { for: id }, label), told, control);
}

/** One line of words; `most` letters. */
export function line(name: string, value = "", most = 120, required = false): HTMLInputElement {
  const input = make("input", { name, type: "text", maxlength: most, required, autocomplete: "off" });
  input.value = value;
  return input;
}

/** Some lines of words. */
export function lines(name: string, value = "", most = 1000, required = false): HTMLTextAreaElement {
  const area = make("textarea", { name, rows: 3, maxlength: most, required });
  area.value = value;
  return area;
}

/** A choice out of a list. */
export function choice(name: string, options: readonly Option[], value = "", required = false): HTMLSelectElement {
  const select = make("select", { name, required });
  offer(select, options, value);
  return select;
}

/** Put other options into a choice; what was chosen stays where it is still there. */
export function offer(select: HTMLSelectElement, options: readonly Option[], value = select.value): void {
  select.replaceChildren(...options.map(([own, words]) => make("option", { value: own, selected: own === value }, words)));
}

/** A choice out of a few, all in sight. */
export function radios(legend: string, name: string, options: readonly Option[], value = ""): HTMLFieldSetElement {
  return ticks("radio", legend, name, options, [value]);
}

/** Any of a few. */
export function boxes(legend: string, name: string, options: readonly Option[], values: readonly string[] = []): HTMLFieldSetElement {
  return ticks("checkbox", legend, name, options, values);
}

/** What was typed in a field of a form, without spaces around it. */
export function typed(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

/** A button that does something; `name` says what it is done to, where its words alone do not. */
export function button(words: string, heard: () => void, { kind = "", name = "" } = {}): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button ${kind}`.trim(), "aria-label": name || undefined }, words);
  made.addEventListener("click", heard);
  return made;
}

/** The buttons below a form: keep it, or leave it. */
export function buttons(keep: string, leave: string, left: () => void): HTMLElement {
  return make("div", { class: "buttons" }, make("button", { type: "submit", class: "button" }, keep), button(leave, left, { kind: "plain" }));
}

function ticks(type: "radio" | "checkbox", legend: string, name: string, options: readonly Option[], values: readonly string[]): HTMLFieldSetElement {
  const rows = options.map(([own, words]) => {
    const input = make("input", { type, name, value: own, required: type === "radio" });
    input.checked = values.includes(own);
    return make("label", { class: "tick" }, input, make("span", {}, words));
  });
  return make("fieldset", {}, make("legend", {}, legend), ...rows);
}
