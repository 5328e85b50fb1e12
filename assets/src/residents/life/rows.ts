/* Spans below each other, so that none covers another: the first row in which it finds room. */

export interface Span {
  from: number;
  until: number;
}

/** The row of each span, in the order in which they begin; and how many rows there are. */
export function rowsOf(spans: readonly Span[]): { rows: number[]; count: number } {
  const ends: number[] = [];
  const rows = spans.map(({ from, until }) => {
    const free = ends.findIndex((end) => end <= from);
    const row = free === -1 ? ends.length : free;
    ends[row] = until;
    return row;
  });
  return { rows, count: ends.length };
}
