import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { elementCount } from "../graph/shape.ts";
import type { ComputedIndices } from "../graph/index_check.ts";
import { checkSettings } from "../trace/frozen_settings.ts";
import { tableTypes, type Trace, trace } from "../trace/trace.ts";
import type { ArrayOf, DType } from "../dtype.ts";
import { acceptNextState, currentState, nextState } from "./cpu_state.ts";
import {
  checkComputedIndices,
  checkFedIndices,
  computedIndices,
} from "./check_indices.ts";
import { checkAlive, failureAfter, runtimeError } from "./failure.ts";
import { arrayOf, type FeedBatch } from "./feed.ts";
import { channelBlock } from "./native/channel_block.ts";
import { GraphSession } from "./graph_session.ts";
import { loadOnnxRuntime } from "./native/load.ts";
import type { NativeRuntime, NativeTensor } from "./native/runtime.ts";
import { Output } from "../output.ts";
import { Pacer } from "./pacer.ts";
import type { Runner, RunnerOutputs } from "./runner.ts";
import type { RunnerOptions, StepFunction } from "../step_function.ts";
import { inTurn } from "./turns.ts";
import type { Waiting } from "./wait_choice.ts";

/** Compiles a function for ONNX Runtime on the CPU. */
export async function cpuRunner(
  fn: StepFunction,
  options: RunnerOptions,
): Promise<Runner> {
  const runtime = await loadOnnxRuntime();
  await tf.ready(); // tracing puts the backend back that was there
  const block = await channelBlock(runtime);
  const traced = trace(fn, options, "cpu", block);
  if (options.parallel === "calls") checkUnchanging(traced);
  const session = await GraphSession.open(runtime, traced, options);
  return new CpuRunner(runtime, session, traced, options);
}

/** @throws {CompileError} If a function, whose calls are to be side by side, changes a variable. */
function checkUnchanging({ updates }: Trace): void {
  const [changed] = updates.keys();
  if (!changed) return;
  throw new CompileError(
    `Expected a function with parallel: "calls" to change no variable but found that it assigns "${changed.name}"`,
  );
}

type Tensors = Record<string, NativeTensor>;

class CpuRunner implements Runner {
  readonly device = "cpu";
  readonly #runtime: NativeRuntime;
  readonly #session: GraphSession;
  readonly #trace: Trace;
  readonly #options: RunnerOptions;
  readonly #pacer = new Pacer();
  readonly #states: ReadonlySet<tf.Variable>;
  readonly #checks: ReadonlyMap<string, ComputedIndices>;

  constructor(
    runtime: NativeRuntime,
    session: GraphSession,
    trace: Trace,
    options: RunnerOptions,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#trace = trace;
    this.#options = options;
    const results = [...trace.outputs.values(), ...trace.updates.values()];
    this.#checks = computedIndices(trace.graph, results);
    this.#states = new Set([
      ...trace.variables.keys(),
      ...trace.updates.keys(),
    ]);
  }

  async run(
    batch: FeedBatch,
    into: RunnerOutputs = {},
  ): Promise<RunnerOutputs> {
    checkSettings(this.#trace.frozen);
    checkFedIndices(this.#trace.graph, this.#options.inputs, batch);
    checkAlive(this.#states);
    const outputs = this.#outputArrays(batch.steps, into);
    for (let from = 0; from < batch.steps;) {
      const left = batch.steps - from;
      const count = this.#session.isAside
        ? left
        : this.#pacer.stepsAtOnce(left);
      const run = () => this.#runSteps(batch, outputs, from, count);
      try {
        await this.#pacer.time(count, run);
      } catch (cause) {
        throw failureAfter(from, batch.steps, runtimeError("run", cause));
      }
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

  get isAside(): boolean {
    return this.#session.isAside;
  }

  get waiting(): Waiting | undefined {
    return this.#session.waiting;
  }

  dispose(): void {
    void inTurn(() => {
      this.#session[Symbol.dispose]();
      return Promise.resolve();
    });
  }

  /** Runs some of the steps of a call. */
  async #runSteps(
    batch: FeedBatch,
    outputs: ReadonlyMap<string, OutputArray>,
    from: number,
    count: number,
  ): Promise<void> {
    await this.#runtime.turn();
    using graph = await this.#session.take();
    const names = graph.inputNames;
    const feeds: Tensors = {};
    for (const variable of this.#states) {
      const name = `variable/${variable.name}`;
      const isFed = names.has(name);
      if (!isFed && !this.#trace.updates.has(variable)) continue;
      const current = await currentState(this.#runtime, variable);
      if (isFed) feeds[name] = current;
    }
    using own = new DisposableStack(); // what is made for this call; variables stay
    this.#feed({ feeds, names }, batch, from, count, own);
    const fetches: Tensors = {};
    for (const variable of this.#trace.updates.keys()) {
      fetches[`next/${variable.name}`] = nextState(this.#runtime, variable);
    }
    for (const [name, { array, shape, dtype }] of outputs) {
      const size = elementCount(shape);
      const part = array.subarray(from * size, (from + count) * size);
      const tensor = this.#tensor(part, shape, count, dtype);
      fetches[`output/${name}`] = own.use(tensor);
    }
    for (const [name, { indices: { shape } }] of this.#checks) {
      const numbers = new Int32Array(count * elementCount(shape));
      fetches[name] = own.use(this.#tensor(numbers, shape, count, "int32"));
    }
    await graph.run(feeds, fetches, count);
    for (const [name, check] of this.#checks) {
      checkComputedIndices(check, fetches[name]!.data); // made above
    }
    for (const variable of this.#trace.updates.keys()) {
      acceptNextState(variable);
    }
  }

  /** Adds what a call is fed beside variables: only what the graph takes. */
  #feed(
    { feeds, names }: { feeds: Tensors; names: ReadonlySet<string> },
    batch: FeedBatch,
    from: number,
    count: number,
    own: DisposableStack,
  ): void {
    const feed = (name: string, make: () => NativeTensor) => {
      if (names.has(name)) feeds[name] = own.use(make());
    };
    for (const [name, table] of Object.entries(this.#options.tables)) {
      const { stored } = tableTypes(table, "cpu");
      feed(
        `table/${name}`,
        () => this.#runtime.tensor(table.data, table.shape, stored),
      );
    }
    for (const [name, spec] of Object.entries(this.#options.inputs)) {
      const { shape, dtype = "float32" } = spec;
      const size = elementCount(shape);
      const array = batch.arrays.get(name)!; // checked by `checkFeeds()`
      feed(`input/${name}`, () => {
        const part = array.subarray(from * size, (from + count) * size);
        return this.#tensor(part, shape, count, dtype);
      });
    }
    feed(
      "input/",
      () => this.#runtime.tensor(new Uint8Array(count), [count], "bool"),
    );
  }

  #tensor(
    array: ArrayOf<DType>,
    shape: readonly number[],
    count: number,
    dtype: DType,
  ): NativeTensor {
    const axes = this.#options.stepsPerCall > 1 ? [count, ...shape] : shape;
    return this.#runtime.tensor(array, axes, dtype);
  }

  #outputArrays(
    steps: number,
    into: RunnerOutputs,
  ): ReadonlyMap<string, OutputArray> {
    const arrays = new Map<string, OutputArray>();
    for (const [key, { dtype, shape }] of this.#trace.outputs) {
      const name = key.slice("output/".length);
      const type = dtype as DType; // checked when tracing
      const length = steps * elementCount(shape);
      const array = into[name]?.data ?? arrayOf(type, length);
      if (array.length !== length) {
        throw new RangeError(
          `Expected ${length} numbers of output "${name}" to write into but found ${array.length}`,
        );
      }
      arrays.set(name, { array, shape, dtype: type });
    }
    return arrays;
  }
}

/** Numbers of an output, for all steps of a call; the shape is that of one. */
interface OutputArray {
  readonly array: ArrayOf<DType>;
  readonly shape: readonly number[];
  readonly dtype: DType;
}
