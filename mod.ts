/**
 * Typed, composable experiment pipelines for generative models.
 *
 * A {@linkcode Stage} is a named step from some entries of a run to others; {@linkcode pipeline} joins stages, and a
 * pipeline that does not fit together does not compile. {@linkcode execute} runs one from a script.
 * {@linkcode compile} turns plain TensorFlow.js code into one ONNX graph that runs at native speed.
 *
 * @example A VAE on the built-in digits, in a few lines
 * ```ts
 * import {
 *   buildVae,
 *   evaluateElbo,
 *   execute,
 *   loadMnist,
 *   pipeline,
 *   threshold,
 *   trainElbo,
 *   type VaeConfig,
 * } from "@lowerbound/lowerbound";
 *
 * const experiment = pipeline<Omit<VaeConfig, "importanceSamples">>("tiny-vae")
 *   .pipe(loadMnist)
 *   .pipe(threshold)
 *   .pipe(buildVae)
 *   .pipe(trainElbo)
 *   .pipe(evaluateElbo)
 *   .give("elbo");
 *
 * const { elbo } = await execute(experiment, {
 *   data: "digits",
 *   trainImages: 200,
 *   testImages: 50,
 *   latent: 2,
 *   hidden: 16,
 *   epochs: 1,
 *   batch: 50,
 *   learningRate: 1e-3,
 *   monteCarlo: 1,
 *   patience: 0,
 *   recordEvery: 4,
 *   snapshots: [],
 * }, { seed: 0 });
 * console.log(elbo.elbo.mean, "nats per image");
 * ```
 *
 * @module
 */
export * from "./compile/mod.ts";
export type * from "./pipelines/core/context.ts";
export * from "./pipelines/core/stage.ts";
export * from "./pipelines/core/stage_error.ts";
export * from "./pipelines/core/pipeline.ts";
export * from "./pipelines/core/random/key.ts";
export * from "./pipelines/core/random/normal.ts";
export * from "./pipelines/core/random/permutation.ts";
export * from "./pipelines/core/random/uniform.ts";
export * from "./pipelines/core/run/execute.ts";
export * from "./pipelines/experiments/vae.ts";
export * from "./pipelines/build/build_vae.ts";
export * from "./pipelines/evaluate/estimate_log_likelihood.ts";
export * from "./pipelines/evaluate/evaluate_elbo.ts";
export * from "./pipelines/evaluate/summarize_vae.ts";
export * from "./pipelines/load/binarize_stages.ts";
export * from "./pipelines/load/load_mnist.ts";
export * from "./pipelines/load/load_text.ts";
export * from "./pipelines/train/train_elbo.ts";
export * from "./pipelines/render/draw_elbo_terms.ts";
export * from "./pipelines/render/draw_latents.ts";
export * from "./pipelines/render/draw_reconstructions.ts";
export * from "./pipelines/render/draw_samples.ts";
