/**
 * Parameters that are updated together.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Variables } from "../parameters/parameters.ts";
import type { SlotLayout } from "./optimizer.ts";

/** Parameters that are updated as one tensor. */
export interface Group {
  /** The name of the only parameter, or nothing for all parameters. */
  readonly name: string;
  /** Of the tensor. */
  readonly shape: readonly number[];
  /** Puts the tensors of the parameters into one. */
  readonly join: (
    tensors: Readonly<Record<string, tf.Tensor>>,
  ) => tf.Tensor;
  /** Takes the one tensor apart again. */
  readonly split: (joined: tf.Tensor) => Readonly<Record<string, tf.Tensor>>;
}

/** Puts each variable into a group of its own, or all into one. */
export function groupBy(
  layout: SlotLayout,
  variables: Variables,
): readonly Group[] {
  if (layout === "packed") return [all(variables)];
  return Object.entries(variables).map(([name, { shape }]) =>
    only(name, shape)
  );
}

function only(name: string, shape: readonly number[]): Group {
  return {
    name,
    shape,
    join: (tensors) => tensors[name]!, // the optimizer has looked for it
    split: (joined) => ({ [name]: joined }),
  };
}

function all(variables: Variables): Group {
  const entries = Object.entries(variables);
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
