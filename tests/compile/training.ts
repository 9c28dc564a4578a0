/**
 * Training of small models: what a step does, and random numbers to feed it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { DType } from "../../compile/dtype.ts";
import { random } from "./agreement.ts";

/** A model that trains by steps. */
export interface Model {
  readonly inputs: Readonly<
    Record<
      string,
      { readonly shape: readonly number[]; readonly dtype?: DType }
    >
  >;
  readonly step: (
    tensors: Readonly<Record<string, tf.Tensor>>,
  ) => { loss: tf.Tensor };
  /** Numbers for one step; learningRate comes on top. */
  readonly feed: () => Record<string, Float32Array | Int32Array>;
  readonly variables: readonly tf.Variable[];
}

/**
 * A model that trains with Adam (Kingma & Ba 2015), with the learning rate as an input.
 *
 * @param variables What the loss depends on.
 * @param inputs Of the loss.
 * @param loss Of one step, a scalar.
 * @param vocabulary Integers fed are below it.
 */
export function training(
  variables: readonly tf.Variable[],
  inputs: Model["inputs"],
  loss: (tensors: Readonly<Record<string, tf.Tensor>>) => tf.Tensor,
  vocabulary = 2,
): Model {
  const slots = variables.map((variable) => ({
    mean: tf.variable(tf.zerosLike(variable)),
    square: tf.variable(tf.zerosLike(variable)),
  }));
  const count = tf.variable(tf.scalar(0));
  const step = (tensors: Readonly<Record<string, tf.Tensor>>) => {
    const compute = () => loss(tensors) as tf.Scalar;
    const { value, grads } = tf.variableGrads(compute, [...variables]);
    count.assign(count.add(1));
    const root = tf.sub(1, tf.pow(0.999, count)).sqrt();
    const rate = tensors["learningRate"]!.mul(root).div(
      tf.sub(1, tf.pow(0.9, count)),
    );
    for (const [i, variable] of variables.entries()) {
      const gradient = grads[variable.name]!; // one for each variable
      const { mean, square } = slots[i]!;
      mean.assign(mean.mul(0.9).add(gradient.mul(0.1)));
      square.assign(square.mul(0.999).add(gradient.square().mul(0.001)));
      variable.assign(
        variable.sub(mean.div(square.sqrt().add(1e-8)).mul(rate)),
      );
    }
    return { loss: value };
  };
  const feed = () =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, dtype }]) => {
        const length = shape.reduce((a, b) => a * b, 1);
        const numbers = Array.from({ length }, random);
        return dtype === "int32"
          ? [name, Int32Array.from(numbers, (x) => Math.floor(x * vocabulary))]
          : [name, Float32Array.from(numbers)];
      }),
    );
  const all = [
    ...variables,
    ...slots.flatMap(({ mean, square }) => [mean, square]),
    count,
  ];
  return {
    inputs: { ...inputs, learningRate: { shape: [] } },
    step,
    feed,
    variables: all,
  };
}

/** A variable of uniform numbers within 1 / sqrt(rows). */
export function parameter(shape: number[]): tf.Variable {
  const count = shape.reduce((a, b) => a * b, 1);
  const scale = 1 / Math.sqrt(shape[0]!); // rows, for weights
  return tf.variable(
    tf.tensor(
      Float32Array.from({ length: count }, () => (2 * random() - 1) * scale),
      shape,
    ),
  );
}
