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
  runtime.env.logLevel = "fatal"; // errors come as such
  await holdDevice(runtime);
  const device = await runtime.env.webgpu.device as GPUDevice; // typed as unknown, for runtimes without WebGPU
  void device.lost.then(({ message, reason }) => loss = message || reason);
  return runtime;
}

let loss: string | undefined;

/**
 * Runs something on the graphics device, and tells plainly where the device was lost.
 *
 * @throws {CompileError} If the device was lost before or meanwhile: driver reset, sleep, unplugged.
 */
export async function onDevice<T>(run: () => Promise<T>): Promise<T> {
  try {
    if (loss === undefined) return await run();
  } catch (cause) {
    await new Promise((resolve) => setTimeout(resolve)); // the news of the loss may come after its effects
    if (loss === undefined) throw cause;
  }
  throw new CompileError(
    `Cannot go on: the graphics device was lost (${loss}); start again, or use device "cpu"`,
  );
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
