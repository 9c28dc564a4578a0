/**
 * Compiles a TensorFlow.js function into one graph, and runs it at native speed.
 * @module
 */
import "./quiet_tfjs.ts";
import "./normalize_without_scale.ts";
import * as tf from "@tensorflow/tfjs";
import { cpuRunner } from "./run/cpu.ts";
import { eagerRunner } from "./run/eager.ts";
import {
  checkChoice,
  DEVICES,
  PARALLELS,
  VARIABLE_KINDS,
} from "./check_choice.ts";
import { checkDTypes, checkShapes, checkTables } from "./check_specs.ts";
import { seededBy } from "./randomness.ts";
import { checkFeeds, type FeedBatch } from "./run/feed.ts";
import type { Runner } from "./run/runner.ts";
import type { RunnerOptions, StepFunction } from "./step_function.ts";
import { syncVariables } from "./run/state_store.ts";
import { inTurn, sideBySide } from "./run/turns.ts";
import type { Waiting } from "./run/wait_choice.ts";
import { webgpuRunner } from "./run/webgpu.ts";
import type {
  CompileOptions,
  Device,
  Feeds,
  InputSpecs,
  OutputDTypes,
  Outputs,
  Step,
  StepResult,
  StepTensors,
  TableSpecs,
} from "./types.ts";

/**
 * Compiles a function of tensors for a device.
 *
 * The function is traced, not run: it is called once or twice with symbolic tensors, and whatever it does
 * besides TensorFlow.js operations happens then and never again. The tf.Variables it reads or assigns
 * become state on the device, shared by all compiled functions; `sync()` brings it back. An `assign()`
 * from outside is seen by the next run.
 *
 * While a graph runs on the CPU, the event loop stands still; long calls are cut into parts of about
 * 100 ms, between which other tasks may run. With `parallel: "calls"` it goes on.
 *
 * @param fn Synchronous; takes tensors by name and returns tensors by name.
 * @param options Shapes of the inputs, and where to run.
 * @returns The compiled function.
 * @throws {CompileError} If the function cannot be compiled, naming the operation and the remedy.
 * @throws {RangeError} If an option breaks its rule, before the function is called.
 * @throws {TypeError} If an option is of another type.
 *
 * @example
 * ```ts
 * import { compile } from "@lowerbound/lowerbound";
 * import { assertEquals } from "@std/assert";
 *
 * using double = await compile(({ x }) => ({ y: x.mul(2) }), {
 *   inputs: { x: { shape: [3] } },
 *   device: "cpu",
 * });
 * const { y } = await double.run({ x: Float32Array.of(1, 2, 3) });
 * assertEquals([...y.data], [2, 4, 6]);
 * ```
 */
export async function compile<
  const I extends InputSpecs,
  R extends StepResult,
  const T extends TableSpecs = Record<never, never>,
  const D extends OutputDTypes<R> = Record<never, never>,
>(
  fn: (tensors: StepTensors<I, T>) => R,
  options: CompileOptions<I, T, R, D>,
): Promise<Step<I, R, D>> {
  checkChoice("device", options.device, DEVICES);
  const complete = completeOptions(options);
  // The names and ranks of the tensors are those of `options`: only their types are forgotten here.
  const anonymous = fn as unknown as StepFunction;
  const { device, randomness } = options;
  if (randomness === undefined) {
    const runner = await runners[device](anonymous, complete);
    return new CompiledStep(runner, complete, (batch) => batch);
  }
  await tf.ready();
  const seeded = seededBy(randomness, anonymous, complete, device);
  const runner = await runners[device](seeded.fn, seeded.options);
  return new CompiledStep(runner, complete, seeded.feed);
}

const runners: Readonly<
  Record<Device, (fn: StepFunction, options: RunnerOptions) => Promise<Runner>>
> = {
  tfjs: eagerRunner,
  cpu: cpuRunner,
  webgpu: webgpuRunner,
};

/** More threads than any machine has cores are a mistake. */
const MOST_THREADS = 256;

function completeOptions(
  {
    inputs,
    tables = {},
    outputs = {},
    threads,
    stepsPerCall = 1,
    parallel = "operations",
    variables = "changing",
  }: Omit<
    CompileOptions<
      InputSpecs,
      TableSpecs,
      StepResult,
      OutputDTypes<StepResult>
    >,
    "randomness"
  >,
): RunnerOptions {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  if (!Number.isInteger(stepsPerCall) || stepsPerCall < 1) {
    throw new RangeError(
      `Expected stepsPerCall to be a positive whole number but found ${stepsPerCall}`,
    );
  }
  if (
    threads !== undefined &&
    !(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)
  ) {
    throw new RangeError(
      `Expected threads to be a whole number from 1 to ${MOST_THREADS} but found ${threads}`,
    );
  }
  checkChoice("parallel", parallel, PARALLELS);
  checkChoice("variables", variables, VARIABLE_KINDS);
  checkShapes("input", inputs);
  checkDTypes("output", outputs);
  return {
    inputs,
    tables: checkTables(tables, inputs),
    outputs: outputs as RunnerOptions["outputs"], // an entry that is there has a type
    threads: threads ?? Math.min(2, cores),
    stepsPerCall,
    parallel,
    variables,
  };
}

class CompiledStep<
  I extends InputSpecs,
  R extends StepResult,
  D extends OutputDTypes<R>,
> implements Step<I, R, D> {
  readonly device: Device;
  readonly #runner: Runner;
  readonly #options: RunnerOptions;
  readonly #draw: (batch: FeedBatch) => FeedBatch;
  #isDisposed = false;

  constructor(
    runner: Runner,
    options: RunnerOptions,
    draw: (batch: FeedBatch) => FeedBatch,
  ) {
    this.device = runner.device;
    this.#runner = runner;
    this.#options = options;
    this.#draw = draw;
  }

  get waiting(): Waiting | undefined {
    return this.#runner.waiting;
  }

  async run(
    feeds: Feeds<I>,
    into?: Outputs<R, D>,
  ): Promise<Outputs<R, D>> {
    if (this.#isDisposed) {
      throw new TypeError("Cannot run a compiled function after its disposal");
    }
    const { inputs, stepsPerCall } = this.#options;
    const batch = checkFeeds(inputs, feeds, stepsPerCall);
    const order = this.#runner.isAside ? sideBySide : inTurn;
    const outputs = await order(() =>
      this.#runner.run(this.#draw(batch), into)
    );
    return outputs as Outputs<R, D>; // named and typed as `fn` returned them, which the runner checked
  }

  sync(): Promise<void> {
    return inTurn(syncVariables);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#runner.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
