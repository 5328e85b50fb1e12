/* A store in the memory of the page, for examples and tests: nothing of it is kept. */
import type { Content, Kind, OfKind } from "./contents";
import type { Entry, Kept, Store } from "./store";

type Change = { id: string; before: Content | undefined; after: Content | undefined };

export class Memory implements Store {
  readonly #entries = new Map<string, Entry[]>();
  readonly #heard = new Set<() => void>();
  #done: Change[] = [];
  #undone: Change[] = [];

  /** What is `given` was there before: it cannot be undone. */
  constructor(given: Readonly<Record<string, Content>> = {}) {
    for (const [id, content] of Object.entries(given)) this.#write(id, content);
  }

  of<K extends Kind>(kind: K): Entry<OfKind<K>>[] {
    const newest = [...this.#entries.values()].flatMap((versions) => versions.slice(-1));
    return newest.filter((entry): entry is Entry<OfKind<K>> => entry.content.kind === kind);
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id)?.at(-1);
  }

  async put(content: Content, id: string = crypto.randomUUID()): Promise<Entry> {
    this.#remember({ id, before: this.get(id)?.content, after: content });
    return this.#write(id, content);
  }

  async remove(id: string): Promise<void> {
    this.#remember({ id, before: this.get(id)?.content, after: undefined });
    this.#drop(id);
  }

  async versions(id: string): Promise<Entry[]> {
    return (this.#entries.get(id) ?? []).slice(0, -1).reverse();
  }

  async undo(): Promise<boolean> {
    const change = this.#done.pop();
    if (!change) return false;
    this.#undone.push(change);
    this.#set(change.id, change.before);
    return true;
  }

  async redo(): Promise<boolean> {
    const change = this.#undone.pop();
    if (!change) return false;
    this.#done.push(change);
    this.#set(change.id, change.after);
    return true;
  }

  kept(): Kept {
    return "saved";
  }

  onChange(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  #remember(change: Change): void {
    this.#done.push(change);
    this.#undone = [];
  }

  #set(id: string, content: Content | undefined): void {
    if (content) this.#write(id, content);
    else this.#drop(id);
  }

  #write(id: string, content: Content): Entry {
    const versions = this.#entries.get(id) ?? [];
    const entry = { id, version: (versions.at(-1)?.version ?? 0) + 1, at: new Date().toISOString(), content };
    this.#entries.set(id, [...versions, entry]);
    this.#tell();
    return entry;
  }

  #drop(id: string): void {
    this.#entries.delete(id);
    this.#tell();
  }

  #tell(): void {
    for (const heard of this.#heard) heard();
  }
}
