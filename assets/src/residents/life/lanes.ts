/* The lanes: their names and order, and lanes of one's own. */
import { DOMAINS, type Lane } from "../contents";
import { make } from "../dom";
import type { Store } from "../store";
import type { Texts } from "../texts";
import { ask } from "./dialog";
import { textField, wordsIn } from "./fields";
import { lanesOf, lifeOf, type LaneOfLife } from "./reading";
import { laneName } from "./saying";

const MOST_LANES = 14;
const LONGEST_NAME = 40;

/** Ask for names and order; only what changed is written. */
export async function askForLanes(store: Store, texts: Texts, home: HTMLElement, now: number): Promise<void> {
  const filled = new Set(lifeOf(store, now).lanes.filter(({ events, organisations }) => events.length + organisations.length).map(({ key }) => key));
  const list = make("ol", { class: "bare lanes" });
  const rows = lanesOf(store.of("lane")).map((lane) => rowOf(lane, filled.has(lane.key), list, texts));
  list.append(...rows);
  const added = rows.length < MOST_LANES ? textField("added", texts.say("life.lane_new"), { help: texts.say("life.lane_new_help"), maxlength: LONGEST_NAME }) : null;
  await ask(
    {
      title: texts.say("life.lanes"),
      fields: [list, added],
      keep: async (data) => {
        await keep(store, texts, data, [...list.children].map((row) => (row as HTMLElement).dataset.lane!));
        return true;
      },
    },
    texts,
    home,
  );
}

function rowOf(lane: LaneOfLife, isFilled: boolean, list: HTMLElement, texts: Texts): HTMLLIElement {
  const name = laneName(lane, texts);
  const field = textField(`name-${lane.key}`, texts.say("life.lane_name", { name }), { value: name, maxlength: LONGEST_NAME });
  const row = make("li", { "data-lane": lane.key }, field);
  const button = (key: string, act: () => void) => {
    const pressed = make("button", { type: "button", class: "as-link", "aria-label": `${texts.say(key)}: ${name}` }, texts.say(key));
    pressed.addEventListener("click", () => {
      act();
      if (pressed.isConnected) pressed.focus();
      else list.querySelector<HTMLElement>("input")?.focus();
    });
    return pressed;
  };
  const isOwn = !DOMAINS.some((domain) => domain === lane.key);
  row.append(
    make(
      "div",
      { class: "row-buttons" },
      button("life.lane_up", () => row.previousElementSibling?.before(row)),
      button("life.lane_down", () => row.nextElementSibling?.after(row)),
      // Only an empty lane goes: what is in it would have nowhere to stand.
      isOwn && !isFilled ? button("do.remove", () => row.remove()) : null,
    ),
  );
  return row;
}

async function keep(store: Store, texts: Texts, data: FormData, order: string[]): Promise<void> {
  const before = lanesOf(store.of("lane"));
  for (const [at, key] of order.entries()) {
    const lane = before.find((one) => one.key === key)!;
    const name = wordsIn(data, `name-${key}`) || laneName(lane, texts);
    const isSame = name === laneName(lane, texts) && before.indexOf(lane) === at;
    if (!isSame) await store.put(content(lane, name, at, texts), lane.id);
  }
  for (const lane of before) if (lane.id && !order.includes(lane.key)) await store.remove(lane.id);
  const added = wordsIn(data, "added");
  if (added) await store.put({ kind: "lane", name: added, order: (order.length + 1) * 10 });
}

/** A domain keeps its own name in both languages as long as nobody gave it another. */
function content(lane: LaneOfLife, name: string, at: number, texts: Texts): Lane {
  const isOwnName = name !== laneName({ ...lane, name: undefined }, texts);
  const { domain } = lane;
  return { kind: "lane", name: domain && !isOwnName ? "" : name, order: at * 10, ...(domain ? { domain } : {}) };
}
