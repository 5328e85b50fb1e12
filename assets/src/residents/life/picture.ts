/* A sheet as a file: as a drawing (SVG), or painted (PNG). Both are made here, in the browser, and go nowhere else. */

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "paint-order"] as const;
const LETTERS = ["font-family", "font-weight", "font-style", "font-size", "text-anchor"] as const;
/** What a drawing has where nothing is said. */
const USUAL: Readonly<Record<string, string>> = {
  stroke: "none",
  "stroke-width": "1px",
  "stroke-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  opacity: "1",
  "paint-order": "normal",
  "font-style": "normal",
  "font-weight": "400",
  "text-anchor": "start",
};
const LEAVES = "path,circle,rect,text";
const DENSITY = 2;
const LARGEST_SIDE = 8000;

/** The drawing as a file of its own: its colours and letters stand in it, as no style sheet goes along. */
export function asDrawing(sheet: SVGSVGElement): Blob {
  const copy = sheet.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [sheet, copy].map((one) => [...one.querySelectorAll<SVGElement>(LEAVES)]);
  shown!.forEach((leaf, at) => {
    const style = getComputedStyle(leaf);
    for (const name of leaf.localName === "text" ? [...LOOKS, ...LETTERS] : LOOKS) {
      const value = style.getPropertyValue(name);
      if (value !== USUAL[name]) copied![at]!.setAttribute(name, value);
    }
  });
  for (const one of [copy, ...copy.querySelectorAll("[class]")]) one.removeAttribute("class");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

/** The drawing in dots. A page may not load pictures of its own making, so it is painted stroke by stroke. */
export async function asPicture(sheet: SVGSVGElement): Promise<Blob> {
  const { width, height } = sheet.viewBox.baseVal;
  const density = Math.min(DENSITY, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.ceil(width * density), Math.ceil(height * density)];
  const pen = canvas.getContext("2d")!;
  for (const leaf of sheet.querySelectorAll<SVGGraphicsElement>(LEAVES)) {
    const at = leaf.getCTM() ?? new DOMMatrix();
    const own = sheet.getCTM()?.inverse() ?? new DOMMatrix();
    pen.setTransform(new DOMMatrix([density, 0, 0, density, 0, 0]).multiply(own).multiply(at));
    paint(pen, leaf, getComputedStyle(leaf));
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture was made"))), "image/png"));
}

function paint(pen: CanvasRenderingContext2D, leaf: SVGGraphicsElement, style: CSSStyleDeclaration): void {
  pen.globalAlpha = Number(style.opacity);
  pen.lineWidth = parseFloat(style.strokeWidth) || 0;
  pen.lineCap = style.strokeLinecap as CanvasLineCap;
  pen.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
  const isFilled = style.fill !== "none";
  const isDrawn = style.stroke !== "none" && pen.lineWidth > 0;
  pen.fillStyle = isFilled ? style.fill : "transparent";
  pen.strokeStyle = isDrawn ? style.stroke : "transparent";
  if (leaf instanceof SVGTextElement) return write(pen, leaf, style, isDrawn);
  const path = pathOf(leaf);
  if (isFilled) pen.fill(path);
  pen.globalAlpha *= Number(style.strokeOpacity);
  if (isDrawn) pen.stroke(path);
}

function write(pen: CanvasRenderingContext2D, text: SVGTextElement, style: CSSStyleDeclaration, hasHalo: boolean): void {
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.textAlign = style.textAnchor === "middle" ? "center" : "left";
  const [x, y] = [Number(text.getAttribute("x")), Number(text.getAttribute("y"))];
  if (hasHalo) pen.strokeText(text.textContent ?? "", x, y);
  pen.fillText(text.textContent ?? "", x, y);
}

function pathOf(leaf: SVGGraphicsElement): Path2D {
  const number = (name: string) => Number(leaf.getAttribute(name) ?? 0);
  const path = new Path2D(leaf.localName === "path" ? leaf.getAttribute("d")! : undefined);
  if (leaf.localName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  if (leaf.localName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
  return path;
}

/** Have the browser save a file. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
