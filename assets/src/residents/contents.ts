/* What a resident's vault can hold. All of it is encrypted before it leaves the browser: see docs/reference/vault.md. */

export const FORM = 1;

/** The six systems of the life maps of De Vernieuwde Stad (2017); a resident may add lanes. */
export const DOMAINS = ["housing", "care", "education", "work", "benefits", "pension"] as const;
export type Domain = (typeof DOMAINS)[number];

/** A day, a month or a year, as far as somebody knows: "2019-04-30", "2019-04" or "2019". */
export type Moment = string;

export type Effect = "helped" | "hindered" | "trapped" | "nothing";

/** A lane beyond the six, or another name or place for one of them: then `domain` says which. */
export interface Lane {
  kind: "lane";
  name: string;
  order: number;
  domain?: Domain;
}

/** An organisation or a contact: a span in a lane. `lane` is a domain, or the id of a lane of one's own. */
export interface Organisation {
  kind: "organisation";
  name: string;
  lane: string;
  from: Moment;
  until?: Moment;
  contact?: string;
  waitedDays?: number;
}

/** Something that happened. `organisation` is the id of who had to do with it. */
export interface Happening {
  kind: "event";
  title: string;
  lane: string;
  from: Moment;
  until?: Moment;
  organisation?: string;
  effect: Effect;
  turning: boolean;
  felt?: string;
  mattered?: string;
}

/** What one event did to another, as the resident draws it; `from` and `to` are ids of events. */
export interface Influence {
  kind: "influence";
  from: string;
  to: string;
  how: Exclude<Effect, "nothing">;
  words?: string;
}

/** What a partner offers, as it was when it was chosen: an offer can end, and a map is read without a connection. */
export interface Offered {
  key: string;
  name: string;
  /** The name and the sort of the organisation. */
  by: string;
  sort: string;
}

/** Something that somebody could do together with others, from what hindered. */
export interface Chance {
  kind: "chance";
  event: string;
  words: string;
  offers: Offered[];
  tried?: string;
}

export const THEMES = ["oneself", "safety", "known", "meaning", "control", "beauty"] as const;

export interface Value {
  kind: "value";
  words: string;
  theme?: (typeof THEMES)[number];
}

export interface Strength {
  kind: "strength";
  words: string;
}

export interface Near {
  kind: "person";
  name: string;
  words?: string;
}

/** A wish for a year from when it was written. */
export interface Wish {
  kind: "wish";
  words: string;
  domain?: Domain;
  written: string;
}

/** Whose plan it is: the resident's. This says what comes first and who coordinates. */
export interface Plan {
  kind: "plan";
  first: string;
  coordinator: "resident" | "association" | "municipality" | "partner";
  name?: string;
  contact?: string;
}

export interface Issue {
  kind: "issue";
  title: string;
  domain: Domain;
  state: "open" | "working" | "solved" | "left";
}

/** One step: who does what by when. `obstacle` names the rule that is in the way. */
export interface Step {
  kind: "step";
  issue: string;
  what: string;
  who: string;
  by?: string;
  state: "to_do" | "doing" | "done" | "dropped";
  doneOn?: string;
  obstacle?: string;
  progress?: string;
}

/** With what a donation can be taken back; the donation itself names no vault. */
export interface Donated {
  kind: "donated";
  token: string;
  on: string;
}

export type Content =
  | Lane
  | Organisation
  | Happening
  | Influence
  | Chance
  | Value
  | Strength
  | Near
  | Wish
  | Plan
  | Issue
  | Step
  | Donated;
export type Kind = Content["kind"];
export type OfKind<K extends Kind> = Extract<Content, { kind: K }>;
