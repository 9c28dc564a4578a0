/**
 * Random numbers that TensorFlow.js draws in JavaScript, such as the masks of `tf.layers.dropout()`: seeded by a key, and
 * replaced by inputs of a graph.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { RANDOM_OPERATIONS } from "./baked_constant.ts";

/** What can be drawn anew at every step. */
export type DrawKind = "randomUniform" | "randomNormal" | "truncatedNormal";

/** Numbers that one call drew, at most the first thousand. */
export interface Drawn {
  readonly kind: DrawKind;
  readonly shape: readonly number[];
  readonly seed: number;
  readonly numbers: Float32Array;
}

/** Numbers that were noted. */
export interface Noted {
  /** What a recording takes in their place, where that is known. */
  readonly replacement: tf.Tensor | undefined;
}

/** What runs at present. */
interface Drawing {
  /** In place of the numbers, in their order. */
  readonly replacements: readonly tf.Tensor[] | undefined;
  readonly drawn: Drawn[];
  seed: number | undefined;
}

/** As many tell how they were drawn. */
const MOST_NOTED = 1024;

const KINDS: readonly string[] = [
  "randomUniform",
  "randomNormal",
  "truncatedNormal",
];

let current: Drawing | undefined;

/**
 * Runs a function whose draws have given seeds.
 *
 * @param seedOf The seed of each draw, in their order; not 0.
 * @param replacements What a recording takes in place of what is drawn.
 * @returns Its result, and what it drew where nothing was replaced.
 */
export function withSeeds<T>(
  seedOf: (draw: number) => number,
  replacements: readonly tf.Tensor[] | undefined,
  run: () => T,
): { readonly result: T; readonly drawn: readonly Drawn[] } {
  const drawing: Drawing = { replacements, drawn: [], seed: undefined };
  const { random } = Math;
  let count = 0;
  Math.random = () => {
    if (!stackOperation()) return random();
    return drawing.seed = seedOf(count++);
  };
  const before = current;
  current = drawing;
  try {
    return { result: run(), drawn: drawing.drawn };
  } finally {
    current = before;
    Math.random = random;
  }
}

/**
 * Notes numbers that a recording is given to write.
 *
 * @returns Nothing if they were not drawn, or have a seed of their own.
 * @throws {CompileError} If they cannot be drawn anew from another seed.
 */
export function noteDraw(
  numbers: unknown,
  shape: readonly number[],
): Noted | undefined {
  if (current?.seed === undefined) return undefined;
  const kind = stackOperation();
  if (!kind) return undefined;
  const { seed, drawn, replacements } = current;
  current.seed = undefined;
  if (!KINDS.includes(kind) || !(numbers instanceof Float32Array)) {
    throw new CompileError(
      `Cannot compile ${kind} of shape [${shape}], which draws random numbers: make it outside and pass it as an input`,
    );
  }
  const at = drawn.length;
  const values = numbers.slice(0, MOST_NOTED);
  drawn.push({ kind: kind as DrawKind, shape, seed, numbers: values }); // it is one of them
  return { replacement: replacements?.[at] };
}

/** The innermost function of TensorFlow.js that draws numbers, of those that are running. */
function stackOperation(): string | undefined {
  const [innermost] = new Error().stack?.match(RANDOM_OPERATIONS) ?? [];
  return innermost?.replace(/_+$/, "");
}
