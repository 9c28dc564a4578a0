/**
 * Parameters that are updated together.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Variables } from "../parameters/parameters.ts";

/** Parameters that are updated as one tensor. */
export interface Group {
  /** The name of the only parameter, or nothing for several parameters. */
  readonly name: string;
  /** Lengths of the tensor's axes. */
  readonly shape: readonly number[];
  /** Puts the tensors of the parameters into one. */
  readonly join: (
    tensors: Readonly<Record<string, tf.Tensor>>,
  ) => tf.Tensor;
  /** Takes the one tensor apart again. */
  readonly split: (joined: tf.Tensor) => Readonly<Record<string, tf.Tensor>>;
}

/**
 * Puts each variable into a group of its own, and all small ones into one.
 *
 * @param variables By name.
 * @param packBelow Variables of fewer numbers than this are small.
 */
export function groupBySize(
  variables: Variables,
  packBelow: number,
): readonly Group[] {
  const entries = Object.entries(variables);
  const isSmall = ({ size }: tf.Variable) => size < packBelow;
  const small = entries.filter(([, variable]) => isSmall(variable));
  const large = entries.filter(([, variable]) => !isSmall(variable));
  return [
    ...(small.length > 0 ? [packed(small)] : []),
    ...large.map(([name, { shape }]) => only(name, shape)),
  ];
}

function only(name: string, shape: readonly number[]): Group {
  return {
    name,
    shape,
    join: (tensors) => tensors[name]!, // the optimizer has looked for it
    split: (joined) => ({ [name]: joined }),
  };
}

function packed(entries: readonly (readonly [string, tf.Variable])[]): Group {
  const sizes = entries.map(([, { size }]) => size);
  return {
    name: "",
    shape: [sizes.reduce((sum, size) => sum + size, 0)],
    join: (tensors) =>
      tf.concat1d(entries.map(([name]) => tensors[name]!.as1D())), // as above
    split: (joined) => {
      const parts = tf.split(joined, sizes);
      return Object.fromEntries(
        entries.map(([name, { shape }], i) =>
          [name, parts[i]!.reshape(shape)] as const // a part for each size
        ),
      );
    },
  };
}
