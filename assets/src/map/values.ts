/** One place as the table tells it: its class on the map, its figure in words, and the page about it. */
export interface Place {
  code: string;
  name: string;
  /** The class in the style sheet, `unknown` (hatched) or `few` (dotted). */
  style: string;
  figure: string;
  words: string;
  within?: string;
  address?: string;
}

/** What the map shows now; the server writes the table from the same rows. */
export interface Values {
  caption: string;
  /** Where the shapes of these places are; it changes only with the level and the version of the City. */
  shapes: string;
  /** Where the outlines are that lie below these places, for places that are points. */
  ground?: string;
  places: Place[];
}

/** The values that stand in the page, or null where there is nothing to show. */
export function readValues(page: ParentNode): Values | null {
  const block = page.querySelector("#map-values");
  return block?.textContent ? (JSON.parse(block.textContent) as Values) : null;
}

/** The codes of each class, so that a map needs one colour rule per class. */
export function codesByStyle(places: Iterable<Place>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { code, style } of places) {
    const codes = found.get(style);
    if (codes) codes.push(code);
    else found.set(style, [code]);
  }
  return found;
}

/** The codes of the places whose name, or what they lie in, has these words in it. */
export function matching(places: Iterable<Place>, words: string): Set<string> {
  const wanted = words.trim().toLocaleLowerCase();
  const found = new Set<string>();
  for (const { code, name, within } of places) {
    if (`${name} ${within ?? ""}`.toLocaleLowerCase().includes(wanted)) found.add(code);
  }
  return found;
}
