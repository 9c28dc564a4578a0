import * as tf from "@tensorflow/tfjs";
import type * as ort from "onnxruntime-node";
import { elementCount } from "../graph/shape.ts";
import { buildGraph } from "../onnx/build.ts";
import { encode } from "../onnx/encode.ts";
import type { OnnxGraph } from "../onnx/model.ts";
import { repeatSteps } from "../onnx/scan.ts";
import { tableTypes, type Trace, trace } from "../trace/trace.ts";
import type { ArrayOf, DType } from "../types.ts";
import {
  acceptNextState,
  currentState,
  makeTensor,
  nextState,
} from "./cpu_state.ts";
import { arrayOf, type FeedBatch } from "./feed.ts";
import { loadOnnxRuntime, type OnnxRuntime } from "./onnx_runtime.ts";
import { Output } from "./output.ts";
import { Pacer } from "./pacer.ts";
import type { Runner, RunnerOptions, StepFunction } from "./runner.ts";
import { stepOutputs } from "./step_outputs.ts";

/** Compiles a function for ONNX Runtime on the CPU. */
export async function cpuRunner(
  fn: StepFunction,
  options: RunnerOptions,
): Promise<Runner> {
  const runtime = await loadOnnxRuntime();
  await tf.ready(); // tracing puts the backend back that was there
  const traced = trace(fn, options, "cpu");
  const graph = callGraph(traced, options);
  const session = await runtime.InferenceSession.create(encode({ graph }), {
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    extra: THREADS,
  });
  return new CpuRunner(runtime, session, traced, options);
}

/** Threads wait for work busily, but only during a run: otherwise those of two sessions hinder each other. */
const THREADS = { session: { "force_spinning_stop": "1" } };

/** The graph of a call: of one step, or of many. */
function callGraph(trace: Trace, { stepsPerCall }: RunnerOptions): OnnxGraph {
  const step = buildGraph(stepOutputs(trace));
  return stepsPerCall > 1 ? repeatSteps(step) : step;
}

type Tensors = Record<string, ort.Tensor>;

class CpuRunner implements Runner {
  readonly device = "cpu";
  readonly #runtime: OnnxRuntime;
  readonly #session: ort.InferenceSession;
  readonly #trace: Trace;
  readonly #options: RunnerOptions;
  readonly #tables: Tensors = {};
  readonly #pacer = new Pacer();
  readonly #inputNames: ReadonlySet<string>;

  constructor(
    runtime: OnnxRuntime,
    session: ort.InferenceSession,
    trace: Trace,
    options: RunnerOptions,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#trace = trace;
    this.#options = options;
    this.#inputNames = new Set(session.inputNames);
    for (const [name, table] of Object.entries(options.tables)) {
      const { stored } = tableTypes(table, "cpu");
      const tensor = makeTensor(runtime, table.data, table.shape, stored);
      this.#tables[`table/${name}`] = tensor;
    }
  }

  async run(
    batch: FeedBatch,
  ): Promise<Readonly<Record<string, Output<DType>>>> {
    const outputs = this.#outputArrays(batch.steps);
    for (let from = 0; from < batch.steps;) {
      const count = this.#pacer.stepsAtOnce(batch.steps - from);
      await this.#pacer.time(
        count,
        () => this.#runSteps(batch, outputs, from, count),
      );
      from += count;
    }
    const results: Record<string, Output<DType>> = {};
    for (const [name, { array, shape }] of outputs) {
      const axes = this.#options.stepsPerCall > 1
        ? [batch.steps, ...shape]
        : shape;
      results[name] = new Output(array, axes);
    }
    return results;
  }

  dispose(): void {
    void this.#session.release();
  }

  /** Runs some of the steps of a call. */
  async #runSteps(
    batch: FeedBatch,
    outputs: ReadonlyMap<string, OutputArray>,
    from: number,
    count: number,
  ): Promise<void> {
    const feeds: Tensors = this.#inputTensors(batch, from, count);
    const fetches: Tensors = {};
    const states = new Set([
      ...this.#trace.variables.keys(),
      ...this.#trace.updates.keys(),
    ]);
    for (const variable of states) {
      const current = await currentState(this.#runtime, variable);
      const name = `variable/${variable.name}`;
      if (this.#inputNames.has(name)) feeds[name] = current;
    }
    for (const variable of this.#trace.updates.keys()) {
      fetches[`next/${variable.name}`] = nextState(this.#runtime, variable);
    }
    for (const [name, { array, shape }] of outputs) {
      const size = elementCount(shape);
      const part = array.subarray(from * size, (from + count) * size);
      fetches[`output/${name}`] = this.#tensor(part, shape, count);
    }
    await this.#session.run(feeds, fetches);
    for (const variable of this.#trace.updates.keys()) {
      acceptNextState(variable);
    }
  }

  #inputTensors(batch: FeedBatch, from: number, count: number): Tensors {
    const feeds: Tensors = {};
    const feed = (name: string, tensor: ort.Tensor) => {
      if (this.#inputNames.has(name)) feeds[name] = tensor;
    };
    for (const [name, { shape }] of Object.entries(this.#options.inputs)) {
      const size = elementCount(shape);
      const array = batch.arrays.get(name)!; // checked by `checkFeeds()`
      const part = array.subarray(from * size, (from + count) * size);
      feed(`input/${name}`, this.#tensor(part, shape, count));
    }
    for (const [name, table] of Object.entries(this.#tables)) feed(name, table);
    feed("input/", makeTensor(this.#runtime, new Uint8Array(count), [count]));
    return feeds;
  }

  #tensor(
    array: ArrayOf<DType>,
    shape: readonly number[],
    count: number,
  ): ort.Tensor {
    const axes = this.#options.stepsPerCall > 1 ? [count, ...shape] : shape;
    return makeTensor(this.#runtime, array, axes);
  }

  #outputArrays(steps: number): ReadonlyMap<string, OutputArray> {
    const arrays = new Map<string, OutputArray>();
    for (const [key, { dtype, shape }] of this.#trace.outputs) {
      const array = arrayOf(dtype as DType, steps * elementCount(shape)); // checked when tracing
      arrays.set(key.slice("output/".length), { array, shape });
    }
    return arrays;
  }
}

/** Numbers of an output, for all steps of a call; the shape is that of one. */
interface OutputArray {
  readonly array: ArrayOf<DType>;
  readonly shape: readonly number[];
}
