/* Make a picture small before it is kept: a poor connection carries it, and what tells where it was taken goes. */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
const made = new WeakMap<File, Promise<File>>();

/** A picture as JPEG of at most so many pixels a side, drawn once; what cannot be drawn is judged later. */
export function small(file: File): Promise<File> {
  const before = made.get(file) ?? drawn(file);
  made.set(file, before);
  return before;
}

async function drawn(file: File): Promise<File> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = sizeWithin(bitmap.width, bitmap.height, LONGEST_SIDE);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")!.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
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
