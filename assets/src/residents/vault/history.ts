/* What was changed in this visit, to be taken back and made again. */
import type { Content } from "../contents";

export interface Change {
  id: string;
  before: Content | null;
  after: Content | null;
}

export class History {
  #done: Change[] = [];
  #undone: Change[] = [];

  remember(change: Change): void {
    this.#done.push(change);
    this.#undone = [];
  }

  undo(): Change | undefined {
    return moved(this.#done, this.#undone);
  }

  redo(): Change | undefined {
    return moved(this.#undone, this.#done);
  }
}

function moved(from: Change[], to: Change[]): Change | undefined {
  const change = from.pop();
  if (change) to.push(change);
  return change;
}
