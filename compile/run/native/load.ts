/**
 * ONNX Runtime, loaded when first needed.
 * @module
 */
import { CompileError } from "../../compile_error.ts";
import { bindingRuntime } from "./binding.ts";
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
  // What these need of the system is not there in every place that compiles for another device.
  const { findLibrary } = await import("./find_library.ts");
  const { directRuntime } = await import("./direct.ts");
  const library = findLibrary();
  if (library === undefined) return bindingRuntime(module);
  try {
    return directRuntime(library);
  } catch { // another library than expected: the package knows its own
    return bindingRuntime(module);
  }
}
