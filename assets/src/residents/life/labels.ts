/* Words beside dots: as much as there is room for, the most telling first, and never over each other. */

/** How wide words are, in a weight and slant. */
export type Measure = (words: string, style: "title" | "felt") => number;

export interface Wanted {
  /** Where the middle of the words is rather than anywhere else, and other places that would do. */
  at: number;
  others?: readonly number[];
  side: "above" | "below";
  title: string;
  felt?: string;
  /** The higher, the sooner it gets room. */
  weight: number;
}

export interface Placed {
  at: number;
  title: string[];
  felt: string[];
  width: number;
  /** In lines from the dot. */
  offset: number;
  lines: number;
}

const WIDEST = 168;
const WIDE = 230;
const NARROW = 100;
const GAP = 10;

/** The lines of words within a width; what does not fit in them ends in an ellipsis. */
export function wrapped(words: string, width: number, most: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.trim().split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.slice(0, most);
  if (lines.length > most) shown[most - 1] = `${shown[most - 1]} ${lines[most]}`;
  return shown.map((one, at) => shortened(one, width, lines.length > most && at === most - 1, measure));
}

function shortened(line: string, width: number, isCut: boolean, measure: (words: string) => number): string {
  if (measure(line) <= width) return line;
  let [low, high] = [1, line.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${line.slice(0, middle).trimEnd()}…`) <= width) low = middle;
    else high = middle - 1;
  }
  const cut = line.slice(0, low).trimEnd();
  // Half a word tells little; it is left out where a whole one stands before it.
  const word = cut.lastIndexOf(" ");
  return `${isCut && word > low / 2 ? cut.slice(0, word) : cut}…`;
}

interface Taken {
  from: number;
  until: number;
  low: number;
  high: number;
}

/** Where words go that fit within `lines` lines above or below; none for a dot that gets no words. */
export function place(
  wanted: readonly Wanted[],
  lines: { above: number; below: number },
  measure: Measure,
  size: number,
): (Placed | undefined)[] {
  const taken = { above: [] as Taken[], below: [] as Taken[] };
  const placed: (Placed | undefined)[] = wanted.map(() => undefined);
  const order = wanted.map((_one, at) => at).sort((one, other) => wanted[other]!.weight - wanted[one]!.weight || one - other);
  for (const at of order) {
    const one = wanted[at]!;
    const found = fit(one, lines[one.side], taken[one.side], measure, size / 15);
    if (!found) continue;
    placed[at] = found;
    taken[one.side].push(takenBy(found));
  }
  return placed;
}

function fit(one: Wanted, lines: number, taken: Taken[], measure: Measure, times: number): Placed | undefined {
  // Rather fewer words beside the dot than all of them far away.
  for (const form of formsOf(one, measure, times)) {
    for (const at of [one.at, ...(one.others ?? [])]) {
      for (let offset = 0; offset + form.lines <= lines; offset += 1) {
        if (offset > 0 && form.felt.length) break;
        const placed = { ...form, at, offset };
        if (!taken.some((other) => overlaps(takenBy(placed), other))) return placed;
      }
    }
  }
  return undefined;
}

type Form = Omit<Placed, "offset" | "at">;

/** The forms of words do not depend on where they stand: they are made once for each measure. */
const made = new WeakMap<Measure, Map<string, Form[]>>();

function formsOf(wanted: Wanted, measure: Measure, times: number): Form[] {
  const known = made.get(measure) ?? new Map<string, Form[]>();
  made.set(measure, known);
  const key = `${wanted.title}\n${wanted.felt ?? ""}`;
  const forms = known.get(key) ?? makeForms(wanted, measure, times);
  known.set(key, forms);
  return forms;
}

function makeForms({ title, felt }: Wanted, measure: Measure, times: number): Form[] {
  const form = (widest: number, most: number, feltLines: number) => {
    const head = wrapped(title, widest * times, most, (words) => measure(words, "title"));
    const own = felt && feltLines ? wrapped(felt, Math.max(widest, WIDEST) * times, feltLines, (words) => measure(words, "felt")) : [];
    const width = Math.max(...head.map((line) => measure(line, "title")), ...own.map((line) => measure(line, "felt")));
    return { title: head, felt: own, width, lines: head.length + own.length };
  };
  const forms = [form(WIDEST, 2, 2), form(WIDE, 1, 1), form(WIDEST, 2, 0), form(NARROW, 2, 0), form(NARROW, 1, 0)];
  return forms.filter(({ width }) => width > 0);
}

function takenBy({ at, width, offset, lines }: Placed): Taken {
  return { from: at - width / 2 - GAP, until: at + width / 2 + GAP, low: offset, high: offset + lines };
}

function overlaps(one: Taken, other: Taken): boolean {
  return one.from < other.until && other.from < one.until && one.low < other.high && other.low < one.high;
}
