/* QR codes: drawn as SVG, and read from the camera or from a picture. Pictures never leave the page. */
import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { svg } from "../dom";

const QUIET = 4;
const LOOK_MS = 200;
const WIDEST = 1600;

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}

interface Detecting {
  BarcodeDetector?: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };
}

/** A QR code of a text, with the quiet edge that a reader needs. */
export function drawn(text: string, label: string): SVGSVGElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const size = rows.length;
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  return svg(
    "svg",
    { class: "qr", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    svg("rect", { width: size, height: size, fill: "#fff" }),
    svg("path", { d: path, fill: "#000" }),
  );
}

/** The text of a QR code in a picture; null where there is none. */
export async function readPicture(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file);
  const text = await readFrom(picture, picture.width, picture.height);
  picture.close();
  return text;
}

/** Look through the camera until a text is found that is wanted, or it is stopped. */
export class Camera {
  #stream: MediaStream | null = null;

  constructor(private readonly screen: HTMLVideoElement) {}

  /** What was found; null when it was stopped before. Throws where there is no camera, or it may not be used. */
  async look<What>(wanted: (text: string) => What | null): Promise<What | null> {
    this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    this.screen.srcObject = this.#stream;
    this.screen.hidden = false;
    await this.screen.play();
    while (this.#stream) {
      const { videoWidth, videoHeight } = this.screen;
      const text = videoWidth ? await readFrom(this.screen, videoWidth, videoHeight).catch(() => null) : null;
      const found = text === null ? null : wanted(text);
      if (found !== null) {
        this.stop();
        return found;
      }
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return null;
  }

  get isLooking(): boolean {
    return this.#stream !== null;
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.screen.srcObject = null;
    this.screen.hidden = true;
  }
}

async function readFrom(source: CanvasImageSource, width: number, height: number): Promise<string | null> {
  const found = await (await detector())?.detect(source).catch(() => []);
  if (found?.[0]) return found[0].rawValue;
  const scale = Math.min(1, WIDEST / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return null; // it throws where it sees no code
  }
}

let made: Promise<Detector | null> | undefined;

function detector(): Promise<Detector | null> {
  made ??= (async () => {
    const { BarcodeDetector } = globalThis as Detecting;
    const formats = await BarcodeDetector?.getSupportedFormats().catch((): string[] => []);
    return BarcodeDetector && formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  })();
  return made;
}
