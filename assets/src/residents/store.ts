/* Where the parts of a life map are kept, whoever keeps them: the vault, or the memory of an example. */
import type { Content, Kind, OfKind } from "./contents";

export interface Entry<C extends Content = Content> {
  id: string;
  version: number;
  /** When it was written last, as an ISO moment. */
  at: string;
  content: C;
}

/** Whether all is on the server, something waits for a connection, or nothing can be kept. */
export type Kept = "saved" | "waiting" | "failed";

export interface Store {
  /** The newest version of everything of one kind, in the order in which it was made. */
  of<K extends Kind>(kind: K): Entry<OfKind<K>>[];
  get(id: string): Entry | undefined;
  /** Keep something new, or another version of what has this id. */
  put(content: Content, id?: string): Promise<Entry>;
  remove(id: string): Promise<void>;
  /** Earlier versions, newest first. */
  versions(id: string): Promise<Entry[]>;
  /** Take the last change of this visit back, or make it again; false when there is none. */
  undo(): Promise<boolean>;
  redo(): Promise<boolean>;
  kept(): Kept;
  /** Call with every change; what comes back ends it. */
  onChange(heard: () => void): () => void;
}
