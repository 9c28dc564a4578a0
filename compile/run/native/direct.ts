/**
 * ONNX Runtime through its C API, without a copy: it reads and writes the arrays of JavaScript themselves.
 * @module
 */
import { setImmediate } from "node:timers";
import type { ArrayOf, DType } from "../../dtype.ts";
import type { Waiting } from "../wait_choice.ts";
import {
  type Bytes,
  type CApi,
  check,
  cString,
  type Handle,
  made,
  openCApi,
  type RunArguments,
  type Words,
} from "./c_api.ts";
import {
  type NativeRuntime,
  type NativeSession,
  type NativeTensor,
  type NativeTensors,
  type NativeType,
  waitingEntries,
} from "./runtime.ts";

/** `ONNXTensorElementDataType` */
const ELEMENT_TYPES = { float32: 1, uint8: 2, int32: 6, bool: 9 } as const;
const ARRAYS = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;
/** `ORT_LOGGING_LEVEL_FATAL`: errors come as such, and need no second text */
const FATAL = 4;
/** `ORT_ENABLE_ALL` */
const ALL_OPTIMIZATIONS = 99;
/** `OrtArenaAllocator`, `OrtMemTypeDefault` */
const MEMORY = [1, 0] as const;

/**
 * Reaches ONNX Runtime through its C API.
 *
 * @param path Of its library.
 * @throws {Error} If that cannot be loaded, or is too old.
 */
export function directRuntime(path: string): NativeRuntime {
  const api = openCApi(path);
  const name = cString("lowerbound");
  const environment = made(api, (made) => api.createEnv(FATAL, name, made));
  const memory = made(api, (made) => api.createCpuMemoryInfo(...MEMORY, made));
  return {
    kind: "direct",
    turn: () => new Promise((resolve) => void setImmediate(resolve)),
    tensor: (data, shape, dtype) =>
      new DirectTensor(api, memory, data, shape, dtype),
    session: (model, threads, waiting = "spinning") =>
      Promise.try(() => {
        return new DirectSession(api, environment, model, threads, waiting);
      }),
  };
}

/** Something of ONNX Runtime's: released once, when it is disposed of or forgotten, and never used after. */
class Owned {
  readonly #handle: Handle;
  readonly #release: (handle: Handle) => void;
  #isReleased = false;

  constructor(handle: Handle, release: (handle: Handle) => void) {
    this.#handle = handle;
    this.#release = release;
  }

  /** @throws {TypeError} If it is released. */
  get handle(): Handle {
    if (!this.#isReleased) return this.#handle;
    throw new TypeError("Cannot use what was disposed of");
  }

  release(): void {
    if (!this.#isReleased) this.#release(this.#handle);
    this.#isReleased = true;
  }
}

const forgotten = new FinalizationRegistry((owned: Owned) => owned.release());

class DirectTensor implements NativeTensor {
  readonly data: ArrayOf<DType>;
  /** Value of ONNX Runtime whose numbers are `data`. */
  readonly value: Owned;

  constructor(
    api: CApi,
    memory: Handle,
    data: ArrayOf<DType>,
    shape: readonly number[],
    dtype: NativeType,
  ) {
    if (!(data instanceof ARRAYS[dtype])) {
      throw new TypeError(
        `Expected numbers of ${dtype} but found ${data.constructor.name}`,
      );
    }
    this.data = data;
    const lengths = BigUint64Array.from(shape, BigInt);
    const numbers = data.length > 0 ? data : new Uint8Array(8); // nothing needs an address, too
    const value = made(api, (made) =>
      api.createTensorWithData(
        memory,
        numbers as Bytes,
        BigInt(data.byteLength),
        lengths,
        BigInt(shape.length),
        ELEMENT_TYPES[dtype],
        made,
      ));
    this.value = new Owned(value, api.releaseValue);
    forgotten.register(this, this.value, this);
  }

  [Symbol.dispose](): void {
    forgotten.unregister(this);
    this.value.release();
  }
}

class DirectSession implements NativeSession {
  readonly #api: CApi;
  readonly #session: Owned;
  readonly #names = new Map<string, CName>();
  readonly #inUse = new Set<RunArguments>();

  constructor(
    api: CApi,
    environment: Handle,
    model: Uint8Array,
    threads: number,
    waiting: Waiting,
  ) {
    this.#api = api;
    const options = made(api, (made) => api.createSessionOptions(made));
    try {
      check(api, api.setGraphOptimizationLevel(options, ALL_OPTIMIZATIONS));
      check(api, api.setIntraOpNumThreads(options, threads));
      for (const entry of waitingEntries(waiting)) {
        const [key, value] = entry.map(cString) as [Bytes, Bytes]; // two texts
        check(api, api.addSessionConfigEntry(options, key, value));
      }
      const bytes = model as Bytes; // `encode()` makes it
      const size = BigInt(bytes.length);
      const session = made(
        api,
        (made) =>
          api.createSessionFromArray(environment, bytes, size, options, made),
      );
      this.#session = new Owned(session, api.releaseSession);
      forgotten.register(this, this.#session, this);
    } finally {
      api.releaseSessionOptions(options);
    }
  }

  run(feeds: NativeTensors, fetches: NativeTensors): Promise<void> {
    return Promise.try(() => {
      check(this.#api, this.#api.run(...this.#arguments(feeds, fetches)));
    });
  }

  async runAside(feeds: NativeTensors, fetches: NativeTensors): Promise<void> {
    const given = this.#arguments(feeds, fetches);
    this.#inUse.add(given); // memory that is read stays until then
    try {
      check(this.#api, await this.#api.runAside(...given));
    } finally {
      this.#inUse.delete(given);
    }
  }

  #arguments(feeds: NativeTensors, fetches: NativeTensors): RunArguments {
    const [inputs, outputs] = [this.#list(feeds), this.#list(fetches)];
    return [
      this.#session.handle,
      null,
      inputs.names,
      inputs.values,
      inputs.count,
      outputs.names,
      outputs.count,
      outputs.values,
    ];
  }

  [Symbol.dispose](): void {
    forgotten.unregister(this);
    this.#session.release();
  }

  /** Names and tensors as C wants them: arrays of pointers. */
  #list(tensors: NativeTensors): PointerLists {
    const entries = Object.entries(tensors);
    const names = entries.map(([name]) => this.#name(name).address);
    const values = entries.map(([, tensor]) => {
      const { value } = tensor as DirectTensor; // made by the same runtime
      return Deno.UnsafePointer.value(value.handle);
    });
    return {
      names: BigUint64Array.from(names),
      values: BigUint64Array.from(values),
      count: BigInt(entries.length),
    };
  }

  #name(name: string): CName {
    const known = this.#names.get(name);
    if (known) return known;
    const text = cString(name);
    const pointer = Deno.UnsafePointer.of(text);
    const found = { text, address: Deno.UnsafePointer.value(pointer) };
    this.#names.set(name, found);
    return found;
  }
}

/** A text that stays where it is, and where that is. */
interface CName {
  readonly text: Bytes;
  readonly address: bigint;
}

interface PointerLists {
  readonly names: Words;
  readonly values: Words;
  readonly count: bigint;
}
