/**
 * Values of variables in the memory of ONNX Runtime on the CPU, shared by all functions compiled for it.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type * as ort from "onnxruntime-node";
import type { ArrayOf, DType } from "../types.ts";
import { arrayOf } from "./feed.ts";
import type { OnnxRuntime } from "./onnx_runtime.ts";
import { newestOf, noteNewest, type StateDevice } from "./state_store.ts";

/**
 * Two buffers for a variable: a step reads one and writes the other, since ONNX Runtime may write a
 * result before it has read all of an input.
 */
interface Buffers {
  current: ort.Tensor;
  next: ort.Tensor | undefined;
  version: number;
}

const buffers = new WeakMap<tf.Variable, Buffers>();

const device: StateDevice = {
  read: (variable) =>
    Promise.resolve(numbersOf(buffers.get(variable)!.current)), // it holds the newest
};

/** Finds the newest values of a variable for a step to read. */
export async function currentState(
  runtime: OnnxRuntime,
  variable: tf.Variable,
): Promise<ort.Tensor> {
  const { version, holder } = newestOf(variable);
  const known = buffers.get(variable);
  if (known?.version === version) return known.current;
  const numbers = holder
    ? await holder.read(variable)
    : (await variable.data()).slice();
  const current = makeTensor(runtime, numbers, variable.shape);
  buffers.set(variable, { current, next: known?.next, version });
  return current;
}

/** Finds the buffer for a step to write the next values of a variable to. */
export function nextState(
  runtime: OnnxRuntime,
  variable: tf.Variable,
): ort.Tensor {
  const { current, next } = buffers.get(variable)!; // read before, by `currentState()`
  if (next) return next;
  const zeros = arrayOf(variable.dtype as DType, variable.size); // checked when tracing
  const made = makeTensor(runtime, zeros, current.dims);
  buffers.get(variable)!.next = made;
  return made;
}

/** Takes the values that a step has written for the newest. */
export function acceptNextState(variable: tf.Variable): void {
  const { current, next } = buffers.get(variable)!; // made before, by `nextState()`
  const version = noteNewest(variable, device);
  buffers.set(variable, { current: next!, next: current, version });
}

/** Makes a tensor around numbers. */
export function makeTensor(
  runtime: OnnxRuntime,
  numbers: ArrayOf<DType>,
  shape: readonly number[],
  dtype: "float32" | "int32" | "uint8" | "bool" = dtypeOf(numbers),
): ort.Tensor {
  return new runtime.Tensor(dtype, numbers as Uint8Array, shape);
}

function dtypeOf(numbers: ArrayOf<DType>): DType {
  if (numbers instanceof Float32Array) return "float32";
  return numbers instanceof Int32Array ? "int32" : "bool";
}

/** A copy of the numbers of a tensor. */
function numbersOf(tensor: ort.Tensor): ArrayOf<DType> {
  return (tensor.data as ArrayOf<DType>).slice(); // a variable's type
}
