/**
 * Values of variables in the memory of ONNX Runtime on the CPU, shared by all functions compiled for it.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { ArrayOf, DType } from "../dtype.ts";
import { arrayFrom, arrayOf } from "./feed.ts";
import type { NativeRuntime, NativeTensor } from "./native/runtime.ts";
import { newestOf, noteNewest, type StateDevice } from "./state_store.ts";

/**
 * Two buffers for a variable: a step reads one and writes the other, since ONNX Runtime may write a
 * result before it has read all of an input.
 */
interface Buffers {
  current: NativeTensor;
  next: NativeTensor | undefined;
  version: number;
}

const buffers = new WeakMap<tf.Variable, Buffers>();

const device: StateDevice = {
  read: (variable) =>
    Promise.resolve(buffers.get(variable)!.current.data.slice()), // it holds the newest
};

/** Finds the newest values of a variable for a step to read. */
export async function currentState(
  runtime: NativeRuntime,
  variable: tf.Variable,
): Promise<NativeTensor> {
  const { version, holder } = newestOf(variable);
  const known = buffers.get(variable);
  if (known?.version === version) return known.current;
  const numbers = holder
    ? await holder.read(variable)
    : arrayFrom(variable.dtype as DType, await variable.data()); // checked when tracing
  const current = makeTensor(runtime, variable, numbers);
  buffers.set(variable, { current, next: known?.next, version });
  return current;
}

/** Finds the buffer for a step to write the next values of a variable to. */
export function nextState(
  runtime: NativeRuntime,
  variable: tf.Variable,
): NativeTensor {
  const { next } = buffers.get(variable)!; // read before, by `currentState()`
  if (next) return next;
  const zeros = arrayOf(variable.dtype as DType, variable.size); // checked when tracing
  const made = makeTensor(runtime, variable, zeros);
  buffers.get(variable)!.next = made;
  return made;
}

/**
 * Takes the values that a step has written for the newest, unless somebody assigned others since `currentState()`.
 */
export function acceptNextState(variable: tf.Variable): void {
  const { current, next, version } = buffers.get(variable)!; // made before, by `nextState()`
  const newest = noteNewest(variable, device, version);
  if (newest === undefined) return;
  buffers.set(variable, { current: next!, next: current, version: newest });
}

function makeTensor(
  runtime: NativeRuntime,
  { shape, dtype }: tf.Variable,
  numbers: ArrayOf<DType>,
): NativeTensor {
  return runtime.tensor(numbers, shape, dtype as DType); // checked when tracing
}
