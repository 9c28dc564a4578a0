/**
 * Typed, composable experiment pipelines for generative models.
 *
 * A {@linkcode Stage} is a named step from some entries of a run to others; {@linkcode pipeline} joins stages, and a
 * pipeline that does not fit together does not compile. {@linkcode execute} runs one from a script.
 * {@linkcode compile} turns plain TensorFlow.js code into one ONNX graph that runs at native speed.
 *
 * Everything else lies in a room of its own: `@lowerbound/lowerbound/core`, `/images`, `/text`, `/training`, `/charts`,
 * `/words`, `/statistics`, one for each family, such as `/vae`, and `/models` for the mathematics.
 *
 * @example A VAE on the built-in digits
 * ```ts
 * import { execute, fitVae, loadMnist, pipeline, threshold, type VaeConfig } from "@lowerbound/lowerbound";
 *
 * const experiment = pipeline<Partial<VaeConfig>>("tiny-vae")
 *   .pipe(loadMnist)
 *   .pipe(threshold)
 *   .include(fitVae)
 *   .give("elbo");
 * const { elbo } = await execute(experiment, { data: "digits", trainImages: 500, testImages: 100, epochs: 1 }, { seed: 0 });
 * const { mean, standardError } = elbo.elbo;
 * console.log(`${mean.toFixed(1)} ± ${standardError.toFixed(1)} nats per image`);
 * ```
 *
 * @module
 */
// Composition
export { type Pipeline, pipeline } from "./pipelines/core/pipeline.ts";
export {
  type Case,
  type CaseResult,
  forEach,
} from "./pipelines/core/for_each.ts";
export { type InputOf, type Stage, stage } from "./pipelines/core/stage.ts";
export { StageError } from "./pipelines/core/stage_error.ts";
export type { RunContext } from "./pipelines/core/context.ts";

// Runs
export { execute, type ExecuteOptions } from "./pipelines/core/run/execute.ts";
export { type MemoryRun, memoryRun } from "./pipelines/core/run/memory_run.ts";
export type { Summary } from "./pipelines/core/run/summary.ts";

export { loadRun } from "./pipelines/finished/load_run.ts";

// Settings and tasks
export {
  count,
  list,
  oneOf,
  real,
  text,
  toggle,
} from "./pipelines/core/task/fields.ts";
export { type Flags, withDefaults } from "./pipelines/core/task/flags.ts";
export { main } from "./pipelines/core/task/main.ts";
export { defineTask, type Task } from "./pipelines/core/task/task.ts";

// Random numbers by key
export { fold, type Key, keyFrom, split } from "./pipelines/core/random/key.ts";
export { normal } from "./pipelines/core/random/normal.ts";
export { uniform } from "./pipelines/core/random/uniform.ts";

// Compilation
export { compile } from "./compile/compile.ts";
export { CompileError } from "./compile/compile_error.ts";
export { exportOnnx, exportOnnxFiles } from "./compile/export.ts";
export { resolveDevice } from "./compile/resolve_device.ts";

// The stages that most experiments share
export { loadMnist } from "./pipelines/images/load_mnist.ts";
export { stochastic, threshold } from "./pipelines/images/binarize_stages.ts";
export { buildVae } from "./pipelines/vae/build_vae.ts";
export { trainElbo } from "./pipelines/vae/train_elbo.ts";
export { evaluateElbo } from "./pipelines/vae/evaluate_elbo.ts";
export { estimateLogLikelihood } from "./pipelines/vae/estimate_log_likelihood.ts";
export { fitVae, type VaeConfig } from "./pipelines/vae/vae.ts";
export { loadText } from "./pipelines/text/load_text.ts";
export { buildTransformer } from "./pipelines/language/build_transformer.ts";
export { trainLanguageModel } from "./pipelines/language/train_language_model.ts";
