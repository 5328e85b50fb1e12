import { describe, expect, it } from "vitest";
import { DOMAINS, type Content } from "../src/residents/contents";
import { EXAMPLES, exampleStore } from "../src/residents/examples";
import { sayIn } from "../src/residents/examples/example";
import { extentOf, momentOf, partsOf } from "../src/residents/life/moments";

/** The ids that something names, and the kind that they have to be of. */
function named(content: Content): [string, Content["kind"]][] {
  if (content.kind === "event") return content.organisation ? [[content.organisation, "organisation"]] : [];
  if (content.kind === "influence") return [[content.from, "event"], [content.to, "event"]];
  if (content.kind === "chance") return [[content.event, "event"]];
  return content.kind === "step" ? [[content.issue, "issue"]] : [];
}

describe.each(EXAMPLES.map((example) => [example.name, example] as const))("the invented life of %s", (_name, example) => {
  const dutch = example.contents(sayIn("nl"));
  const english = example.contents(sayIn("en"));

  it("is the same in both languages, and is told in both", () => {
    expect(Object.keys(english)).toEqual(Object.keys(dutch));
    const events = Object.entries(dutch).filter(([, content]) => content.kind === "event");
    for (const [id, content] of events) expect(english[id]).not.toEqual(content);
  });

  it("names nothing that is not there", () => {
    for (const content of Object.values(dutch)) for (const [id, kind] of named(content)) expect(dutch[id]?.kind, id).toBe(kind);
  });

  it("stands in the six lanes, on days that exist, and ends nothing before it begins", () => {
    for (const content of Object.values(dutch)) {
      if (content.kind !== "event" && content.kind !== "organisation") continue;
      expect(DOMAINS).toContain(content.lane);
      for (const moment of [content.from, content.until ?? content.from]) expect(momentOf(partsOf(moment))).toBe(moment);
      if (content.until) expect(extentOf(content.until).until).toBeGreaterThan(extentOf(content.from).from);
    }
  });

  it("was there before: nothing of it can be undone", async () => {
    expect(await exampleStore(example.key, "nl").undo()).toBe(false);
  });
});
