/**
 * A function's graph in ONNX Runtime on the CPU.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { buildGraph } from "../onnx/build.ts";
import { encode } from "../onnx/encode.ts";
import { feedLargeTensors } from "../onnx/large_tensors.ts";
import type { OnnxGraph } from "../onnx/model.ts";
import { repeatSteps } from "../onnx/scan.ts";
import { tensorBytes, tensorNumbers } from "../onnx/tensor_bytes.ts";
import type { RunnerOptions } from "../step_function.ts";
import type { DType } from "../dtype.ts";
import type { Trace } from "../trace/trace.ts";
import { arrayFrom } from "./feed.ts";
import { runtimeError } from "./failure.ts";
import type {
  NativeRuntime,
  NativeTensors,
  NativeType,
} from "./native/runtime.ts";
import { newestOf } from "./state_store.ts";
import { SideBySideSession } from "./side_by_side_session.ts";
import { stepOutputs } from "./step_outputs.ts";
import type { Waiting } from "./wait_choice.ts";
import { WaitingSessions } from "./waiting_sessions.ts";

/** What to prepare. */
type GraphOptions = Pick<
  RunnerOptions,
  "threads" | "stepsPerCall" | "parallel" | "variables" | "mostBytes"
>;

/** A graph that is ready to run, and stays so until it is disposed of. */
export interface TakenGraph extends Disposable {
  /** Names of what the graph takes. */
  readonly inputNames: ReadonlySet<string>;
  /**
   * Computes some steps.
   *
   * @throws {Error} If ONNX Runtime cannot, in its words.
   */
  readonly run: (
    feeds: NativeTensors,
    fetches: NativeTensors,
    steps: number,
  ) => Promise<void>;
}

/** The graph of a call, of one step or of many; it is made anew where variables that seldom change have changed. */
export class GraphSession implements Disposable {
  /** Whether calls run side by side, on threads of their own. */
  readonly isAside: boolean;
  readonly #runtime: NativeRuntime;
  readonly #trace: Trace;
  readonly #options: GraphOptions;
  #prepared: Prepared | undefined;
  #preparing: Promise<unknown> = Promise.resolve();

  private constructor(
    runtime: NativeRuntime,
    trace: Trace,
    options: GraphOptions,
  ) {
    this.#runtime = runtime;
    this.#trace = trace;
    this.#options = options;
    this.isAside = options.parallel === "calls" && options.threads > 1 &&
      runtime.kind === "direct";
  }

  /**
   * Prepares a graph.
   *
   * @throws {CompileError} If ONNX Runtime cannot, in its words.
   */
  static async open(
    runtime: NativeRuntime,
    trace: Trace,
    options: GraphOptions,
  ): Promise<GraphSession> {
    const made = new GraphSession(runtime, trace, options);
    using _ = await made.take();
    return made;
  }

  /** How threads wait, where there are several that share operations. */
  get waiting(): Waiting | undefined {
    return this.#prepared?.sessions.waiting;
  }

  /**
   * Takes the graph with the newest values of steady variables, to be disposed of after its run.
   *
   * @throws {CompileError} If it has to be made anew, and ONNX Runtime cannot, in its words.
   */
  async take(): Promise<TakenGraph> {
    const taking = this.#preparing.then(async () => {
      const newest = await this.#newest();
      newest.take();
      return newest;
    });
    this.#preparing = taking.catch(() => {}); // one after the other
    const graph = await taking;
    return {
      inputNames: graph.inputNames,
      run: (feeds, fetches, steps) =>
        graph.sessions.run({ ...feeds, ...graph.constants }, fetches, steps),
      [Symbol.dispose]: () => graph.giveBack(),
    };
  }

  async #newest(): Promise<Prepared> {
    const known = this.#prepared;
    if (known && isNewest(known.versions)) return known;
    this[Symbol.dispose]();
    const { stepsPerCall, threads, mostBytes } = this.#options;
    const step = buildGraph(stepOutputs(this.#trace, "cpu"));
    const { graph: whole, versions } = await this.#withValues(step);
    const { graph: light, tensors } = feedLargeTensors(whole, mostBytes);
    const graph = stepsPerCall > 1 ? repeatSteps(light) : light;
    const open = this.isAside ? SideBySideSession.open : WaitingSessions.open;
    const sessions = await open(this.#runtime, encode({ graph }), threads)
      .catch((cause) => {
        throw runtimeError("compile", cause);
      });
    const constants = tensors.map((tensor) => {
      const type = tensor.dtype as NativeType; // no lists of int64
      const numbers = tensorNumbers(tensor);
      const made = this.#runtime.tensor(numbers, tensor.shape, type);
      return [tensor.name, made] as const;
    });
    const inputNames = new Set(graph.inputs.map(({ name }) => name));
    return this.#prepared = new Prepared(
      sessions,
      Object.fromEntries(constants),
      inputNames,
      versions,
    );
  }

  [Symbol.dispose](): void {
    this.#prepared?.giveBack();
    this.#prepared = undefined;
  }

  /** Takes variables that seldom change for constants, with their newest values. */
  async #withValues(
    graph: OnnxGraph,
  ): Promise<{ readonly graph: OnnxGraph; readonly versions: Versions }> {
    const { variables, updates } = this.#trace;
    const versions: Versions = new Map();
    if (this.#options.variables !== "steady") return { graph, versions };
    const used = new Set(graph.inputs.map(({ name }) => name));
    const tensors = [...graph.tensors];
    for (const [variable, { name, shape, dtype }] of variables) {
      if (updates.has(variable) || !used.delete(name)) continue;
      const { version, holder } = newestOf(variable);
      versions.set(variable, version);
      const numbers = holder
        ? await holder.read(variable)
        : arrayFrom(variable.dtype as DType, await variable.data()); // checked when tracing
      tensors.push({ name, shape, dtype, bytes: tensorBytes(numbers, dtype) });
    }
    const inputs = graph.inputs.filter(({ name }) => used.has(name));
    return { graph: { ...graph, inputs, tensors }, versions };
  }
}

/** Which values of variables a graph holds. */
type Versions = Map<tf.Variable, number>;

/** What a function became: freed when the session and all calls that took it have given it back. */
class Prepared {
  readonly sessions: WaitingSessions | SideBySideSession;
  /** Constants that are too large for the graph, and fed to it. */
  readonly constants: NativeTensors;
  readonly inputNames: ReadonlySet<string>;
  readonly versions: Versions;
  #users = 1; // the session

  constructor(
    sessions: WaitingSessions | SideBySideSession,
    constants: NativeTensors,
    inputNames: ReadonlySet<string>,
    versions: Versions,
  ) {
    this.sessions = sessions;
    this.constants = constants;
    this.inputNames = inputNames;
    this.versions = versions;
  }

  take(): void {
    this.#users++;
  }

  giveBack(): void {
    if (--this.#users > 0) return;
    this.sessions[Symbol.dispose]();
    for (const one of Object.values(this.constants)) one[Symbol.dispose]();
  }
}

function isNewest(versions: Versions): boolean {
  for (const [variable, version] of versions) {
    if (newestOf(variable).version !== version) return false;
  }
  return true;
}
