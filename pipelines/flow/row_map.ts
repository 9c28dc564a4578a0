/**
 * A compiled map of many rows, block by block.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type { RunContext } from "../core/context.ts";
import { MOST_STEPS, stepsInFlight } from "../core/steps_in_flight.ts";

/** Runs a compiled map on rows, block by block. */
export interface RowMap extends Disposable {
  /** What the map makes of rows [count, size]: as many rows. */
  readonly run: (rows: Float32Array) => Promise<Float32Array>;
}

/** Rows of one call. */
const BLOCK = 4000;

/**
 * Compiles a map of rows; it is called with blocks of one size.
 *
 * @param size Numbers of a row.
 * @param map From [row, size] to [row] or [row, ...].
 * @param context Of the stage that measures.
 * @returns The map; dispose it after use.
 */
export async function rowMap(
  size: number,
  map: (rows: tf.Tensor2D) => tf.Tensor,
  { device, threads, signal }: RunContext,
): Promise<RowMap> {
  const step = await compile(({ x }) => ({ y: map(x) }), {
    inputs: { x: { shape: [BLOCK, size] as const } },
    device,
    threads,
    parallel: "calls",
    stepsPerCall: MOST_STEPS,
  });
  return {
    run: async (rows) => {
      const count = rows.length / size;
      const parts: Float32Array[] = [];
      const found = stepsInFlight(
        step,
        Array.from({ length: Math.ceil(count / BLOCK) }, (_, i) => i * BLOCK),
        threads,
        (first) => {
          const x = new Float32Array(BLOCK * size);
          x.set(rows.subarray(first * size, (first + BLOCK) * size));
          return { x };
        },
      );
      for await (const { item: first, outputs: { y } } of found) {
        signal.throwIfAborted();
        const real = Math.min(BLOCK, count - first);
        parts.push(y.subarray(0, real * y.length / BLOCK));
      }
      return concatenate(parts);
    },
    [Symbol.dispose]: () => step.dispose(),
  };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
