/**
 * A backend of TensorFlow.js that computes nothing, but records what it is asked to compute.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import type { DType } from "../dtype.ts";
import { cast } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import { checkCall, type Operands } from "../kernels/check_call.ts";
import { operandTypes } from "../kernels/operand_types.ts";
import { checkDeterministic, findRule, LOWERED_KERNELS } from "../lower/mod.ts";
import { foldConstants, type KernelValues } from "./fold_constants.ts";
import type { Recording } from "./recording.ts";

/** Name of the backend in TensorFlow.js. */
export const RECORDER = "lowerbound-recorder";

let current: Recording | undefined;

/** Makes a recording the one that operations go to. */
export function recordInto(recording: Recording | undefined): void {
  register();
  current = recording;
}

function active(): Recording {
  if (current) return current;
  throw new CompileError(
    "Cannot use a tensor of a compiled function outside it: return it as an output",
  );
}

class RecordingBackend extends tf.KernelBackend {
  override write(
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
  ): object {
    return active().write(values, shape, dtype);
  }

  override readSync(dataId: object): Float32Array | Int32Array | Uint8Array {
    return active().read(dataId);
  }

  override read(dataId: object): Promise<tf.backend_util.BackendValues> {
    return Promise.resolve(active().read(dataId));
  }

  override incRef(dataId: object): void {
    current?.addReference(dataId);
  }

  override refCount(dataId: object): number {
    return current?.referencesTo(dataId) ?? 0;
  }

  override disposeData(dataId: object, force = false): boolean {
    return current?.dropReference(dataId, force ? "all" : "one") ?? true;
  }

  override numDataIds(): number {
    return 0;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7; // that of the cpu backend
  }

  override dispose(): void {}
}

function register(): void {
  if (tf.findBackendFactory(RECORDER)) return;
  tf.registerBackend(RECORDER, () => new RecordingBackend(), -1);
  const known = tf.getKernelsForBackend("cpu").map((kernel) =>
    kernel.kernelName
  );
  for (const kernelName of new Set([...known, ...LOWERED_KERNELS])) {
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => {
      return record(kernelName, inputs, attrs ?? {});
    };
    tf.registerKernel({ kernelName, backendName: RECORDER, kernelFunc });
  }
}

/** Replaces a kernel call by values of the graph. */
function record(
  kernel: string,
  inputs: tf.NamedTensorInfoMap | readonly tf.TensorInfo[] | undefined,
  attributes: tf.NamedAttrMap,
): tf.TensorInfo | tf.TensorInfo[] {
  const recording = active();
  checkDeterministic(kernel);
  const values = Array.isArray(inputs)
    ? inputs.map((input) => recording.valueOf(input))
    : Object.fromEntries(
      Object.entries(inputs ?? {}).flatMap(([name, input]) => {
        return input ? [[name, recording.valueOf(input)]] : [];
      }),
    );
  const { graph, target } = recording;
  checkCall(kernel, { ...values } as Operands, attributes); // rules give tensors
  const admitted = castOperands(graph, kernel, values);
  const lowered = foldConstants(graph, kernel, admitted, attributes) ??
    findRule(kernel, target).lower(graph, admitted, attributes);
  if ("kind" in lowered) return recording.store(lowered);
  return lowered.map((value) => recording.store(value));
}

/** Operands in the types that a kernel computes with. */
function castOperands(
  graph: Graph,
  kernel: string,
  values: KernelValues,
): KernelValues {
  const entries: readonly (readonly [string, Value])[] = Object.entries(values);
  const found = entries.map(([name, { dtype }]) => [name, dtype as DType]); // rules give tensors
  const types = operandTypes(kernel, Object.fromEntries(found));
  const admitted = entries.map(([name, value]) => {
    return [name, cast(graph, value, types[name]!)] as const; // a type for each
  });
  if (Array.isArray(values)) return admitted.map(([, value]) => value);
  return Object.fromEntries(admitted);
}
