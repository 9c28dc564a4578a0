/**
 * Numbers to feed: what they are makes no difference to the time, but for their type.
 * @module
 */
import { elementCount } from "../../compile/graph/shape.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { uniform } from "../../pipelines/core/random/uniform.ts";
import type { Fed } from "./training.ts";

/** Pixels, of which a fifth are on. */
export function binary(shape: readonly number[]): Fed {
  const numbers = uniform(keyFrom(1), elementCount(shape));
  const data = Uint8Array.from(numbers, (u) => Number(u < 0.2));
  return { shape, dtype: "bool", data };
}

/** Standard normal noise. */
export function noise(shape: readonly number[]): Fed {
  const data = normal(keyFrom(2), elementCount(shape));
  return { shape, dtype: "float32", data };
}

/** Tokens below `count`. */
export function tokens(shape: readonly number[], count: number): Fed {
  const numbers = uniform(keyFrom(3), elementCount(shape));
  const data = Int32Array.from(numbers, (u) => Math.floor(u * count));
  return { shape, dtype: "int32", data };
}
