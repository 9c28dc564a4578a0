/**
 * The functions of ONNX Runtime's C API that are needed here, by their places in its table.
 *
 * Source: `OrtApiBase` and `OrtApi` in ONNX Runtime's onnxruntime_c_api.h. The table only ever grows at its end.
 * @module
 */

/** The version whose table is asked for: later libraries give it as well. */
const VERSION = 18;

/** Bytes of a pointer. */
const POINTER = 8;

/** Null, or what went wrong. */
export type Status = Deno.PointerValue;
/** What ONNX Runtime made, and must release. */
export type Handle = Deno.PointerObject;
/** Bytes in memory that does not move. */
export type Bytes = Uint8Array<ArrayBuffer>;
/** Numbers of 64 bits: lengths, addresses, or the one place where a function writes what it made. */
export type Words = BigUint64Array<ArrayBuffer>;

/** Arguments of a run. */
export type RunArguments = readonly [
  session: Handle,
  options: Handle | null,
  inputNames: Words,
  inputs: Words,
  inputCount: bigint,
  outputNames: Words,
  outputCount: bigint,
  outputs: Words,
];

/** The functions; those that make something write it to `made`. */
export interface CApi {
  getErrorMessage(status: Handle): Deno.PointerValue;
  createEnv(logLevel: number, name: Bytes, made: Words): Status;
  createSessionFromArray(
    environment: Handle,
    model: Bytes,
    size: bigint,
    options: Handle,
    made: Words,
  ): Status;
  run(...given: RunArguments): Status;
  /** Does what `run()` does on a thread of its own; what is given must stay as it is until then. */
  runAside(...given: RunArguments): Promise<Status>;
  createSessionOptions(made: Words): Status;
  setGraphOptimizationLevel(options: Handle, level: number): Status;
  setIntraOpNumThreads(options: Handle, threads: number): Status;
  createTensorWithData(
    memory: Handle,
    data: Bytes,
    size: bigint,
    shape: Words,
    rank: bigint,
    elementType: number,
    made: Words,
  ): Status;
  createCpuMemoryInfo(allocator: number, kind: number, made: Words): Status;
  releaseStatus(status: Handle): void;
  releaseSession(session: Handle): void;
  releaseValue(tensor: Handle): void;
  releaseSessionOptions(options: Handle): void;
  addSessionConfigEntry(options: Handle, key: Bytes, value: Bytes): Status;
}

const [handle, array] = ["pointer", "buffer"] as const;

/** Types of the arguments of a run. */
const RUN = [
  ...[handle, handle, array, array, "usize", array, "usize", array],
] as const;

/** Place of each function in the table, and the types of its arguments. */
const FUNCTIONS: Readonly<
  Record<keyof CApi, readonly [place: number, ...Deno.NativeType[]]>
> = {
  getErrorMessage: [2, handle],
  createEnv: [3, "i32", array, array],
  createSessionFromArray: [8, handle, array, "usize", handle, array],
  run: [9, ...RUN],
  runAside: [9, ...RUN],
  createSessionOptions: [10, array],
  setGraphOptimizationLevel: [23, handle, "i32"],
  setIntraOpNumThreads: [24, handle, "i32"],
  createTensorWithData: [
    49,
    handle,
    array,
    "usize",
    array,
    "usize",
    "i32",
    array,
  ],
  createCpuMemoryInfo: [69, "i32", "i32", array],
  releaseStatus: [93, handle],
  releaseSession: [95, handle],
  releaseValue: [96, handle],
  releaseSessionOptions: [100, handle],
  addSessionConfigEntry: [130, handle, array, array],
};

/**
 * Finds the functions in ONNX Runtime's library.
 *
 * @param path Of the library, which somebody else keeps loaded: nothing is left open here.
 * @throws {Error} If it cannot be loaded, or is too old.
 */
export function openCApi(path: string): CApi {
  const library = Deno.dlopen(path, {
    OrtGetApiBase: { parameters: [], result: "pointer" },
  });
  const base = new Deno.UnsafePointerView(library.symbols.OrtGetApiBase()!); // never null
  const getApi = new Deno.UnsafeFnPointer(base.getPointer(0)!, { // nor its first member
    parameters: ["u32"],
    result: "pointer",
  });
  const table = getApi.call(VERSION);
  library.close();
  if (!table) throw new Error(`Expected ONNX Runtime to know API ${VERSION}`);
  const view = new Deno.UnsafePointerView(table);
  const functions = Object.entries(FUNCTIONS).map((
    [name, [place, ...parameters]],
  ) => {
    const found = new Deno.UnsafeFnPointer(
      view.getPointer(place * POINTER)!, // there in every version
      {
        parameters,
        result: name.startsWith("release") ? "void" : "pointer",
        nonblocking: name === "runAside",
      },
    );
    return [name, found.call.bind(found)] as const;
  });
  return Object.fromEntries(functions) as unknown as CApi; // typed by the two lists
}

/**
 * Throws what a status says, and releases it.
 *
 * @throws {Error} Unless it is null.
 */
export function check(api: CApi, status: Status): void {
  if (!status) return;
  const message = api.getErrorMessage(status)!; // a text, also where it is empty
  const text = Deno.UnsafePointerView.getCString(message);
  api.releaseStatus(status);
  throw new Error(text);
}

/** Calls a function that makes something, and gives what it made. */
export function made(api: CApi, make: (made: Words) => Status): Handle {
  const place = new BigUint64Array(1);
  check(api, make(place));
  return Deno.UnsafePointer.create(place[0]!)!; // written, for the status was null
}

/** A text as C wants it. */
export function cString(text: string): Bytes {
  return new TextEncoder().encode(`${text}\0`);
}
