/* Join what two devices made of the same thing while they did not hear of each other. */
import type { Content } from "../contents";

/** Something as it is, or nothing where it was removed. */
export type Made = Content | null;

/** What comes of it: one of both joined, or both, where they changed the same words each in another way. */
export type Joined = { one: Made } | { ours: Content; theirs: Content };

/** What stands after two changes of `before`: fields that one side changed are its; nobody's words go unseen.
 *
 * Who changed something wins from who removed it. Where both changed one field, both are kept.
 */
export function join(before: Made, ours: Made, theirs: Made): Joined {
  if (same(ours, theirs) || same(before, ours)) return { one: theirs };
  if (same(before, theirs) || theirs === null) return { one: ours };
  if (ours === null) return { one: theirs };
  if (before === null || ours.kind !== theirs.kind || ours.kind !== before.kind) return { ours, theirs };
  const one: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [was, mine, other] = [at(before, field), at(ours, field), at(theirs, field)];
    if (!same(mine, was) && !same(other, was) && !same(mine, other)) return { ours, theirs };
    const value = same(mine, was) ? other : mine;
    if (value !== undefined) one[field] = value;
  }
  return { one: one as unknown as Content };
}

function at(content: Content, field: string): unknown {
  return (content as unknown as Record<string, unknown>)[field];
}

function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The same text for the same contents, in whatever order their fields were written. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inside: unknown) =>
    inside !== null && typeof inside === "object" && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inside,
  );
}
