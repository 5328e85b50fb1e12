/* What it took to be helped, told to the resident first: nobody else sees these figures. */
import { make } from "../dom";
import type { Store } from "../store";
import type { Texts } from "../texts";
import { circles, helpers } from "./helpers";
import { today } from "./moments";

export function mount(section: HTMLElement, store: Store, texts: Texts): () => void {
  const list = make("dl", { class: "figures" });
  const none = make("p", { class: "note" }, texts.say("figures.empty"));
  section.append(
    make(
      "section",
      { class: "theme" },
      make("h2", {}, texts.say("figures.heading")),
      make("p", {}, texts.say("figures.lead")),
      list,
      none,
      make("details", {}, make("summary", {}, texts.say("figures.how")), make("p", {}, texts.say("figures.how_told"))),
    ),
  );
  const draw = (): void => {
    const rows = told(store, texts);
    list.replaceChildren(...rows.flatMap(([word, figure]) => [make("dt", {}, word), make("dd", {}, figure)]));
    list.hidden = !rows.length;
    none.hidden = rows.length > 0;
  };
  draw();
  return store.onChange(draw);
}

/** Each figure with what it is; nothing where no organisation is on the map. */
export function told(store: Store, texts: Texts): [word: string, figure: string][] {
  const organisations = store.of("organisation").map(({ content }) => content);
  if (!organisations.length) return [];
  const found = helpers(organisations, today());
  const round = circles(store.of("influence").map(({ content }) => content)).length;
  const trapped = store.of("event").filter(({ content }) => content.effect === "trapped").length;
  return [
    [texts.say("figures.organisations"), texts.say("figures.organisations_told", { n: found.organisations, now: found.now, most: found.atOnce })],
    [texts.say("figures.hand_overs"), texts.count("figures.times", found.handOvers)],
    [texts.say("figures.returns"), texts.count("figures.times", found.returns)],
    [texts.say("figures.waiting"), waited(found.waiting, texts)],
    [texts.say("figures.circles"), texts.say("figures.circles_told", { circles: round, trapped })],
  ];
}

function waited({ days, longest, told, untold }: { days: number; longest: number; told: number; untold: number }, texts: Texts): string {
  if (!told) return texts.say("figures.waiting_untold");
  const known = texts.say("figures.waiting_told", { days, longest });
  return untold ? `${known} ${texts.count("figures.waiting_partly", untold)}` : known;
}
