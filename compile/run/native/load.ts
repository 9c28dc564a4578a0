/**
 * ONNX Runtime, loaded when first needed.
 * @module
 */
import { createRequire } from "node:module";
import { CompileError } from "../../compile_error.ts";
import { bindingRuntime } from "./binding.ts";
import { directRuntime } from "./direct.ts";
import type { NativeRuntime } from "./runtime.ts";

let loading: Promise<NativeRuntime> | undefined;

/**
 * Loads ONNX Runtime for the CPU.
 *
 * It is reached through its C API where --allow-ffi allows all libraries, else through its package for Node, with the
 * same results: only that copies what it computes once more, which takes 0.2 ms for each megabyte.
 *
 * @throws {CompileError} If it has no binary for this machine, or may not load it.
 */
export async function loadOnnxRuntime(): Promise<NativeRuntime> {
  try {
    return await (loading ??= load());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CompileError(
      `Cannot load ONNX Runtime: ${
        reason.split("\n")[0]
      }; allow --allow-ffi, or use device "tfjs"`,
      { cause },
    );
  }
}

async function load(): Promise<NativeRuntime> {
  const module = await import("onnxruntime-node");
  const library = findLibrary();
  if (library === undefined) return bindingRuntime(module);
  try {
    return directRuntime(library);
  } catch { // another library than expected: the package knows its own
    return bindingRuntime(module);
  }
}

/** Names of the library, as the package's own module asks for it. */
const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libonnxruntime.so.1",
  darwin: "libonnxruntime.1.dylib",
  windows: "onnxruntime.dll",
};

/**
 * Finds the library that the package has loaded, which lies beside its module.
 *
 * @returns Nothing where its functions may not be called.
 */
export function findLibrary(): string | undefined {
  if (!("Deno" in globalThis)) return undefined;
  const permission = Deno.permissions.querySync({ name: "ffi" });
  const library = LIBRARIES[Deno.build.os];
  if (permission.state !== "granted" || !library) return undefined;
  const loaded = Object.keys(createRequire(ANYWHERE).cache); // one for all modules
  const binding = loaded.find((path) => path.endsWith(BINDING));
  return binding?.slice(0, -BINDING.length).concat(library);
}

/** The package's own module. */
const BINDING = "onnxruntime_binding.node";

/** A place that every system takes for absolute. */
const ANYWHERE = "file:///C:/";
