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
 *   hidden: [16],
 *   encoderActivation: "tanh",
 *   decoderActivation: "tanh",
 *   epochs: 1,
 *   batch: 50,
 *   learningRate: 1e-3,
 *   monteCarlo: 1,
 *   validateEvery: 0,
 *   patience: 0,
 *   recordEvery: 4,
 *   snapshots: [],
 *   reconstructions: 8,
 * }, { seed: 0 });
 * console.log(elbo.elbo.mean, "nats per image");
 * ```
 *
 * @module
 */
export * from "./compile/mod.ts";
export * from "./pipelines/mod.ts";
