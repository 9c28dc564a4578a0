/**
 * Transformers on text: their stages, measures, figures and experiments.
 * @module
 */
export * from "./build_transformer.ts";
export * from "./draw_gradient_profiles.ts";
export * from "./draw_gradients.ts";
export * from "./draw_text_loss.ts";
export * from "./evaluate_text_loss.ts";
export * from "./gather_gradients.ts";
export * from "./language_model.ts";
export * from "./language_results.ts";
export type { WindowLoss } from "./measure_loss.ts";
export type * from "./place_norms.ts";
export * from "./report_language_model.ts";
export * from "./summarize_language_model.ts";
export * from "./train_language_model.ts";
export * from "./write_samples.ts";
export type { WritingChoice } from "./writer.ts";
export * from "./norm_study/draw_initial_norms.ts";
export * from "./norm_study/draw_jacobians.ts";
export * from "./norm_study/draw_stability.ts";
export * from "./norm_study/draw_study_gradients.ts";
export * from "./norm_study/draw_study_losses.ts";
export * from "./norm_study/find_stable_rates.ts";
export * from "./norm_study/measure_initial_norms.ts";
export * from "./norm_study/measure_jacobians.ts";
export * from "./norm_study/norm_cases.ts";
export * from "./norm_study/norm_study.ts";
export * from "./norm_study/norm_study_entries.ts";
export * from "./norm_study/report_norm_study.ts";
export * from "./norm_study/study_settings.ts";
export * from "./norm_study/summarize_norm_study.ts";
