/* What is shared of an open map, as the workbench has it. */
import { ask } from "../asking";
import { Memory } from "../memory";
import type { Store } from "../store";
import type { SharedKind, Told } from "./copies";

export const PURPOSES = ["know", "help", "coordinate", "breakthrough"] as const;
export type Purpose = (typeof PURPOSES)[number];
export type ReceiverKind = "person" | "organisation";

export interface Receiver {
  kind: ReceiverKind;
  key: string;
  name: string;
  what: string;
}

export interface Receivers {
  people: Receiver[];
  organisations: Receiver[];
  deciders: Receiver[];
}

export interface Shared {
  key: string;
  item: string;
  kind: SharedKind;
  receiver_kind: ReceiverKind;
  receiver: string;
  name: string;
  purpose: Purpose;
  until: string;
  from: string;
  content: Told;
}

/** Why a rule should give way. */
export interface Plea {
  rule: string;
  law?: string;
  involvement?: string;
  gain?: string;
}

export interface NewShare {
  item: string;
  kind: SharedKind;
  content: Told;
  from: string;
  receiver_kind: ReceiverKind;
  receiver: string;
  purpose: Purpose;
  until: string;
  plea?: Plea;
}

const SHARES = "/mijn/delen/";
const RECEIVERS = "/mijn/ontvangers/";
type Ask = typeof ask;

export class Shares {
  readonly #heard = new Set<() => void>();
  #all: Shared[] = [];
  #from = "";

  constructor(private readonly asked: Ask = ask) {}

  /** What is shared of a thing. */
  of(item: string): Shared[] {
    return this.#all.filter((one) => one.item === item);
  }

  /** How the resident signed last, in this visit or before. */
  get from(): string {
    return this.#from || (this.#all.at(-1)?.from ?? "");
  }

  async load(): Promise<void> {
    const { json } = await this.asked<{ shares: Shared[] }>(SHARES);
    this.#all = json.shares;
    for (const heard of this.#heard) heard();
  }

  async receivers(name = ""): Promise<Receivers> {
    // A name stands in no address.
    return (await this.asked<Receivers>(RECEIVERS, name ? { method: "POST", json: { name } } : {})).json;
  }

  async share(one: NewShare): Promise<void> {
    this.#from = one.from;
    await this.asked(SHARES, { method: "POST", json: one });
    await this.load();
  }

  /** Put what a thing says now in place of a copy, in the same fields, for the same receiver, purpose and end. */
  async sendAnew(shared: Shared, told: Told): Promise<void> {
    const json = { kind: shared.kind, content: told, from: shared.from };
    await this.asked(`${SHARES}${shared.key}/opnieuw/`, { method: "POST", json });
    await this.load();
  }

  /** Call with every change; what comes back ends it. */
  onChange(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }
}

const known = new WeakMap<Store, Shares>();

/** The shares of an open map, the same for every view; none where the map is an example. */
export function sharesOf(store: Store): Shares | undefined {
  if (store instanceof Memory) return undefined;
  const before = known.get(store);
  if (before) return before;
  const made = new Shares();
  known.set(store, made);
  return made;
}
