/* The copy of one thing that goes to somebody else: its words, without any link to the rest of the map. */
import type { Content, Kind } from "../contents";
import { isDomain } from "../lanes";
import type { Entry, Store } from "../store";

export const SHARED_KINDS = ["step", "issue", "event", "wish", "value"] as const satisfies readonly Kind[];
export type SharedKind = (typeof SHARED_KINDS)[number];
export type Told = Record<string, string>;

/** Without these the copy says nothing; everything else can be left out. The day on which it was done goes with its state. */
export const NEEDED: Readonly<Record<SharedKind, readonly string[]>> = {
  step: ["what", "domain", "state", "doneOn"],
  issue: ["title"],
  event: ["title"],
  wish: ["words"],
  value: ["words"],
};

export function isShared(kind: Kind): kind is SharedKind {
  return (SHARED_KINDS as readonly Kind[]).includes(kind);
}

/** Everything that can be told of a thing, by the name of each field; a step names its issue in words. */
export function toldOf({ content }: Entry, store: Store): Told {
  return filled(fieldsOf(content, store));
}

/** What a thing says in a line. */
export function titleOf(content: Content): string {
  if (content.kind === "step") return content.what;
  if (content.kind === "issue" || content.kind === "event") return content.title;
  return content.kind === "wish" || content.kind === "value" ? content.words : "";
}

/** What of a thing is shared: the fields that are needed and those that were chosen. */
export function chosenOf(kind: SharedKind, told: Told, names: readonly string[]): Told {
  const kept = new Set([...NEEDED[kind], ...names]);
  return Object.fromEntries(Object.entries(told).filter(([name]) => kept.has(name)));
}

/** Whether a thing says something else now than the copy that was shared of it, in the fields of that copy. */
export function differs(told: Told, shared: Told): boolean {
  return Object.entries(shared).some(([name, value]) => told[name] !== value);
}

/** What a thing says now in the fields of a copy: never more than was shared. */
export function anewOf(kind: SharedKind, told: Told, shared: Told): Told {
  return chosenOf(kind, told, Object.keys(shared));
}

function fieldsOf(content: Content, store: Store): Record<string, string | undefined> {
  switch (content.kind) {
    case "step": {
      const issue = store.get(content.issue)?.content;
      const about = issue?.kind === "issue" ? issue : undefined;
      const { what, who, by, state, doneOn, obstacle, progress } = content;
      return { issue: about?.title, domain: about?.domain ?? "housing", what, who, by, state, doneOn, obstacle, progress };
    }
    case "issue":
      return { title: content.title, domain: content.domain, state: content.state };
    case "event": {
      const organisation = content.organisation ? store.get(content.organisation)?.content : undefined;
      const { title, from, until, effect, felt, mattered } = content;
      return {
        title, lane: laneOf(content.lane, store), from, until, effect, felt, mattered,
        organisation: organisation?.kind === "organisation" ? organisation.name : undefined,
      };
    }
    case "wish":
      return { words: content.words, domain: content.domain };
    case "value":
      return { words: content.words, theme: content.theme };
    default:
      return {};
  }
}

/** The domain of a lane, or the name that the resident gave it. */
function laneOf(lane: string, store: Store): string | undefined {
  if (isDomain(lane)) return lane;
  const own = store.get(lane)?.content;
  return own?.kind === "lane" ? own.name : undefined;
}

function filled(fields: Record<string, string | undefined>): Told {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]?.trim())));
}
