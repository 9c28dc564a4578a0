/**
 * Samples that a run leaves, so that others can measure them without knowing what made them.
 * @module
 */
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { encodeIdx } from "./idx.ts";

/** Where samples lie in a run's folder. */
export const leftSamplesPath = "samples/images-idx3-ubyte";

/** Samples of images. */
export interface LeftSamples {
  /** Bytes from 0 (paper) to 255 (ink), [count, rows, columns]; none is chosen. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
  /** What they are, such as "decoder means of latents from the prior". */
  readonly made: string;
  /** Seconds that drawing them took, where that was measured. */
  readonly seconds?: number;
  /** Numbers that were learned to draw them, unless the run's summary has them as `parameters`. */
  readonly parameters?: number;
}

/**
 * Leaves samples in `samples/images-idx3-ubyte`, and says in the run's record what they are.
 *
 * @param samples The samples.
 * @param context Of the stage that draws them.
 */
export async function leaveSamples(
  { pixels, rows, columns, ...told }: LeftSamples,
  { artifacts, describe }: Pick<RunContext, "artifacts" | "describe">,
): Promise<void> {
  const count = pixels.length / (rows * columns);
  await artifacts.file(
    leftSamplesPath,
    encodeIdx([count, rows, columns], pixels),
  );
  describe({ samples: { count, ...told } });
}

/** How many numbers variables hold. */
export function sizeOf(variables: Variables): number {
  return Object.values(variables).reduce((sum, { size }) => sum + size, 0);
}

/** Grey values from 0 to 1 as bytes; what lies outside is clipped. */
export function toBytes(grey: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    grey,
    (value) => Math.round(255 * Math.min(1, Math.max(0, value))),
  );
}
