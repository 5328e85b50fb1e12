/* Make a picture small before it is kept: a poor connection carries it, and what tells where it was taken goes. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/** A picture as JPEG of at most so many pixels a side; what cannot be drawn stays as it is, and is judged later. */
export async function small(file: File): Promise<File> {
  try {
    const drawn = await createImageBitmap(file);
    const { width, height } = sizeWithin(drawn.width, drawn.height, LONGEST_SIDE);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")!.drawImage(drawn, 0, 0, width, height);
    drawn.close();
    return new File([await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY })], "photo.jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

/** The size of a picture within a longest side; a small one keeps its own. */
export function sizeWithin(width: number, height: number, longest: number): { width: number; height: number } {
  const part = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
}
