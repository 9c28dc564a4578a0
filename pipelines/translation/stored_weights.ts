/**
 * Weights of a translator that come from a file.
 * @module
 */
import type {
  SampleParameter,
  Variables,
} from "../../models/parameters/parameters.ts";
import { assignWeights, type Weights } from "../training/weights.ts";

/** Zeros, for parameters that a file will replace. */
export const zeroParameter: SampleParameter = ({ shape }) =>
  new Float32Array(shape.reduce((size, side) => size * side, 1));

/**
 * Gives a model the weights of a file.
 *
 * @param model The model, disposed where the weights do not fit.
 * @param weights Of the file.
 * @returns Disposes the model.
 * @throws {RangeError} If they do not fit.
 */
export function takeWeights(
  model: Disposable & { readonly variables: Variables },
  weights: Weights,
): () => void {
  using stack = new DisposableStack();
  stack.use(model);
  assignWeights(model.variables, weights);
  const kept = stack.move();
  return () => kept.dispose();
}
