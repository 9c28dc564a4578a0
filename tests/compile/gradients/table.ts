/**
 * The table of gradients, and how it is read.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { withGradients } from "../../../compile/gradients/mod.ts";
import { withReferenceKernels } from "../../../compile/kernels/reference.ts";
import golden from "../../golden/gradients.json" with { type: "json" };
import { waveValues } from "../../golden/waves.ts";
import type { Fn } from "./functions.ts";

/** Of a row in the table: a wave, the least number plus the absolute value of one, or given. */
export interface Operand {
  readonly shape: readonly number[];
  readonly phase?: number;
  readonly amplitude?: number;
  readonly least?: number;
  readonly data?: readonly number[];
}

/** An operation's inputs and derivatives. */
export interface Row {
  readonly inputs: readonly Operand[];
  readonly value: readonly (number | string)[];
  readonly gradients: readonly (readonly (number | string)[])[];
  readonly hessianTimesVector: readonly (readonly (number | string)[])[];
  readonly isSmooth: boolean;
}

/** All of `tests/golden/gradients.json`, by name. */
export const ROWS: Readonly<Record<string, Row>> = golden
  .cases as unknown as Readonly<Record<string, Row>>; // as the script writes them

/** Kernels whose gradient is refused a second time, by name. */
export const ONCE: readonly string[] = ["dilation2d"];

/** How often an operation is differentiated. */
export function orderOf(name: string): "once" | "twice" {
  return ONCE.includes(name) ? "once" : "twice";
}

/** TensorFlow.js as device "tfjs" runs it. */
export function eagerly<T>(run: () => T): T {
  return withGradients(() => withReferenceKernels(run));
}

/** Numbers of an input. */
export function valuesOf(
  { shape, phase = 0, amplitude = 1, least, data }: Operand,
): Float32Array {
  if (data) return Float32Array.from(data);
  const wave = waveValues(shape.reduce((a, b) => a * b, 1), phase, amplitude);
  if (least === undefined) return wave;
  return wave.map((value) => Math.fround(least) + Math.abs(value));
}

function waveLike(x: tf.Tensor, phase: number): tf.Tensor {
  return tf.tensor(waveValues(x.size, phase), x.shape);
}

/** The loss that the table differentiates. */
export function lossOf(fn: Fn, inputs: tf.Tensor[]): tf.Scalar {
  const y = fn(...inputs);
  return y.mul(waveLike(y, 0.4)).sum().asScalar();
}

/** The value, the gradients of the loss, and those of their sum with waves. */
export function derivatives(
  fn: Fn,
  inputs: readonly tf.Tensor[],
  order: "once" | "twice",
): Record<string, tf.Tensor> {
  const gradients = (...xs: tf.Tensor[]) =>
    tf.grads((...xs: tf.Tensor[]) => lossOf(fn, xs))(xs);
  const along = (...xs: tf.Tensor[]) =>
    tf.addN(
      gradients(...xs).map((gradient) =>
        gradient.mul(waveLike(gradient, 2.2)).sum()
      ),
    );
  const first = gradients(...inputs);
  const second = order === "once" ? [] : secondGradients(along, inputs);
  return Object.fromEntries([
    ["value", fn(...inputs)] as const,
    ...first.map((gradient, i) => [`gradient${i}`, gradient] as const),
    ...second.map((product, i) => [`product${i}`, product] as const),
  ]);
}

/** Zeros where a gradient depends on nothing, which tfjs calls an error. */
function secondGradients(
  along: (...xs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const anchored = (...xs: tf.Tensor[]) =>
    tf.addN([along(...xs), ...xs.map((x) => x.mul(0).sum())]);
  return tf.grads(anchored)([...inputs]);
}
