/**
 * Zeros that are added to the output of each layer of a transformer: the gradient by them is that by the output.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "../../../models/gradients/value_and_gradients.ts";

/** How long the gradient is after each layer of both stacks. */
export interface LayerNorms<Norms = readonly number[]> {
  /** Length of the gradient by the output of each layer of the encoder, from the first on. */
  readonly encoder: Norms;
  /** Length of the gradient by the output of each layer of the decoder, from the first on. */
  readonly decoder: Norms;
}

/** Probes of both stacks. */
export interface LayerProbes {
  /** For what enters the encoder and for each of its layers, 1 + layers of [batch, position, width]. */
  readonly reading: readonly tf.Tensor[];
  /** For the decoder, likewise. */
  readonly writing: readonly tf.Tensor[];
  /** Both kinds by name, for a gradient. */
  readonly byName: Readonly<Record<string, tf.Tensor>>;
  /** The lengths of their gradients, [layer]. */
  readonly norms: (gradients: Gradients) => LayerNorms<tf.Tensor1D>;
}

/**
 * Makes the probes of an encoder-decoder.
 *
 * @param layers Of each stack.
 * @param shape Of what passes between layers, [batch, position, width].
 * @returns Zeros, and how to read their gradients.
 */
export function layerProbes(
  layers: number,
  shape: readonly [number, number, number],
): LayerProbes {
  const zeros = () =>
    Array.from({ length: layers + 1 }, () => tf.zeros([...shape]));
  const [reading, writing] = [zeros(), zeros()];
  const named = (stack: string, probes: readonly tf.Tensor[]) =>
    probes.map((probe, i) => [`probe of ${stack} ${i}`, probe] as const);
  const norms = (stack: string, gradients: Gradients) =>
    tf.stack(
      Array.from(
        { length: layers },
        (_, i) =>
          gradients[`probe of ${stack} ${i + 1}`]!.square().sum().sqrt(), // what entered is left out
      ),
    ).as1D();
  return {
    reading,
    writing,
    byName: Object.fromEntries([
      ...named("encoder", reading),
      ...named("decoder", writing),
    ]),
    norms: (gradients) => ({
      encoder: norms("encoder", gradients),
      decoder: norms("decoder", gradients),
    }),
  };
}

/**
 * How much larger the gradient is after the last layer than after the first.
 *
 * @param norms From the first layer on, one at least.
 * @returns The last over the first.
 *
 * @example
 * ```ts
 * import { lastOverFirst } from "@lowerbound/lowerbound/translation";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lastOverFirst([2, 5, 3]), 1.5);
 * ```
 */
export function lastOverFirst(norms: readonly number[]): number {
  return norms.at(-1)! / norms[0]!; // at least one layer
}
