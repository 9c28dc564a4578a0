/**
 * ONNX Runtime, loaded when first needed.
 * @module
 */
import type * as ort from "onnxruntime-node";
import { CompileError } from "../compile_error.ts";

/** The module of ONNX Runtime for the CPU. */
export type OnnxRuntime = typeof ort;

let loading: Promise<OnnxRuntime> | undefined;

/**
 * Loads ONNX Runtime for the CPU.
 *
 * @throws {CompileError} If it has no binary for this machine, or may not load it.
 */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await (loading ??= import("onnxruntime-node"));
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
