/**
 * The noise of a dequantization, by key.
 * @module
 */
import type { Dequantization } from "../../models/flows/dequantization.ts";
import type { Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { uniform } from "../core/random/uniform.ts";

/** Samples so many numbers of the kind that a dequantization names. */
export function sampleNoise(
  kind: Dequantization["noise"],
  key: Key,
  count: number,
): Float32Array<ArrayBuffer> {
  return kind === "uniform" ? uniform(key, count) : normal(key, count);
}
