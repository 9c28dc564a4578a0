/**
 * The training loop, learning rates, optimizers by name, and what a training leaves.
 * @module
 */
export * from "./choose_optimizer.ts";
export * from "./sample_parameter.ts";
export * from "./fit.ts";
export * from "./learning_rate.ts";
export * from "./training.ts";
export * from "./weights.ts";
