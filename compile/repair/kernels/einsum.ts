/**
 * Sums over products on TensorFlow.js's cpu backend, whose own loses a factor that shares no axis with what is summed.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { parseEinsum } from "../../einsum_equation.ts";

/** Adds up the products of all combinations of indices, in double precision. */
export const einsum: tf.KernelConfig = {
  kernelName: "Einsum",
  backendName: "cpu",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const factors = Object.values(inputs) as tf.TensorInfo[]; // a list, as the engine passes lists
    const { equation } = attrs as unknown as tf.EinsumAttrs; // of this kernel
    const { operands, result, lengths } = parseEinsum(
      equation,
      factors.map(({ shape }) => shape),
    );
    const letters = [...lengths.keys()];
    const shape = [...result].map((letter) => lengths.get(letter)!); // checked when parsed
    const strides = [result, ...operands].map((axes) =>
      letters.map((letter) => strideOf(axes, letter, lengths))
    );
    const [into, ...from] = strides;
    const arrays = factors.map(({ dataId }) => {
      return (backend as tf.KernelBackend).readSync(dataId) as Float32Array; // or integers
    });
    const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
    const index = letters.map(() => 0);
    const count = [...lengths.values()].reduce((a, b) => a * b, 1);
    for (let i = 0; i < count; i++) {
      let product = 1;
      for (const [f, array] of arrays.entries()) {
        product *= array[dot(index, from[f]!)]!; // one list of strides for each
      }
      sums[dot(index, into!)]! += product;
      advance(index, letters, lengths);
    }
    const dtype = factors[0]!.dtype; // one factor at least
    const values = dtype === "float32"
      ? Float32Array.from(sums)
      : Int32Array.from(sums);
    const dataId = (backend as tf.KernelBackend).write(values, shape, dtype);
    return { dataId, shape, dtype };
  },
};

/** How far apart the elements of an axis lie; 0 where there is no such axis. */
function strideOf(
  axes: string,
  letter: string,
  lengths: ReadonlyMap<string, number>,
): number {
  const axis = axes.indexOf(letter);
  if (axis === -1) return 0;
  return [...axes.slice(axis + 1)].reduce(
    (product, inner) => product * lengths.get(inner)!, // checked when parsed
    1,
  );
}

function dot(index: readonly number[], strides: readonly number[]): number {
  let place = 0;
  for (let i = 0; i < index.length; i++) place += index[i]! * strides[i]!; // as many
  return place;
}

function advance(
  index: number[],
  letters: readonly string[],
  lengths: ReadonlyMap<string, number>,
): void {
  for (let i = index.length - 1; i >= 0; i--) {
    index[i]! += 1;
    if (index[i]! < lengths.get(letters[i]!)!) return; // one index for each letter
    index[i] = 0;
  }
}
