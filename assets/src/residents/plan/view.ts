/* The plan on screen: what comes first, issues by domain, and their steps. */
import { DOMAINS, type Content, type Domain, type Issue, type Plan, type Step } from "../contents";
import { make, on } from "../dom";
import { button, choice, field, line, lines, radios, typed, type Option } from "../fields";
import { openSharing } from "../sharing/dialog";
import { sharedMarks } from "../sharing/marks";
import type { Shares } from "../sharing/shares";
import type { Entry, Store } from "../store";
import type { Texts } from "../texts";
import { addDays, byDomain, dayWritten, isOpen, isSoon, lacksFirstStep, planOf, progressOf, SOON_DAYS, todayHere, withState, type IssueWithSteps } from "./plan";

const COORDINATORS = ["resident", "association", "municipality", "partner"] as const;
const ISSUE_STATES = ["open", "working", "solved", "left"] as const;
const STEP_STATES = ["to_do", "doing", "done", "dropped"] as const;

/** What is being filled in: the plan, an issue, or a step; `id` of what is changed, `of` the issue of a new step. */
type Filling = { what: "plan" | "issue" | "step"; id?: string; of?: string };

export class PlanView {
  readonly #body = make("div", { class: "plan" });
  readonly #said = make("p", { role: "status", class: "told" });
  #filling: Filling | undefined;

  constructor(
    private readonly section: HTMLElement,
    private readonly store: Store,
    private readonly shares: Shares | undefined,
    private readonly texts: Texts,
  ) {
    section.append(make("h1", {}, texts.say("plan.heading")), this.#said, this.#body);
  }

  /** Draw it anew, unless somebody is filling something in. */
  draw(): void {
    if (this.#filling && this.#body.querySelector("form")) return;
    this.#redraw();
  }

  #redraw(): void {
    const found = byDomain(this.store);
    const { texts } = this;
    const soon = lacksFirstStep(this.store, todayHere());
    this.#body.replaceChildren(
      this.#first(),
      ...(soon ? [make("p", { class: "message warning", "data-soon": true }, texts.say("plan.first_step", { n: SOON_DAYS }))] : []),
      ...(found.length ? [] : [make("p", { class: "empty" }, texts.say("plan.empty"))]),
      ...found.map(([domain, issues]) => this.#domain(domain, issues)),
      this.#is("issue") && !this.#filling!.id ? this.#issueForm() : this.#adding("plan.add_issue", { what: "issue" }),
    );
  }

  #first(): HTMLElement {
    const { texts } = this;
    const plan = planOf(this.store);
    if (this.#is("plan")) return this.#planForm(plan);
    if (!plan) return make("section", { class: "theme first" }, make("p", { class: "lead" }, texts.say("plan.what_first")), this.#adding("plan.write_first", { what: "plan" }));
    const { first, coordinator, name, contact } = plan.content;
    const by = [texts.say(`plan.coordinator.${coordinator}`), name, contact].filter(Boolean).join(" · ");
    return make(
      "section",
      { class: "theme first" },
      make("h2", {}, texts.say("plan.first")),
      make("p", { class: "lead" }, make("em", {}, first)),
      make("p", { class: "sub" }, `${texts.say("plan.who_coordinates")} ${by}`),
      this.#button("do.change", () => this.#fill({ what: "plan", id: plan.id }), texts.say("plan.first")),
    );
  }

  #domain(domain: Domain, issues: IssueWithSteps[]): HTMLElement {
    return make("section", { class: "theme", "data-domain": domain }, make("h2", {}, capital(this.texts.say(`domain.${domain}`))), ...issues.map((one) => this.#issue(one)));
  }

  #issue({ issue, steps }: IssueWithSteps): HTMLElement {
    const { texts } = this;
    if (this.#is("issue", issue.id)) return this.#issueForm(issue);
    const { title, state } = issue.content;
    const { done, all } = progressOf(steps);
    const progress = all ? [make("progress", { value: done, max: all, "aria-label": texts.say("plan.steps_done", { done, all }) }), make("span", { class: "sub" }, texts.say("plan.steps_done", { done, all }))] : [];
    return make(
      "article",
      { class: "issue", "data-id": issue.id },
      make("h3", {}, title),
      make("p", { class: "sub" }, texts.say(`plan.issue_state.${state}`)),
      make("div", { class: "progress-line" }, ...progress),
      this.#marks(issue),
      make("div", { class: "buttons about" }, this.#button("do.change", () => this.#fill({ what: "issue", id: issue.id }), title), this.#sharing(issue, title), this.#button("do.remove", () => void this.#removeIssue(issue, steps), title)),
      make("ul", { class: "entries" }, ...steps.map((step) => this.#step(step))),
      this.#is("step") && this.#filling!.of === issue.id ? this.#stepForm(issue.id) : this.#adding("plan.add_step", { what: "step", of: issue.id }, title),
    );
  }

  #step(step: Entry<Step>): HTMLElement {
    const { texts } = this;
    if (this.#is("step", step.id)) return make("li", { class: "entry" }, this.#stepForm(step.content.issue, step));
    const { what, who, by, state, doneOn, obstacle, progress } = step.content;
    const when = doneOn ? texts.say("plan.done_on", { day: this.#day(doneOn) }) : by ? texts.say("plan.by", { day: this.#day(by) }) : "";
    const late = isOpen(step.content) && by !== undefined && by < todayHere();
    return make(
      "li",
      { class: `entry step ${state}`, "data-id": step.id },
      make("p", {}, make("strong", {}, what)),
      make("p", { class: "sub" }, [who, when, texts.say(`plan.step_state.${state}`)].filter(Boolean).join(" · ")),
      late ? make("p", { class: "note" }, texts.say("plan.late")) : isSoon(step.content, todayHere()) ? make("p", { class: "note" }, texts.say("plan.this_week")) : null,
      progress ? make("p", {}, make("em", {}, progress)) : null,
      obstacle ? make("p", { class: "obstacle" }, make("strong", {}, `${texts.say("plan.in_the_way")} `), obstacle) : null,
      this.#marks(step),
      make(
        "div",
        { class: "buttons" },
        isOpen(step.content) ? this.#button("plan.is_done", () => void this.#put(withState(step.content, "done", todayHere()), step.id), what) : null,
        this.#button("do.change", () => this.#fill({ what: "step", id: step.id }), what),
        this.#sharing(step, what),
        this.#button("do.remove", () => void this.#remove(step.id), what),
      ),
    );
  }

  #marks(entry: Entry): HTMLElement | null {
    return this.shares ? sharedMarks(entry, this.store, this.shares, this.texts) : null;
  }

  #sharing(entry: Entry, name: string): HTMLElement | null {
    const { shares } = this;
    return shares ? this.#button("sharing.share", () => void openSharing(this.section, entry, this.store, shares, this.texts), name) : null;
  }

  #planForm(plan?: Entry<Plan>): HTMLElement {
    const { texts } = this;
    const before = plan?.content;
    const who = COORDINATORS.map((one): Option => [one, texts.say(`plan.coordinator.${one}`)]);
    return this.#form(
      [
        field(texts.say("plan.first"), lines("first", before?.first, 1000, true), texts.say("plan.first_help")),
        radios(texts.say("plan.who_coordinates"), "coordinator", who, before?.coordinator ?? "resident"),
        field(texts.say("plan.name"), line("name", before?.name, 120), texts.say("plan.not_needed")),
        field(texts.say("plan.contact"), line("contact", before?.contact, 120), texts.say("plan.not_needed")),
      ],
      (form) => {
        const coordinator = COORDINATORS.find((one) => one === typed(form, "coordinator"));
        const first = typed(form, "first");
        return first && coordinator ? { kind: "plan", first, coordinator, ...given(form, "name"), ...given(form, "contact") } : undefined;
      },
      plan?.id,
    );
  }

  #issueForm(issue?: Entry<Issue>): HTMLElement {
    const { texts } = this;
    const before = issue?.content;
    const domains = DOMAINS.map((one): Option => [one, capital(texts.say(`domain.${one}`))]);
    const states = ISSUE_STATES.map((one): Option => [one, texts.say(`plan.issue_state.${one}`)]);
    return this.#form(
      [
        field(texts.say("plan.issue"), line("title", before?.title, 200, true), texts.say("plan.issue_help")),
        field(texts.say("plan.domain"), choice("domain", domains, before?.domain ?? DOMAINS[0], true)),
        field(texts.say("plan.state"), choice("state", states, before?.state ?? "open", true)),
      ],
      (form) => {
        const [title, domain, state] = [typed(form, "title"), DOMAINS.find((one) => one === typed(form, "domain")), ISSUE_STATES.find((one) => one === typed(form, "state"))];
        return title && domain && state ? { kind: "issue", title, domain, state } : undefined;
      },
      issue?.id,
    );
  }

  #stepForm(issue: string, step?: Entry<Step>): HTMLElement {
    const { texts } = this;
    const before = step?.content;
    const states = STEP_STATES.map((one): Option => [one, texts.say(`plan.step_state.${one}`)]);
    const by = make("input", { name: "by", type: "date", value: before ? before.by : addDays(todayHere(), SOON_DAYS) });
    return this.#form(
      [
        field(texts.say("plan.step"), line("what", before?.what, 300, true), texts.say("plan.step_help")),
        field(texts.say("plan.who"), line("who", before?.who, 120, true), texts.say("plan.who_help")),
        field(texts.say("plan.by_when"), by, texts.say("plan.by_when_help")),
        field(texts.say("plan.state"), choice("state", states, before?.state ?? "to_do", true)),
        field(texts.say("plan.obstacle"), lines("obstacle", before?.obstacle, 1000), texts.say("plan.obstacle_help")),
        field(texts.say("plan.progress"), lines("progress", before?.progress, 1000), texts.say("plan.progress_help")),
      ],
      (form) => {
        const state = STEP_STATES.find((one) => one === typed(form, "state"));
        const [what, who] = [typed(form, "what"), typed(form, "who")];
        if (!what || !who || !state) return undefined;
        const made: Step = { kind: "step", issue, what, who, state: "to_do", ...given(form, "by"), ...given(form, "obstacle"), ...given(form, "progress"), ...(before?.doneOn && { doneOn: before.doneOn }) };
        return withState(made, state, todayHere());
      },
      step?.id,
    );
  }

  /** A form that keeps what it reads; where something needed is missing it says so and keeps what was typed. */
  #form(fields: HTMLElement[], read: (form: FormData) => Content | undefined, id?: string): HTMLElement {
    const { texts } = this;
    const missing = make("p", { class: "message warning", role: "alert", hidden: true }, texts.say("plan.missing"));
    const form = make("form", { class: "form", novalidate: true }, ...fields, missing, make("div", { class: "buttons" }, make("button", { class: "button", type: "submit" }, texts.say("do.save")), button(texts.say("do.cancel"), () => this.#done(id), { kind: "plain" })));
    return on(form, {
      submit: (event) => {
        event.preventDefault();
        const content = read(new FormData(form));
        missing.hidden = content !== undefined;
        if (content) void this.#put(content, id).then((kept) => this.#done(kept));
        else form.querySelector<HTMLElement>(":invalid")?.focus();
      },
    });
  }

  async #put(content: Content, id?: string): Promise<string> {
    this.#said.replaceChildren();
    return (await this.store.put(content, id)).id;
  }

  async #remove(...ids: string[]): Promise<void> {
    for (const id of ids) await this.store.remove(id);
    const back = button(this.texts.say("do.undo"), () => void this.#undo(ids.length), { kind: "plain" });
    this.#said.replaceChildren(this.texts.say("plan.removed"), " ", back);
    back.focus();
  }

  #removeIssue(issue: Entry<Issue>, steps: Entry<Step>[]): Promise<void> {
    return this.#remove(...steps.map(({ id }) => id), issue.id);
  }

  async #undo(count: number): Promise<void> {
    for (let at = 0; at < count; at += 1) await this.store.undo();
    this.#said.replaceChildren();
  }

  #fill(filling: Filling): void {
    this.#filling = filling;
    this.#redraw();
    this.#body.querySelector<HTMLElement>("form input, form textarea, form select")?.focus();
  }

  #done(id?: string): void {
    this.#filling = undefined;
    this.#redraw();
    const at = id ? this.#body.querySelector<HTMLElement>(`[data-id="${id}"] button`) : null;
    (at ?? this.#body.querySelector<HTMLElement>("button"))?.focus();
  }

  #is(what: Filling["what"], id?: string): boolean {
    return this.#filling?.what === what && (id === undefined || this.#filling.id === id);
  }

  #adding(key: string, filling: Filling, name = ""): HTMLElement {
    return make("p", { class: "buttons" }, this.#button(key, () => this.#fill(filling), name, filling.what === "step" ? "plain" : ""));
  }

  #button(key: string, heard: () => void, name: string, kind = "plain"): HTMLButtonElement {
    const words = this.texts.say(key);
    return button(words, heard, { kind, name: name && `${words}: ${name}` });
  }

  #day(day: string): string {
    return dayWritten(day, this.texts.language);
  }
}

function given<Name extends string>(form: FormData, name: Name): Partial<Record<Name, string>> {
  const value = typed(form, name);
  return value ? ({ [name]: value } as Record<Name, string>) : {};
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
