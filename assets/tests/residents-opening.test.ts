import { afterEach, describe, expect, it, vi } from "vitest";
import { ask, NoConnection, Refused, speakFor } from "../src/residents/asking";
import { Closing } from "../src/residents/opening/closing";
import { ELSEWHERE, OWN, type Limits } from "../src/residents/opening/session";
import { told, wrong } from "../src/residents/opening/typing";
import { isRight, newCard } from "../src/residents/opening/cards";
import { named } from "../src/residents/opening/views";
import { Texts } from "../src/residents/texts";
import { readTyped } from "../src/residents/vault/codes";

const MINUTE = 60_000;

describe("an open vault", () => {
  function watched(limits: Limits) {
    let at = 0;
    const heard = { close: vi.fn(), warn: vi.fn(), used: vi.fn(), cover: vi.fn() };
    const closing = new Closing({ limits, beganAt: 0, ...heard }, () => at);
    return { closing, ...heard, later: (minutes: number) => ((at += minutes * MINUTE), closing.look()) };
  }

  it("closes within ten minutes without use on somebody else's device, and warns a minute before", () => {
    const { closing, close, warn, later } = watched(ELSEWHERE);
    later(7);
    closing.use();
    later(7);
    expect(warn).not.toHaveBeenCalled();
    later(1);
    expect(warn.mock.calls).toEqual([[true]]);
    closing.use();
    expect(warn.mock.calls).toEqual([[true], [false]]);
    later(8.9);
    expect(close).not.toHaveBeenCalled();
    later(0.1);
    expect(close).toHaveBeenCalledOnce();
  });

  it("closes within an hour in any case", () => {
    const { closing, close, later } = watched(ELSEWHERE);
    for (let minutes = 0; minutes < 58; minutes += 1) {
      later(1);
      closing.use();
    }
    expect(close).not.toHaveBeenCalled();
    later(1);
    expect(close).toHaveBeenCalledOnce();
  });

  it("is not kept open by who touches it after it should have closed", () => {
    const { closing, close, used } = watched(ELSEWHERE);
    closing.see(true);
    const asleep = watched(ELSEWHERE);
    asleep.later(11);
    asleep.closing.use();
    expect([asleep.close.mock.calls.length > 0, asleep.used.mock.calls.length, close.mock.calls.length, used.mock.calls.length]).toEqual([true, 0, 0, 0]);
  });

  it("is covered at once when nobody sees the page, and closes after a minute of it", () => {
    const { closing, close, cover, later } = watched(ELSEWHERE);
    closing.see(false);
    expect(cover.mock.calls).toEqual([[true]]);
    later(0.9);
    expect(close).not.toHaveBeenCalled();
    later(0.1);
    expect(close).toHaveBeenCalledOnce();
  });

  it("stays open longer on one's own device, also while nobody sees it", () => {
    const { closing, close, later } = watched(OWN);
    closing.see(false);
    later(28);
    closing.see(true);
    closing.use();
    later(28);
    expect(close).not.toHaveBeenCalled();
    later(1);
    expect(close).toHaveBeenCalledOnce();
  });

  it("tells the workbench of use four times a minute at most", () => {
    const { closing, used, later } = watched(ELSEWHERE);
    for (let time = 0; time < 40; time += 1) {
      later(0.05);
      closing.use();
    }
    expect(used).toHaveBeenCalledTimes(8);
  });
});

describe("typing words", () => {
  it("tells how far one is, and which word is none", () => {
    const said = (typed: string) => told(readTyped(typed), new Texts("nl", { "vault.read": "{n} van 14", "vault.unknown": "{number}: {typed}?", "vault.meant": "{number}: {typed}? {near}!", "vault.too_many": "te veel" }));
    expect(said("")).toBe("");
    expect(said("aanbod zwem")).toBe("2 van 14");
    expect(said("aanbod qqqq")).toBe("2: qqqq?");
    expect(said("aanbod zwambad")).toBe("2: zwambad? zwembad!");
    expect(said("aanbod ".repeat(15))).toBe("te veel");
  });

  it("tells of all words together why they are no card", () => {
    const said = (typed: string) => wrong(readTyped(typed), Texts.keys());
    expect(said("aanbod qqqq zwambad")).toBe("vault.unknown vault.meant");
    expect(said("aanbod ".repeat(13))).toBe("vault.read");
    expect(said("aanbod ".repeat(14))).toBe("vault.not_together");
    expect(said("aanbod ".repeat(15))).toBe("vault.too_many");
  });

  it("checks a card by one of its words", async () => {
    const card = await newCard("card");
    const right = card.words[card.asked - 1]!;
    expect([isRight(card, right.toUpperCase()), isRight(card, ""), isRight(card, card.words.join(" "))]).toEqual([true, false, false]);
  });
});

it("reads the view and the thing from an address", () => {
  expect([named("#delen/7"), named("#plan"), named("")]).toEqual([{ view: "delen", thing: "7" }, { view: "plan", thing: "" }, { view: "", thing: "" }]);
});

describe("texts", () => {
  const texts = new Texts("nl", { "a.b": "Van {from} tot {until}", "a.n.one": "{n} ding", "a.n.many": "{n} dingen" });

  it("are filled in, for one and for many", () => {
    expect([texts.say("a.b", { from: 1, until: "{from}" }), texts.count("a.n", 1), texts.count("a.n", 0)]).toEqual(["Van 1 tot {from}", "1 ding", "0 dingen"]);
  });

  it("that are not there are a mistake", () => {
    expect(() => texts.say("a.c")).toThrow('"a.c"');
  });
});

describe("asking", () => {
  afterEach(() => vi.unstubAllGlobals());

  function answering(answers: (() => Response)[]) {
    const asked: [string, RequestInit][] = [];
    vi.stubGlobal("document", { body: { dataset: { stand: "/mijn/kluis/stand/" } } });
    vi.stubGlobal("fetch", async (address: string, options: RequestInit) => {
      asked.push([address, options]);
      if (address.endsWith("stand/")) return Response.json({ open: false, token: `token-${asked.length}` });
      return answers.shift()!();
    });
    return asked;
  }
  const header = ([, options]: [string, RequestInit]) => (options.headers as Record<string, string>)["X-CSRFToken"];

  it("asks for a token first, and once more when it was out of date", async () => {
    const asked = answering([() => Response.json({}), () => new Response(null, { status: 403 }), () => Response.json({ id: 1 })]);
    await ask("/mijn/geven/", { method: "POST", json: { a: 1 } });
    expect((await ask("/mijn/geven/", { method: "POST", json: { a: 2 } })).json).toEqual({ id: 1 });
    expect(asked.map(([address]) => address)).toEqual(["stand/", "geven/", "geven/", "stand/", "geven/"].map((end) => (end === "stand/" ? "/mijn/kluis/stand/" : "/mijn/geven/")));
    expect([header(asked[1]!), header(asked[2]!), header(asked[4]!)]).toEqual(["token-1", "token-1", "token-4"]);
    expect(asked[4]![1]).toMatchObject({ body: '{"a":2}', redirect: "manual", cache: "no-store", credentials: "same-origin" });
  });

  it("tells a problem by its status and words, and a connection that failed by its name", async () => {
    const problem = () => new Response(JSON.stringify({ title: "full", detail: "remove something" }), { status: 409, headers: { "Content-Type": "application/problem+json" } });
    answering([problem, () => new Response("", { status: 503 }), () => { throw new TypeError("offline"); }]);
    await expect(ask("/x")).rejects.toMatchObject({ status: 409, title: "full", detail: "remove something" });
    await expect(ask("/x")).rejects.toThrow(NoConnection);
    await expect(ask("/x")).rejects.toThrow(NoConnection);
    expect(new Refused(404, "", "").name).toBe("Refused");
  });

  it("tells with every request of which vault the page holds the key", async () => {
    const asked = answering([() => Response.json({})]);
    const setAttribute = vi.fn();
    vi.stubGlobal("document", { body: { setAttribute } });
    speakFor("v1");
    await ask("/x");
    expect(asked[0]![1].headers).toMatchObject({ "X-Vault": "v1" });
    expect(setAttribute).toHaveBeenCalledWith("hx-headers:inherited", '{"X-Vault":"v1"}');
  });
});
