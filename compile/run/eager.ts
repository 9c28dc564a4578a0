import * as tf from "@tensorflow/tfjs";
import { elementCount } from "../graph/shape.ts";
import { withGradients } from "../gradients/mod.ts";
import type { Runner } from "./runner.ts";
import type { RunnerOptions, StepFunction } from "../step_function.ts";
import { arrayOf, type FeedBatch } from "./feed.ts";
import type { ArrayOf, DType } from "../dtype.ts";
import { withReferenceKernels } from "../kernels/reference.ts";
import { checkOutputDType } from "../check_output_dtype.ts";
import { Output } from "../output.ts";
import { failureAfter } from "./failure.ts";
import { syncVariables } from "./state_store.ts";

/** Runs a function as it is, in TensorFlow.js: the reference for all other devices. */
export async function eagerRunner(
  fn: StepFunction,
  options: RunnerOptions,
): Promise<Runner> {
  await tf.ready();
  const tables = new Map<string, tf.Tensor>();
  for (const [name, { data, shape, dtype }] of Object.entries(options.tables)) {
    const fallback = data instanceof Float32Array ? "float32" : "int32";
    const tensor = tf.tensor(data, [...shape], dtype ?? fallback);
    tables.set(name, tf.keep(tensor));
  }
  return {
    device: "tfjs",
    async run(batch) {
      await syncVariables();
      const steps = Array.from({ length: batch.steps }, (_, step) => {
        try {
          return wholly(() => runStep(fn, options, tables, batch, step));
        } catch (cause) {
          throw failureAfter(step, batch.steps, cause);
        }
      });
      return options.stepsPerCall > 1 ? stack(steps) : steps[0]!; // one step at least
    },
    dispose() {
      for (const tensor of tables.values()) tensor.dispose();
    },
  };
}

type Results = Record<string, Output<DType>>;

function runStep(
  fn: StepFunction,
  options: RunnerOptions,
  tables: ReadonlyMap<string, tf.Tensor>,
  batch: FeedBatch,
  step: number,
): Results {
  return withGradients(() =>
    tf.tidy(() => {
      const tensors: Record<string, tf.Tensor> = Object.fromEntries(tables);
      for (const [name, spec] of Object.entries(options.inputs)) {
        const { shape, dtype = "float32" } = spec;
        const count = elementCount(shape);
        const array = batch.arrays.get(name)!; // checked by `checkFeeds()`
        const values = array.slice(step * count, (step + 1) * count);
        tensors[name] = tf.tensor(values, [...shape], dtype);
      }
      const results: Results = {};
      const outputs = withReferenceKernels(() => fn(tensors));
      for (const [name, tensor] of Object.entries(outputs)) {
        const dtype = options.outputs[name] ?? "float32";
        checkOutputDType(name, dtype, tensor.dtype);
        const array = arrayOf(dtype, tensor.size);
        array.set(tensor.dataSync());
        results[name] = new Output(array, tensor.shape);
      }
      return results as Results & tf.TensorContainerObject; // holds no tensor: a copy of their numbers
    })
  );
}

/** Runs something that leaves all variables as they were where it fails. */
function wholly<T>(run: () => T): T {
  const variables = Object.values(tf.engine().registeredVariables);
  const saved = variables.map((variable) => tf.keep(variable.clone()));
  try {
    return run();
  } catch (cause) {
    variables.forEach((variable, i) => {
      const value = saved[i]!; // one for each variable
      if (variable.dataId !== value.dataId) variable.assign(value);
    });
    throw cause;
  } finally {
    tf.dispose(saved);
  }
}

function stack(steps: readonly Results[]): Results {
  const stacked: Results = {};
  for (const [name, first] of Object.entries(steps[0] ?? {})) {
    const parts = steps.map((results) => results[name]!.data); // each step has the same outputs
    const all = joinArrays(parts);
    stacked[name] = new Output(all, [steps.length, ...first.shape]);
  }
  return stacked;
}

function joinArrays(parts: readonly ArrayOf<DType>[]): ArrayOf<DType> {
  const first = parts[0]!; // one step at least
  const dtype = first instanceof Float32Array
    ? "float32"
    : first instanceof Int32Array
    ? "int32"
    : "bool";
  const all = arrayOf(dtype, first.length * parts.length);
  parts.forEach((part, i) => all.set(part, i * first.length));
  return all;
}
