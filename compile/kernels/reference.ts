/**
 * The kernels of TensorFlow.js's cpu backend, right for all types of numbers.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { DType } from "../dtype.ts";
import { firstOutside, outsideError } from "../graph/index_check.ts";
import { positiveAxis } from "../graph/shape.ts";
import { checkCall, type Operands } from "./check_call.ts";
import { type Exact, exactKernel } from "./exact.ts";
import { make, type Numbers } from "./numbers.ts";
import { KNOWN_KERNELS, operandTypes } from "./operand_types.ts";

const BACKEND = "cpu";

/** What a backend of tensors in memory can do. */
interface MemoryBackend extends tf.KernelBackend {
  write(
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
  ): object;
  readSync(dataId: object): Float32Array | Int32Array | Uint8Array;
}

/**
 * Runs a function with these kernels in the place of those of the cpu backend, which has its own back afterwards.
 *
 * @throws {CompileError} If a kernel has no right result for the types, indices or attributes it is called with.
 */
export function withReferenceKernels<T>(run: () => T): T {
  const originals = KNOWN_KERNELS.flatMap((name) => {
    return tf.getKernel(name, BACKEND) ?? [];
  });
  for (const original of originals) {
    replace({
      ...original,
      kernelFunc: (call) => compute(original, call),
    });
  }
  try {
    return run();
  } finally {
    originals.forEach(replace);
  }
}

function replace(config: tf.KernelConfig): void {
  tf.unregisterKernel(config.kernelName, BACKEND);
  tf.registerKernel(config);
}

type Call = Parameters<tf.KernelFunc>[0];
type Inputs = tf.NamedTensorInfoMap | tf.TensorInfo[];

/** Computes a kernel of the cpu backend: operands are brought to the types that it takes. */
export function compute(
  { kernelName, kernelFunc }: tf.KernelConfig,
  { inputs, backend, attrs = {} }: Call,
): tf.TensorInfo | tf.TensorInfo[] {
  const memory = backend as MemoryBackend; // that of the cpu
  const entries = Object.entries(inputs).flatMap(([name, input]) => {
    return input ? [[name, input] as const] : []; // tfjs leaves some out
  });
  if (entries.some(([, { dtype }]) => !isKnown(dtype))) {
    return kernelFunc({ inputs, backend, attrs });
  }
  const operands = Object.fromEntries(entries);
  checkCall(kernelName, operands as Operands, attrs); // of known types
  const types = operandTypes(
    kernelName,
    Object.fromEntries(
      entries.map(([name, { dtype }]) => [name, dtype as DType]), // of known types
    ),
  );
  const exact = exactKernel(kernelName, Object.values(types));
  const own: object[] = [];
  const admitted = entries.map(([name, input]) => {
    const known = admit(memory, input, types[name]!); // a type for each
    if (known !== input) own.push(known.dataId);
    return [name, known] as const;
  });
  if (kernelName === "GatherV2") checkIndices(memory, operands, attrs);
  const result = exact
    ? computeExact(memory, exact, admitted, attrs)
    : kernelFunc({ inputs: like(inputs, admitted), backend, attrs });
  for (const dataId of own) memory.disposeData(dataId);
  return result;
}

/** @throws {RangeError} If an index lies outside. */
function checkIndices(
  memory: MemoryBackend,
  operands: Readonly<Record<string, tf.TensorInfo>>,
  attributes: tf.NamedAttrMap,
): void {
  const { x, indices } = operands as unknown as tf.GatherV2Inputs; // of this kernel
  const { axis } = attributes as unknown as tf.GatherV2Attrs;
  const length = x!.shape[positiveAxis(axis, x!.shape.length)]!; // it has the axis
  const outside = firstOutside(memory.readSync(indices!.dataId), [length]);
  if (outside) throw outsideError("GatherV2", outside);
}

function isKnown(dtype: string): dtype is DType {
  return dtype === "float32" || dtype === "int32" || dtype === "bool";
}

/** A tensor of another type, or of bools that are 0 and 1. */
function admit(
  memory: MemoryBackend,
  input: tf.TensorInfo,
  dtype: DType,
): tf.TensorInfo {
  const numbers = memory.readSync(input.dataId);
  const isRight = input.dtype === dtype &&
    (dtype !== "bool" || numbers.every((byte) => byte <= 1));
  if (isRight) return input;
  const values = make(dtype, numbers.length);
  for (let i = 0; i < values.length; i++) {
    const number = numbers[i]!; // as many
    values[i] = input.dtype === "bool" ? Number(number !== 0) : number;
  }
  const { shape } = input;
  return { dataId: memory.write(values, shape, dtype), shape, dtype };
}

function computeExact(
  memory: MemoryBackend,
  exact: Exact,
  admitted: readonly (readonly [string, tf.TensorInfo])[],
  attributes: tf.NamedAttrMap,
): tf.TensorInfo {
  const operands = admitted.map(([name, { dataId, shape, dtype }]) => {
    const values = memory.readSync(dataId);
    return [name, { values, shape, dtype } as Numbers] as const; // of known types
  });
  const found = exact(Object.fromEntries(operands), attributes);
  const [shape, { dtype }] = [[...found.shape], found];
  const values = found.values as Float32Array; // or another typed array
  return { dataId: memory.write(values, shape, dtype), shape, dtype };
}

/** A list for a list, else by name. */
function like(
  inputs: Inputs,
  admitted: readonly (readonly [string, tf.TensorInfo])[],
): tf.NamedTensorInfoMap {
  if (!Array.isArray(inputs)) return Object.fromEntries(admitted);
  const list: unknown = admitted.map(([, input]) => input);
  return list as tf.NamedTensorInfoMap; // the engine passes lists so as well
}
