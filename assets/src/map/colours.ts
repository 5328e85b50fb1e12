/** The colours of the style sheet as they are now, light or dark. */
export interface Colours {
  paper: string;
  ink: string;
  hatch: string;
  of(style: string): string;
}

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const paper = token("paper");
  return { paper, ink: token("ink"), hatch: token("hatch"), of: (name) => token(name) || paper };
}

const SIDE = 16;

/** Stripes for what is not known, dots for too few homes to say: drawn at twice the size of a screen's dot. */
export function pattern(kind: "unknown" | "few", colours: Colours): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (!pen) return new ImageData(SIDE, SIDE);
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, SIDE, SIDE);
  pen.strokeStyle = pen.fillStyle = colours.hatch;
  if (kind === "unknown") stripes(pen);
  else dots(pen);
  return pen.getImageData(0, 0, SIDE, SIDE);
}

function stripes(pen: CanvasRenderingContext2D): void {
  pen.lineWidth = 3;
  for (const shift of [-SIDE, 0, SIDE]) {
    pen.beginPath();
    pen.moveTo(shift - 2, SIDE + 2);
    pen.lineTo(shift + SIDE + 2, -2);
    pen.stroke();
  }
}

function dots(pen: CanvasRenderingContext2D): void {
  for (const [x, y] of [[4, 4], [12, 12]] as const) {
    pen.beginPath();
    pen.arc(x, y, 2, 0, 2 * Math.PI);
    pen.fill();
  }
}
