/**
 * Finished runs of all families: their models, samples of these, and files for other programs.
 * @module
 */
export * from "./export_onnx_run.ts";
export * from "./load_run.ts";
export * from "./loaded_model.ts";
export * from "./named_file.ts";
export * from "./sample_run.ts";
