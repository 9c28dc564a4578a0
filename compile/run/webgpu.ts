import * as tf from "@tensorflow/tfjs";
import type * as ort from "onnxruntime-web/webgpu";
import { CompileError } from "../compile_error.ts";
import { elementCount } from "../graph/shape.ts";
import type { ComputedIndices } from "../graph/index_check.ts";
import { buildGraph } from "../onnx/build.ts";
import { encode } from "../onnx/encode.ts";
import { checkSettings } from "../trace/frozen_settings.ts";
import { type Trace, trace } from "../trace/trace.ts";
import type { ArrayOf, DType } from "../dtype.ts";
import {
  checkComputedIndices,
  checkFedIndices,
  computedIndices,
} from "./check_indices.ts";
import { checkAlive, failureAfter, runtimeError } from "./failure.ts";
import { arrayOf, type FeedBatch } from "./feed.ts";
import {
  loadOnnxRuntimeWeb,
  onDevice,
  type OnnxRuntimeWeb,
} from "./onnx_runtime_web.ts";
import { Output } from "../output.ts";
import type { Runner } from "./runner.ts";
import type { RunnerOptions, StepFunction } from "../step_function.ts";
import { newestOf, syncVariables } from "./state_store.ts";
import { inTurn } from "./turns.ts";
import { stepOutputs } from "./step_outputs.ts";
import { findAdapter } from "./webgpu_adapter.ts";
import {
  acceptState,
  currentState,
  forgetState,
  heldVersion,
  upload,
} from "./webgpu_state.ts";

/** Compiles a function for ONNX Runtime on WebGPU. */
export async function webgpuRunner(
  fn: StepFunction,
  options: RunnerOptions,
): Promise<Runner> {
  if (!await findAdapter()) {
    throw new CompileError(
      `Cannot use device "webgpu": no graphics adapter was found; use device "cpu"`,
    );
  }
  const runtime = await loadOnnxRuntimeWeb();
  await tf.ready(); // tracing puts the backend back that was there
  const traced = trace(fn, options, "webgpu");
  const graph = buildGraph(stepOutputs(traced, "webgpu"));
  const states = graph.outputs.filter(({ name }) => name.startsWith("next/"));
  const create = () =>
    runtime.InferenceSession.create(encode({ graph }), {
      executionProviders: ["webgpu"],
      graphOptimizationLevel: "all",
      logSeverityLevel: 4, // errors come as such
      preferredOutputLocation: Object.fromEntries(
        states.map(({ name }) => [name, "gpu-buffer"] as const),
      ),
    });
  const session = await inTurn(create) // the runtime does one thing at a time
    .catch((cause) => {
      throw runtimeError("compile", cause);
    });
  const tables: Tensors = {};
  for (const [name, { data, shape }] of Object.entries(options.tables)) {
    const wide = data instanceof Uint8Array ? Int32Array.from(data) : data;
    tables[`table/${name}`] = await upload(runtime, wide, shape);
  }
  return new WebgpuRunner(runtime, session, traced, options, tables);
}

type Tensors = Record<string, ort.Tensor>;

class WebgpuRunner implements Runner {
  readonly device = "webgpu";
  readonly #runtime: OnnxRuntimeWeb;
  readonly #session: ort.InferenceSession;
  readonly #trace: Trace;
  readonly #options: RunnerOptions;
  readonly #tables: Tensors;
  readonly #inputNames: ReadonlySet<string>;
  readonly #checks: ReadonlyMap<string, ComputedIndices>;

  constructor(
    runtime: OnnxRuntimeWeb,
    session: ort.InferenceSession,
    trace: Trace,
    options: RunnerOptions,
    tables: Tensors,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#trace = trace;
    this.#options = options;
    this.#tables = tables;
    this.#inputNames = new Set(session.inputNames);
    const results = [...trace.outputs.values(), ...trace.updates.values()];
    this.#checks = computedIndices(trace.graph, results);
  }

  /** Runs the steps of a call one by one: only their outputs leave the graphics memory. */
  async run(
    batch: FeedBatch,
  ): Promise<Readonly<Record<string, Output<DType>>>> {
    checkSettings(this.#trace.frozen);
    checkFedIndices(this.#trace.graph, this.#options.inputs, batch);
    const { variables, updates } = this.#trace;
    checkAlive([...variables.keys(), ...updates.keys()]);
    const results: Record<string, Output<DType>> = {};
    for (let step = 0; step < batch.steps; step++) {
      const found = await onDevice(() => this.#runStep(batch, step))
        .catch((cause) => {
          throw failureAfter(step, batch.steps, runtimeError("run", cause));
        });
      for (const [key, { dtype, shape }] of this.#trace.outputs) {
        const name = key.slice("output/".length);
        const size = elementCount(shape);
        const axes = this.#options.stepsPerCall > 1
          ? [batch.steps, ...shape]
          : shape;
        results[name] ??= new Output(
          arrayOf(dtype as DType, batch.steps * size), // checked when tracing
          axes,
        );
        const read = () => found[key]!.getData();
        const numbers = await onDevice(read) as ArrayOf<DType>; // an output of this type
        results[name].data.set(numbers, step * size);
        found[key]!.dispose();
      }
    }
    return results;
  }

  /** A session takes its buffers along, also those of variables: their values leave it first. */
  dispose(): void {
    void inTurn(async () => {
      await syncVariables();
      forgetState(this.#trace.updates.keys());
      for (const table of Object.values(this.#tables)) table.dispose();
      await this.#session.release();
    });
  }

  async #runStep(batch: FeedBatch, step: number): Promise<Tensors> {
    const feeds: Tensors = {};
    const feed = (name: string, tensor: ort.Tensor) => {
      if (this.#inputNames.has(name)) feeds[name] = tensor;
    };
    for (
      const [name, { shape, dtype = "float32" }] of Object.entries(
        this.#options.inputs,
      )
    ) {
      const size = elementCount(shape);
      const array = batch.arrays.get(name)!; // checked by `checkFeeds()`
      const part = array.slice(step * size, (step + 1) * size);
      feed(
        `input/${name}`,
        new this.#runtime.Tensor(dtype, part as Uint8Array, shape),
      );
    }
    for (const [name, table] of Object.entries(this.#tables)) feed(name, table);
    for (const variable of this.#trace.variables.keys()) {
      feed(
        `variable/${variable.name}`,
        await currentState(this.#runtime, variable),
      );
    }
    const updates = [...this.#trace.updates.keys()].map((variable) => {
      const isRead = this.#trace.variables.has(variable);
      const version = isRead
        ? heldVersion(variable)
        : newestOf(variable).version;
      return [variable, version] as const;
    });
    const found = await this.#session.run(feeds) as Tensors; // tensors all
    try {
      for (const [name, check] of this.#checks) {
        const numbers = await found[name]!.getData() as Int32Array; // an output of the graph
        checkComputedIndices(check, numbers);
        found[name]!.dispose();
      }
    } catch (cause) {
      for (const tensor of Object.values(found)) tensor.dispose();
      throw cause;
    }
    for (const [variable, version] of updates) {
      acceptState(variable, found[`next/${variable.name}`]!, version); // an output of the graph
    }
    return found;
  }
}
