import { parseEinsum } from "../einsum_equation.ts";
import type { Numbers } from "./numbers.ts";

/**
 * A sum over products of elements, by Einstein's convention: every letter that the result does not name is summed over,
 * also where one factor alone has it, for which TensorFlow.js has wrong sums.
 *
 * Each letter is a loop; factors take part one by one, so that a sum over one letter is a matrix product.
 */
export function einsum(
  factors: readonly Numbers[],
  equation: string,
): Numbers {
  const { operands, result, lengths } = parseEinsum(
    equation,
    factors.map(({ shape }) => shape),
  );
  const summed = [...lengths.keys()].filter((letter) =>
    !result.includes(letter)
  );
  const order = [...result, ...summed];
  const counts = order.map((letter) => lengths.get(letter)!); // all were found
  const strides = operands.map((names, i) => {
    return order.map((letter) => strideOf(letter, names, factors[i]!.shape)); // names for each
  });
  const dtype = factors[0]!.dtype; // one factor at least
  const shape = counts.slice(0, result.length);
  const size = shape.reduce((a, b) => a * b, 1);
  const terms = counts.slice(result.length).reduce((a, b) => a * b, 1);
  const values = dtype === "float32"
    ? new Float32Array(size)
    : new Int32Array(size);
  const at = counts.map(() => 0);
  const place = factors.map(() => 0);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let term = 0; term < terms; term++) {
      let product = 1;
      for (let f = 0; f < factors.length; f++) {
        const factor = factors[f]!.values[place[f]!]!; // within it
        product = dtype === "float32"
          ? product * factor
          : Math.imul(product, factor);
      }
      sum += product;
      for (let axis = counts.length - 1; axis >= 0; axis--) { // the next term
        at[axis]!++;
        for (let f = 0; f < place.length; f++) place[f]! += strides[f]![axis]!;
        if (at[axis]! < counts[axis]!) break;
        for (let f = 0; f < place.length; f++) {
          place[f]! -= strides[f]![axis]! * counts[axis]!;
        }
        at[axis] = 0;
      }
    }
    values[i] = sum;
  }
  return { values, shape, dtype };
}

/** How far apart the elements of a factor are along a letter; 0 where it has none. */
function strideOf(
  letter: string,
  names: string,
  shape: readonly number[],
): number {
  let [stride, sum] = [1, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (names[axis] === letter) sum += stride;
    stride *= shape[axis]!; // it has the axis
  }
  return sum;
}
