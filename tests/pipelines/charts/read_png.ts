import { loadSkia } from "../../../pipelines/core/skia.ts";

/** A decoded picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4]. */
  readonly rgba: Uint8ClampedArray;
  /** Red, green and blue at a place, as "r,g,b". */
  readonly at: (x: number, y: number) => string;
}

/** Decodes a PNG, given as bytes or as a data URL. */
export async function readPng(png: Uint8Array | string): Promise<Pixels> {
  const { createCanvas, loadImage } = await loadSkia();
  const image = await loadImage(png);
  const { width, height } = image;
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const at = (x: number, y: number) => {
    const start = 4 * (y * width + x);
    return rgba.subarray(start, start + 3).join(",");
  };
  return { width, height, rgba, at };
}

/** Width and height of an SVG, in its own pixels. */
export function svgSize(svg: string): readonly [number, number] {
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return [Number(width), Number(height)];
}
