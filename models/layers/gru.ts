/**
 * Gated recurrent units.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { fanInUniform } from "../parameters/initials.ts";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { linear, type LinearParameters } from "./linear.ts";

/** The parameters of {@linkcode gruCell}; the columns are those of the reset gate, the update gate and the candidate. */
export interface GruParameters<P = tf.Tensor> {
  /** Map of the input, [input, 3 units] and [3 units]. */
  readonly input: Required<LinearParameters<P>>;
  /** Map of the state, [units, 3 units] and [3 units]. */
  readonly hidden: Required<LinearParameters<P>>;
}

/**
 * Declares the parameters of {@linkcode gruCell}: uniform within 1 / sqrt(units), as in PyTorch.
 *
 * @param inputs Length of the input vectors.
 * @param units Length of the state.
 */
export function gruSpecs(
  inputs: number,
  units: number,
): GruParameters<ParameterSpec> {
  const initial = fanInUniform(units);
  const bias = { shape: [3 * units], initial };
  return {
    input: { weight: { shape: [inputs, 3 * units], initial }, bias },
    hidden: { weight: { shape: [units, 3 * units], initial }, bias },
  };
}

/**
 * One step: h' = (1 - z) n + z h, with r and z = sigmoid(W x + b + U h + c), n = tanh(W x + b + r (U h + c)).
 *
 * Source: Cho et al. 2014, section 2.3, with the reset gate behind the recurrent product and z for what is kept, as in
 * cuDNN and PyTorch.
 *
 * @param projected W x + b, [batch, 3 units]: `linear(x, parameters.input)`, for all steps at once where they are known.
 * @param state h, [batch, units]
 * @param hidden Weight and bias of the state.
 * @returns The next state, [batch, units]
 */
export function gruCell(
  projected: tf.Tensor,
  state: tf.Tensor,
  hidden: GruParameters["hidden"],
): tf.Tensor {
  const units = state.shape[1]!; // a matrix
  const parts = (x: tf.Tensor) => tf.split(x, [2 * units, units], 1);
  const [gates, own] = parts(projected);
  const [recurrentGates, recurrent] = parts(linear(state, hidden));
  const opened = tf.sigmoid(gates!.add(recurrentGates!)); // two parts, as below
  const [reset, update] = tf.split(opened, 2, 1);
  const candidate = tf.tanh(own!.add(reset!.mul(recurrent!)));
  return candidate.add(update!.mul(state.sub(candidate)));
}

/** What a recurrent layer gives. */
export interface GruResult {
  /** The state after each step, zero for padding, each [batch, units]. */
  readonly outputs: readonly tf.Tensor[];
  /** The state after the last real step, [batch, units]. */
  readonly last: tf.Tensor;
}

/**
 * Reads sequences step by step, from a state of zeros.
 *
 * Padding keeps the state, so that the last state is that of the last token, and a backward layer begins at the last
 * token.
 *
 * @param x [batch, step, input]
 * @param isToken One for tokens and zero for padding, [batch, step].
 * @param parameters Of the cell.
 * @param direction From the first step to the last, or back.
 */
export function gru(
  x: tf.Tensor,
  isToken: tf.Tensor2D,
  parameters: GruParameters,
  direction: "forward" | "backward",
): GruResult {
  const [batch, steps] = isToken.shape;
  const units = parameters.hidden.weight.shape[0]!; // a matrix
  const projected = tf.unstack(linear(x, parameters.input), 1);
  const masks = tf.unstack(isToken.reshape([batch, steps, 1]), 1); // each [batch, 1]
  const outputs: tf.Tensor[] = new Array(steps);
  let last: tf.Tensor = tf.zeros([batch, units]);
  for (let i = 0; i < steps; i++) {
    const step = direction === "forward" ? i : steps - 1 - i;
    const next = gruCell(projected[step]!, last, parameters.hidden); // as many
    last = last.add(masks[step]!.mul(next.sub(last))); // as many
    outputs[step] = last.mul(masks[step]!);
  }
  return { outputs, last };
}
