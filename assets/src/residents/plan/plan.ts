/* What a plan says: issues by domain, their steps in order, and whether there is something practical to do this week. */
import { DOMAINS, type Domain, type Issue, type Plan, type Step } from "../contents";
import type { Entry, Store } from "../store";

export const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

export interface IssueWithSteps {
  issue: Entry<Issue>;
  steps: Entry<Step>[];
}

export interface Progress {
  done: number;
  /** Without what is not needed any more. */
  all: number;
}

/** The plan itself: the first, should two devices have begun one. */
export function planOf(store: Store): Entry<Plan> | undefined {
  return store.of("plan")[0];
}

/** The issues of each domain that has any, in the order of the domains; what is settled comes last. */
export function byDomain(store: Store): [Domain, IssueWithSteps[]][] {
  const issues = store.of("issue");
  const steps = store.of("step");
  return DOMAINS.map((domain): [Domain, IssueWithSteps[]] => [
    domain,
    issues
      .filter(({ content }) => content.domain === domain)
      .sort((one, other) => settled(one) - settled(other))
      .map((issue) => ({ issue, steps: inOrder(steps.filter(({ content }) => content.issue === issue.id)) })),
  ]).filter(([, found]) => found.length > 0);
}

/** Steps by when they are due: what is open first, without a day last. */
export function inOrder(steps: readonly Entry<Step>[]): Entry<Step>[] {
  const rank = ({ content }: Entry<Step>) => (isOpen(content) ? 0 : 1);
  const due = ({ content }: Entry<Step>) => content.by ?? "9999";
  return [...steps].sort((one, other) => rank(one) - rank(other) || due(one).localeCompare(due(other)));
}

export function isOpen(step: Step): boolean {
  return step.state === "to_do" || step.state === "doing";
}

/** Whether an open step is due within a week, or was due already. */
export function isSoon(step: Step, today: string): boolean {
  return isOpen(step) && step.by !== undefined && step.by <= addDays(today, SOON_DAYS);
}

/** Whether there are issues, and none of them has a step for this week. */
export function lacksFirstStep(store: Store, today: string): boolean {
  const open = store.of("issue").filter(({ content }) => content.state === "open" || content.state === "working");
  return open.length > 0 && !store.of("step").some(({ content }) => isSoon(content, today));
}

export function progressOf(steps: readonly Entry<Step>[]): Progress {
  const needed = steps.filter(({ content }) => content.state !== "dropped");
  return { done: needed.filter(({ content }) => content.state === "done").length, all: needed.length };
}

/** A step that was done on a day; set back it has no such day. */
export function withState(step: Step, state: Step["state"], today: string): Step {
  const { doneOn, ...rest } = step;
  return state === "done" ? { ...rest, state, doneOn: doneOn ?? today } : { ...rest, state };
}

/** A day so many days after another, both as "2026-11-23". */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Today, as the clock of the device tells it. */
export function todayHere(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** A day as people write it. */
export function dayWritten(day: string, language: string): string {
  const written = new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", { dateStyle: "long", timeZone: "UTC" });
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : written.format(at);
}

function settled({ content }: Entry<Issue>): number {
  return content.state === "solved" || content.state === "left" ? 1 : 0;
}
