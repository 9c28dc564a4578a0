/**
 * ONNX Runtime for WebGPU, loaded when first needed.
 * @module
 */
import type * as ort from "onnxruntime-web/webgpu";
import { CompileError } from "../compile_error.ts";

/** The module of ONNX Runtime for WebGPU. */
export type OnnxRuntimeWeb = typeof ort;

let loading: Promise<OnnxRuntimeWeb> | undefined;

/**
 * Loads ONNX Runtime for WebGPU.
 *
 * @throws {CompileError} If it cannot be loaded.
 */
export async function loadOnnxRuntimeWeb(): Promise<OnnxRuntimeWeb> {
  try {
    return await (loading ??= load());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CompileError(
      `Cannot load ONNX Runtime for WebGPU: ${
        reason.split("\n")[0]
      }; use device "cpu"`,
      { cause },
    );
  }
}

async function load(): Promise<OnnxRuntimeWeb> {
  const runtime = await import("onnxruntime-web/webgpu");
  runtime.env.wasm.numThreads = 1; // more need workers, which gain nothing here
  runtime.env.logLevel = "error";
  return runtime;
}
