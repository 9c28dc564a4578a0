/**
 * Normalizing flows: densities on the plane and of images, their inverses, log determinants and dequantization.
 * @module
 */
export * from "./build_flow.ts";
export * from "./draw_flow_samples.ts";
export * from "./draw_flow_training.ts";
export * from "./draw_interpolations.ts";
export * from "./evaluate_flow.ts";
export * from "./flow_mnist.ts";
export * from "./flow_settings.ts";
export * from "./leave_flow_samples.ts";
export * from "./log_mean_exp.ts";
export * from "./measure_inverse.ts";
export * from "./plane/draw_plane.ts";
export * from "./plane/flow_plane.ts";
export * from "./plane/measure_plane_flow.ts";
export type * from "./plane/plane_case.ts";
export * from "./plane/plane_settings.ts";
export * from "./plane/plane_targets.ts";
export * from "./plane/summarize_plane.ts";
export * from "./plane/train_plane_flow.ts";
export * from "./questions/draw_questions.ts";
export * from "./questions/flow_questions.ts";
export * from "./questions/measure_inverses.ts";
export * from "./questions/measure_jacobians.ts";
export * from "./questions/question_settings.ts";
export * from "./questions/summarize_questions.ts";
export * from "./questions/train_integers.ts";
export * from "./summarize_flow.ts";
export * from "./train_flow.ts";
