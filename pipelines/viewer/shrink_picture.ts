/**
 * Pictures made small enough for a page.
 * @module
 */
import { loadSkia } from "../core/skia.ts";

/**
 * Writes a picture anew as WebP.
 *
 * @param png The picture.
 * @param level The scale, 1 for its own size, and the quality from 1 to 100.
 * @returns The picture; undefined where Skia cannot be loaded or cannot read it.
 */
export async function shrinkPicture(
  png: Uint8Array<ArrayBuffer>,
  { scale, quality }: { readonly scale: number; readonly quality: number },
): Promise<Uint8Array | undefined> {
  try {
    const { createCanvas, loadImage } = await loadSkia();
    const picture = await loadImage(png);
    const [width, height] = [picture.width, picture.height].map((length) =>
      Math.max(1, Math.round(scale * length))
    ) as [number, number]; // of two lengths
    const canvas = createCanvas(width, height);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
    return new Uint8Array(canvas.toBuffer("image/webp", quality));
  } catch {
    return undefined; // the page then names the file
  }
}
