/* How what is shared is said: the names of fields and the words of choices. */
import { isDomain } from "../lanes";
import { dayWritten } from "../plan/plan";
import type { Texts } from "../texts";
import type { SharedKind } from "./copies";

const CHOICES: Readonly<Record<string, string>> = { domain: "domain", effect: "effect", theme: "sharing.theme" };
const DAYS = ["by", "doneOn"];

/** What a field is called. */
export function fieldName(kind: SharedKind, name: string, texts: Texts): string {
  return texts.say(`sharing.field.${kind}.${name}`);
}

/** What stands in a field, as people read it. */
export function fieldSaid(kind: SharedKind, name: string, value: string, texts: Texts): string {
  if (DAYS.includes(name)) return dayWritten(value, texts.language);
  if (name === "state") return texts.say(`plan.${kind}_state.${value}`);
  if (name === "lane") return isDomain(value) ? texts.say(`domain.${value}`) : value;
  const choice = CHOICES[name];
  return choice ? texts.say(`${choice}.${value}`) : value;
}
