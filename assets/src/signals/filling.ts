/* Put what was told back into the form. */
import { fileOf, type Told } from "./told";

/** Fill a form in again; an address that was chosen from a list that is not there any more goes along unseen. */
export function fill(form: HTMLFormElement, { fields, pictures }: Told): void {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) values.set(name, (values.get(name) ?? new Set()).add(value));
  const known = new Set<string>();
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) continue;
    const told = values.get(field.name);
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      field.checked = told?.has(field.value) ?? false;
      if (field.checked) known.add(field.name);
    } else if (told && field.type !== "file") {
      field.value = [...told][0]!;
      known.add(field.name);
    }
  }
  for (const [name, told] of values) if (!known.has(name)) form.append(...[...told].map((value) => hidden(name, value)));
  if (pictures.length) put(form, pictures.map(fileOf));
}

/** Open every part that is folded away and holds something. */
export function unfold(form: HTMLFormElement): void {
  for (const part of form.querySelectorAll("details")) {
    const written = [...part.querySelectorAll<HTMLInputElement>("input[type=text]")].some(({ value }) => value);
    part.open ||= written || part.querySelector("input:checked") !== null;
  }
}

function hidden(name: string, value: string): HTMLInputElement {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function put(form: HTMLFormElement, files: File[]): void {
  const control = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!control) return;
  const carried = new DataTransfer();
  for (const file of files) carried.items.add(file);
  control.files = carried.files;
}
