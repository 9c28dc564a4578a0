/**
 * ONNX Runtime for WebGPU, loaded when first needed.
 * @module
 */
import type * as ort from "onnxruntime-web/webgpu";
import { CompileError } from "../compile_error.ts";
import { encode } from "../onnx/encode.ts";
import type { OnnxGraph, OnnxValue } from "../onnx/model.ts";

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
  await holdDevice(runtime);
  return runtime;
}

const x: OnnxValue = { name: "x", dtype: "float32", shape: [4] };
const y: OnnxValue = { ...x, name: "y" };
const smallest: OnnxGraph = {
  name: "hold",
  nodes: [{ op: "Neg", inputs: ["x"], outputs: ["y"], attributes: {} }],
  inputs: [x],
  outputs: [y],
  tensors: [],
};

/** Opens a session that is never released: with the last one goes the device, and with it the values of variables. */
async function holdDevice(runtime: OnnxRuntimeWeb): Promise<void> {
  await runtime.InferenceSession.create(encode({ graph: smallest }), {
    executionProviders: ["webgpu"],
  });
}
