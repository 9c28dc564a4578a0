/**
 * ONNX Runtime through its package for Node, which copies every output once more.
 * @module
 */
import type * as ort from "onnxruntime-node";
import type { ArrayOf, DType } from "../../dtype.ts";
import {
  type NativeRuntime,
  type NativeSession,
  type NativeTensor,
  type NativeTensors,
  type NativeType,
  waitingEntries,
} from "./runtime.ts";

/** Reaches ONNX Runtime through the module of its package. */
export function bindingRuntime(module: typeof ort): NativeRuntime {
  return {
    kind: "binding",
    turn: () => Promise.resolve(), // each run waits for its turn
    tensor: (data, shape, dtype) => {
      return new BindingTensor(module, data, shape, dtype);
    },
    session: async (model, threads, waiting = "spinning") => {
      const session = await module.InferenceSession.create(model, {
        graphOptimizationLevel: "all",
        intraOpNumThreads: threads,
        logSeverityLevel: 4, // errors come as such
        extra: Object.fromEntries(waitingEntries(waiting)),
      });
      return new BindingSession(session);
    },
  };
}

class BindingTensor implements NativeTensor {
  readonly tensor: ort.Tensor;
  readonly data: ArrayOf<DType>;

  constructor(
    module: typeof ort,
    data: ArrayOf<DType>,
    shape: readonly number[],
    dtype: NativeType,
  ) {
    this.data = data;
    this.tensor = new module.Tensor(dtype, data as Uint8Array, shape);
  }

  [Symbol.dispose](): void {
    this.tensor.dispose();
  }
}

class BindingSession implements NativeSession {
  readonly #session: ort.InferenceSession;

  constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  async run(feeds: NativeTensors, fetches: NativeTensors): Promise<void> {
    await this.#session.run(tensorsOf(feeds), tensorsOf(fetches));
  }

  runAside(feeds: NativeTensors, fetches: NativeTensors): Promise<void> {
    return this.run(feeds, fetches);
  }

  [Symbol.dispose](): void {
    void this.#session.release();
  }
}

function tensorsOf(tensors: NativeTensors): Record<string, ort.Tensor> {
  const entries = Object.entries(tensors).map(([name, tensor]) => {
    return [name, (tensor as BindingTensor).tensor] as const; // made by the same runtime
  });
  return Object.fromEntries(entries);
}
