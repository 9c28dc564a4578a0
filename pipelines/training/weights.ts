/**
 * The numbers of a model, outside of its variables.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { StoredTensor } from "../core/context.ts";

/** Arrays by the name of the variable that they belong to. */
export type Weights = Readonly<Record<string, StoredTensor>>;

/**
 * Copies the values of variables.
 *
 * @param variables The variables, which must hold their newest values: call `sync()` of a compiled step first.
 * @returns The values, by the same names.
 */
export async function readWeights(variables: Variables): Promise<Weights> {
  const read = async ([name, variable]: [string, tf.Variable]) => {
    const data = await variable.data<"float32" | "int32">();
    const copy = data instanceof Int32Array
      ? new Int32Array(data)
      : new Float32Array(data);
    return [name, { shape: variable.shape, data: copy }] as const;
  };
  return Object.fromEntries(
    await Promise.all(Object.entries(variables).map(read)),
  );
}

/**
 * Gives variables the values of earlier ones.
 *
 * @param variables The variables to change.
 * @param weights Values with the same names and shapes.
 * @throws {RangeError} If a value is missing or its shape differs; then nothing has changed.
 */
export function assignWeights(variables: Variables, weights: Weights): void {
  for (const [name, variable] of Object.entries(variables)) {
    const shape = weights[name]?.shape.join(", ");
    if (shape === variable.shape.join(", ")) continue;
    throw new RangeError(
      `Expected weights "${name}" of shape [${variable.shape}] but found ${
        shape === undefined ? "none" : `[${shape}]`
      }`,
    );
  }
  for (const [name, variable] of Object.entries(variables)) {
    const { data, shape } = weights[name]!; // checked above
    const value = tf.tensor(data, [...shape], variable.dtype);
    variable.assign(value);
    value.dispose();
  }
}

/** Gives arrays names that begin with a prefix. */
export function prefixed(prefix: string, weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, value]) => [prefix + name, value]),
  );
}

/** The arrays whose names begin with a prefix, by the rest of their names. */
export function withPrefix(prefix: string, weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
