/**
 * Colour images as PNG files.
 * @module
 */
import { loadSkia } from "../core/skia.ts";

/**
 * Draws a square colour image.
 *
 * @param pixels From -1 to 1, what lies beyond is clipped, [3, side, side].
 * @returns The bytes of a PNG file.
 */
export async function pngOf(
  pixels: Float32Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const skia = await loadSkia();
  const places = pixels.length / 3;
  const side = Math.sqrt(places);
  const rgba = new Uint8ClampedArray(4 * places).fill(255);
  for (let i = 0; i < places; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = 255 * (pixels[c * places + i]! / 2 + 0.5); // rounds and clips
    }
  }
  const canvas = skia.createCanvas(side, side);
  canvas.getContext("2d").putImageData(
    new skia.ImageData(rgba, side, side),
    0,
    0,
  );
  return new Uint8Array(canvas.toBuffer("image/png"));
}
