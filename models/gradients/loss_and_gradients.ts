/**
 * A loss with the terms it is made of, and its gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Gradients, valueAndGradients } from "./value_and_gradients.ts";

/** The loss, and whatever else was computed on the way to it. */
export type LossTerms =
  & { readonly loss: tf.Scalar }
  & Readonly<
    Record<string, tf.Tensor>
  >;

/**
 * Computes a loss, keeps the terms on the way to it, and gives the gradients of the loss, in one pass.
 *
 * @param compute Computes the terms from the tensors, which it uses directly.
 * @param tensors Variables, and other tensors such as probes, by name.
 * @returns The terms, and a gradient of the loss for each tensor, by the same names.
 * @throws {Error} If the loss does not depend on one of the tensors.
 */
export function lossAndGradients<Terms extends LossTerms>(
  compute: () => Terms,
  tensors: Readonly<Record<string, tf.Tensor>>,
): { readonly terms: Terms; readonly gradients: Gradients } {
  let kept: [string, tf.Tensor][] = [];
  const { value, gradients } = valueAndGradients(() => {
    const { loss, ...others } = compute();
    kept = Object.entries(others).map(([name, term]) => [name, tf.keep(term)]);
    return loss;
  }, tensors);
  const terms = kept.map(([name, term]) => [name, release(term)] as const);
  // The names are those of `compute`, and so are the tensors behind them.
  return {
    terms: { loss: value, ...Object.fromEntries(terms) } as unknown as Terms,
    gradients,
  };
}

/** Gives a kept tensor back to the scope of the caller. */
function release(term: tf.Tensor): tf.Tensor {
  const copy = term.clone();
  term.dispose();
  return copy;
}
