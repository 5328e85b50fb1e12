/* A page with nothing but the editor of the life map, on an example or on as many invented events as are asked for. */
import type { Content, Effect } from "../../src/residents/contents";
import { DOMAINS } from "../../src/residents/contents";
import { exampleStore } from "../../src/residents/examples";
import { mount } from "../../src/residents/life/mount";
import { Memory } from "../../src/residents/memory";
import { Texts } from "../../src/residents/texts";

const EFFECTS: readonly Effect[] = ["helped", "hindered", "trapped", "nothing"];
const YEARS = 40;

/** So many events over forty years, and an organisation to every ten. */
function many(count: number): Memory {
  const things: Record<string, Content> = {};
  for (let at = 0; at < count; at += 1) {
    const day = new Date(Date.UTC(1986, 0, 1 + ((at * 7919) % (YEARS * 365)))).toISOString().slice(0, 10);
    const lane = DOMAINS[at % DOMAINS.length]!;
    const felt = at % 3 ? {} : { felt: "Ik wist niet waar ik moest beginnen." };
    things[`event-${at}`] = { kind: "event", title: `Gebeurtenis nummer ${at}`, lane, from: day, effect: EFFECTS[(at * 5) % 4]!, turning: at % 25 === 0, ...felt };
    if (at % 10 === 0) things[`organisation-${at}`] = { kind: "organisation", name: `Organisatie ${at}`, lane, from: day.slice(0, 7), until: `${Number(day.slice(0, 4)) + 2}` };
  }
  return new Memory(things);
}

const asked = new URLSearchParams(location.search);
const count = Number(asked.get("events") ?? 0);
const empty = asked.has("empty");
const store = empty ? new Memory() : count ? many(count) : exampleStore(asked.get("life") ?? "rosa");
mount(document.querySelector<HTMLElement>("#life")!, store, Texts.in(document));
document.body.dataset.state = "ready";
