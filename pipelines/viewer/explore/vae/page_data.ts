/**
 * The numbers of the page to explore a model, as its script reads them.
 * @module
 */
import { encodeBase64 } from "../../base64.ts";
import type { Explored, MapPoints, PageLayer } from "./explored.ts";

const NO_POINTS: MapPoints = {
  means: new Float32Array(),
  labels: [],
  classes: [],
};

/** The points on the map; none where there is only a reason. */
export function pointsOf({ points }: Explored): MapPoints {
  return typeof points === "string" ? NO_POINTS : points;
}

/**
 * How far sliders and maps reach from 0: three standard deviations of the prior, or as far as a test image lies.
 *
 * @param explored What is shown.
 * @returns A multiple of 1/2.
 */
export function reachOf(explored: Explored): number {
  const { means } = pointsOf(explored);
  const farthest = means.reduce((most, x) => Math.max(most, Math.abs(x)), 3);
  return Math.ceil(2 * farthest) / 2;
}

/**
 * The two latents whose posterior means vary most over the test images, the lower one first.
 *
 * @param explored What is shown.
 * @returns Counted from 0; twice 0 where there is one latent.
 */
export function widestPair(explored: Explored): readonly [number, number] {
  const { latent } = explored;
  const { means } = pointsOf(explored);
  const count = means.length / latent;
  const variances = Array.from({ length: latent }, (_, d) => {
    const column = means.filter((_, i) => i % latent === d);
    const mean = column.reduce((sum, x) => sum + x, 0) / count;
    return count === 0
      ? 0
      : column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
  });
  const [first = 0, second = 0] = [...variances.keys()]
    .sort((a, b) => variances[b]! - variances[a]!); // one a latent
  return [Math.min(first, second), Math.max(first, second)];
}

/**
 * The numbers of the page: sizes of layers, and their weights, each layer's weight before its bias, as one Base64 text of
 * float32 numbers, the lowest byte first.
 *
 * @param explored What is shown.
 * @returns What the page holds as JSON.
 */
export function pageData(
  explored: Explored,
): Readonly<Record<string, unknown>> {
  const { rows, columns, latent, model } = explored;
  const { hidden, mean, logVariance, decoder } = model;
  const { means, labels, classes } = pointsOf(explored);
  const all = [...hidden, mean, logVariance, ...decoder];
  return {
    rows,
    columns,
    latent,
    reach: reachOf(explored),
    layers: {
      hidden: hidden.map(sizeOf),
      mean: sizeOf(mean),
      logVariance: sizeOf(logVariance),
      decoder: decoder.map(sizeOf),
    },
    weights: encodeFloats(all.flatMap(({ weight, bias }) => [weight, bias])),
    means: encodeFloats([means]),
    labels,
    classes,
  };
}

/** A layer without its numbers. */
function sizeOf(layer: PageLayer): object {
  const { kind, inputs, outputs, activation } = layer;
  const size = { kind, inputs, outputs, activation };
  return layer.kind === "dense" ? size : { ...size, side: layer.side };
}

function encodeFloats(arrays: readonly Float32Array[]): string {
  const count = arrays.reduce((total, { length }) => total + length, 0);
  const view = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  for (const array of arrays) {
    for (const number of array) {
      view.setFloat32(at, number, true);
      at += 4;
    }
  }
  return encodeBase64(new Uint8Array(view.buffer));
}
