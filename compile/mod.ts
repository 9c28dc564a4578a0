/**
 * A TensorFlow.js function becomes one ONNX graph, run at native speed.
 *
 * See `README.md` for how it works, in reading order.
 * @module
 */
export { compile } from "./compile.ts";
export { CompileError } from "./compile_error.ts";
export { exportOnnx, exportOnnxFiles } from "./export.ts";
export type { OnnxFiles } from "./export.ts";
export type { ExportOptions } from "./exported_model.ts";
export { resolveDevice } from "./resolve_device.ts";
export type { ResolvedDevice } from "./resolve_device.ts";
export { Output } from "./output.ts";
export type * from "./types.ts";
export type * from "./dtype.ts";
export { waitsTaken } from "./run/waiting_sessions.ts";
export type { Waiting } from "./run/wait_choice.ts";
