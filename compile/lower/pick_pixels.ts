/**
 * Pixels of images, in any order.
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import { reshape, transposeMatrix } from "../graph/layout.ts";
import type { Value } from "../graph/value.ts";

/** Fewer channels than this are no piece worth copying by itself. */
const FEW = 8;
/** Longer lists of numbers would weigh more than what they save. */
const LONG = 2 ** 16;

/** Whether pixels are picked number by number, for all images at once. */
export function isFew(channels: number, pixels: number): boolean {
  return channels < FEW && pixels * channels <= LONG;
}

/**
 * Picks pixels, the same of every image.
 *
 * @param images [batch, pixel, channel]
 * @param pixels Which, in order.
 * @returns [batch, pixels, channel]
 */
export function pickPixels(
  graph: Graph,
  images: Value,
  pixels: readonly number[],
): Value {
  const [batch, length, channels] = images.shape;
  const isWhole = pixels.length === length && pixels.every((p, i) => p === i);
  if (isWhole) return images;
  const shape = [batch!, pixels.length, channels!]; // three axes
  if (!isFew(channels!, pixels.length)) {
    const list = graph.integers(pixels);
    return graph.apply("Gather", [images, list], shape, { axis: 1 });
  }
  // A row holds one number of all images: pieces as long as the batch, and two transpositions
  const rows = reshape(graph, images, [batch!, length! * channels!]);
  const numbers = pixels.flatMap((pixel) =>
    Array.from({ length: channels! }, (_, i) => pixel * channels! + i)
  );
  const picked = graph.apply(
    "Gather",
    [transposeMatrix(graph, rows), graph.integers(numbers)],
    [numbers.length, batch!],
    { axis: 0 },
  );
  return reshape(graph, transposeMatrix(graph, picked), shape);
}
