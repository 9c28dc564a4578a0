/**
 * The training loop, updates in halves, learning rates, optimizers by name, and the weights and records of a training.
 * @module
 */
export * from "./choose_optimizer.ts";
export * from "./sample_parameter.ts";
export * from "./fit.ts";
export * from "./halved_update.ts";
export * from "./learning_rate.ts";
export * from "./leave_weights.ts";
export * from "./training.ts";
export * from "./weights.ts";
