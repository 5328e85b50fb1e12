/* How wide words are on this screen. */
import type { Measure } from "./labels";

const FONT = '"Atkinson Hyperlegible Next", system-ui, sans-serif';
const known = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

const measures = new Map<number, Measure>();

/** A measure for letters of a size, the same one each time; what was measured once is remembered. */
export function measure(size: number): Measure {
  let own = measures.get(size);
  if (!own) measures.set(size, (own = measureOf(size)));
  return own;
}

function measureOf(size: number): Measure {
  return (words, style) => {
    const key = `${size}${style}${words}`;
    let width = known.get(key);
    if (width === undefined) {
      pen ??= document.createElement("canvas").getContext("2d");
      if (!pen) return words.length * size * 0.55;
      pen.font = `${style === "felt" ? "italic 400" : "600"} ${size}px ${FONT}`;
      width = pen.measureText(words).width;
      known.set(key, width);
    }
    return width;
  };
}

/** Measure anew, as the letters came only now. */
export function forget(): void {
  known.clear();
  measures.clear();
}
