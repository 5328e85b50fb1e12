/* Dots that stand too close are moved apart a little; where a little is not enough, some are taken together. */

/** Positions at least `gaps` apart, as near as can be to where they were. Both from left to right; the first gap is not used. */
export function spread(wanted: readonly number[], gaps: readonly number[]): number[] {
  const before: number[] = [];
  wanted.forEach((_at, index) => before.push(index ? before[index - 1]! + gaps[index]! : 0));
  // Pool adjacent violators: of what pushes, all move by the mean.
  const pools: { sum: number; count: number }[] = [];
  wanted.forEach((at, index) => {
    pools.push({ sum: at - before[index]!, count: 1 });
    while (pools.length > 1 && mean(pools.at(-2)!) > mean(pools.at(-1)!)) {
      const last = pools.pop()!;
      const pool = pools.at(-1)!;
      pool.sum += last.sum;
      pool.count += last.count;
    }
  });
  const means = pools.flatMap((pool) => Array.from({ length: pool.count }, () => mean(pool)));
  return means.map((value, index) => value + before[index]!);
}

const mean = ({ sum, count }: { sum: number; count: number }): number => sum / count;

/** Groups of what stands closer together than their reach allows, and where each group goes. */
export interface Grouped<T> {
  members: T[];
  at: number;
}

const CLOSENESS = [6, 12, 20, 30, 45, 70, 110, 170, 260, 400];

/** Take together as few as possible, so that nothing moves farther than `farthest`. */
export function grouped<T>(things: readonly T[], at: (thing: T) => number, gap: (one: T[], other: T[]) => number, farthest: number): Grouped<T>[] {
  let groups = things.map((thing) => [thing]);
  const middle = (members: T[]) => members.reduce((sum, one) => sum + at(one), 0) / members.length;
  for (const close of [...CLOSENESS, Infinity]) {
    const wanted = groups.map(middle);
    const placed = spread(wanted, groups.map((own, index) => (index ? gap(groups[index - 1]!, own) : 0)));
    const isFar = placed.map((where, index) => Math.abs(where - wanted[index]!) > farthest);
    if (!isFar.includes(true)) return groups.map((members, index) => ({ members, at: placed[index]! }));
    groups = joined(groups, isFar, middle, close);
  }
  return groups.map((members) => ({ members, at: middle(members) }));
}

function joined<T>(groups: T[][], isFar: boolean[], middle: (members: T[]) => number, close: number): T[][] {
  const found: T[][] = [];
  groups.forEach((members, index) => {
    const last = found.at(-1);
    const isCrowded = isFar[index] || isFar[index - 1];
    if (last && isCrowded && middle(members) - middle(last) < close) last.push(...members);
    else found.push([...members]);
  });
  return found;
}
