/**
 * Values of variables in graphics memory, shared by all functions compiled for WebGPU.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type * as ort from "onnxruntime-web/webgpu";
import type { ArrayOf, DType } from "../dtype.ts";
import { arrayFrom } from "./feed.ts";
import type { OnnxRuntimeWeb } from "./onnx_runtime_web.ts";
import { newestOf, noteNewest, type StateDevice } from "./state_store.ts";

interface Held {
  readonly tensor: ort.Tensor;
  readonly version: number;
}

const held = new WeakMap<tf.Variable, Held>();

const device: StateDevice = {
  read: async (variable) => {
    const { tensor } = held.get(variable)!; // it holds the newest
    return await tensor.getData() as ArrayOf<DType>; // a variable's type
  },
};

/** Finds the newest values of a variable for a step to read. */
export async function currentState(
  runtime: OnnxRuntimeWeb,
  variable: tf.Variable,
): Promise<ort.Tensor> {
  const { version, holder } = newestOf(variable);
  const known = held.get(variable);
  if (known?.version === version) return known.tensor;
  const numbers = holder
    ? await holder.read(variable)
    : arrayFrom(variable.dtype as DType, await variable.data()); // checked when tracing
  known?.tensor.dispose();
  const tensor = await upload(runtime, numbers, variable.shape);
  held.set(variable, { tensor, version });
  return tensor;
}

/** The version of the values that `currentState()` found. */
export function heldVersion(variable: tf.Variable): number {
  return held.get(variable)!.version; // found before
}

/**
 * Takes what a step has computed for the newest values of a variable, unless somebody assigned others meanwhile.
 *
 * @param since The version of the values when the step began.
 */
export function acceptState(
  variable: tf.Variable,
  tensor: ort.Tensor,
  since: number,
): void {
  const newest = noteNewest(variable, device, since);
  if (newest === undefined) return tensor.dispose();
  held.get(variable)?.tensor.dispose();
  held.set(variable, { tensor, version: newest });
}

/** Frees the values of variables, which must be up to date elsewhere. */
export function forgetState(variables: Iterable<tf.Variable>): void {
  for (const variable of variables) {
    held.get(variable)?.tensor.dispose();
    held.delete(variable);
  }
}

/** Copies numbers into graphics memory. */
export async function upload(
  runtime: OnnxRuntimeWeb,
  numbers: ArrayOf<DType>,
  dims: readonly number[],
): Promise<ort.Tensor> {
  if (numbers instanceof Uint8Array) { // bools, which lie there in another form
    return new runtime.Tensor("bool", numbers, dims);
  }
  const gpu = await runtime.env.webgpu.device as GPUDevice; // typed as unknown, for runtimes without WebGPU
  const size = Math.max(16, Math.ceil(numbers.byteLength / 16) * 16); // as ONNX Runtime aligns its own
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usage = STORAGE | COPY_SRC | COPY_DST;
  const buffer = gpu.createBuffer({ size, usage });
  gpu.queue.writeBuffer(buffer, 0, numbers.slice());
  const dataType = numbers instanceof Float32Array ? "float32" : "int32";
  return runtime.Tensor.fromGpuBuffer(buffer, {
    dataType,
    dims,
    dispose: () => buffer.destroy(),
  });
}
