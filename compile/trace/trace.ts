import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { cast } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { extremes } from "../graph/integer_range.ts";
import type { Placeholder, Value } from "../graph/value.ts";
import type { Target } from "../lower/rule.ts";
import { checkOutputDType } from "../check_output_dtype.ts";
import type { RunnerOptions, StepFunction } from "../step_function.ts";
import type { TableSpec } from "../types.ts";
import type { DType } from "../dtype.ts";
import { checkSameConstants } from "./baked_constant.ts";
import { withRecorder } from "./engine_guard.ts";
import { type FrozenSettings, watchOptimizers } from "./frozen_settings.ts";
import { Recording } from "./recording.ts";
import { checkSameTrace } from "./same_trace.ts";
import { refuseRandomness, watchRandomness } from "./watch_randomness.ts";

/** A function as values of a graph. */
export interface Trace {
  /** What makes the values. */
  readonly graph: Graph;
  /** What is fed, by name. */
  readonly inputs: ReadonlyMap<string, Placeholder>;
  readonly outputs: ReadonlyMap<string, Value>;
  /** What is assigned to variables. */
  readonly updates: ReadonlyMap<tf.Variable, Value>;
  /** The variables that are read or assigned. */
  readonly variables: ReadonlyMap<tf.Variable, Placeholder>;
  /** The optimizers that take a step, and their settings. */
  readonly frozen: readonly FrozenSettings[];
}

type TraceOptions = Pick<RunnerOptions, "inputs" | "tables" | "outputs">;

/**
 * Traces a function: it is called until it creates no more variables, and once more to see that it does
 * the same again.
 *
 * @param block Channels of a block, where convolutions may use ONNX Runtime's own.
 * @throws {CompileError} If it cannot be compiled.
 */
export function trace(
  fn: StepFunction,
  options: TraceOptions,
  target: Target,
  block?: number,
): Trace {
  const once = () =>
    watchRandomness(() => traceOnce(fn, options, target, block));
  let { result: first, source } = once();
  if (first.recording.created.size > 0) {
    ({ result: first, source } = once()); // what the first call drew, it has drawn for its variables
  }
  const [created] = first.recording.created.keys();
  if (created) {
    throw new CompileError(
      `Cannot create a variable at every call ("${created.name}"): create it once, outside the function`,
    );
  }
  const { result: second, source: laterSource } = once();
  checkSameConstants(first.recording.constants, second.recording.constants);
  checkSameTrace(first, second);
  refuseRandomness(source ?? laterSource);
  return second;
}

/** Calls a function once. */
export function traceOnce(
  fn: StepFunction,
  options: TraceOptions,
  target: Target,
  block?: number,
): Trace & { readonly recording: Recording } {
  const recording = new Recording(target, block);
  return withRecorder(recording, () => {
    const inputs = new Map<string, Placeholder>();
    const tensors = symbolicTensors(recording, options, inputs);
    const { result: results, frozen } = watchOptimizers(() => fn(tensors));
    if (recording.failure) throw recording.failure;
    if (results instanceof Promise) {
      throw new CompileError(
        "Expected a synchronous function but found a promise",
      );
    }
    const outputs = new Map<string, Value>();
    for (const [name, tensor] of Object.entries(results)) {
      checkOutputDType(name, options.outputs[name] ?? "float32", tensor.dtype);
      outputs.set(`output/${name}`, recording.valueOf(tensor));
    }
    const updates = new Map<tf.Variable, Value>();
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      const value = recording.assignedTo(variable);
      if (!value || recording.created.has(variable)) continue;
      if (value !== recording.stateOf(variable)) updates.set(variable, value);
    }
    const { graph, variables } = recording;
    return { graph, inputs, outputs, updates, variables, frozen, recording };
  });
}

function symbolicTensors(
  recording: Recording,
  { inputs, tables }: TraceOptions,
  placeholders: Map<string, Placeholder>,
): Readonly<Record<string, tf.Tensor>> {
  const tensors: Record<string, tf.Tensor> = {};
  const give = (name: string, value: Value) => {
    const info = recording.store(value);
    tensors[name] = tf.engine().makeTensorFromTensorInfo(info);
  };
  const { graph } = recording;
  for (const [name, { shape, dtype = "float32" }] of Object.entries(inputs)) {
    const placeholder = graph.placeholder(`input/${name}`, shape, dtype);
    placeholders.set(name, placeholder);
    give(name, placeholder);
  }
  for (const [name, table] of Object.entries(tables)) {
    const { stored, seen } = tableTypes(table, recording.target);
    const range = lazily(() => extremes(table.data));
    const { shape } = table;
    const value = graph.placeholder(`table/${name}`, shape, stored, range);
    give(name, cast(graph, value, seen));
  }
  return tensors;
}

/** Computes something when it is first asked for. */
function lazily<T>(compute: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: compute() }).value;
}

/** How a table lies on the device, and how the function sees it. */
export function tableTypes({ data, dtype }: TableSpec, target: Target): {
  readonly stored: "float32" | "int32" | "uint8" | "bool";
  readonly seen: DType;
} {
  if (data instanceof Float32Array) {
    return { stored: "float32", seen: dtype ?? "float32" };
  }
  const seen = dtype ?? "int32";
  if (data instanceof Int32Array || target === "webgpu") {
    return { stored: "int32", seen }; // WebGPU computes with no bytes
  }
  return { stored: dtype === "bool" ? "bool" : "uint8", seen };
}
