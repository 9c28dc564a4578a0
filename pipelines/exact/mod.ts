/**
 * Variational inference on small problems with known answers.
 * @module
 */
export * from "./kl_gaussians/build_normal_pairs.ts";
export * from "./kl_gaussians/compare_kl.ts";
export * from "./kl_gaussians/draw_kl.ts";
export * from "./kl_gaussians/kl_gaussians.ts";
export type * from "./kl_gaussians/normal_pairs.ts";
export * from "./kl_gaussians/summarize_kl.ts";
export * from "./mean_field/draw_mean_field.ts";
export * from "./mean_field/mean_field.ts";
export type * from "./mean_field/mean_field_entries.ts";
export * from "./mean_field/solve_mean_field.ts";
export * from "./mean_field/summarize_mean_field.ts";
