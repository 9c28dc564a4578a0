/**
 * Stages, pipelines, runs and tasks: everything from which an experiment is composed.
 * @module
 */
// Composition
export type * from "./core/context.ts";
export * from "./core/for_each.ts";
export * from "./core/pipeline.ts";
export * from "./core/stage.ts";
export * from "./core/stage_error.ts";

// Random numbers by key
export * from "./core/random/key.ts";
export * from "./core/random/normal.ts";
export * from "./core/random/permutation.ts";
export * from "./core/random/uniform.ts";

// Runs
export type { DatasetInfo } from "./core/data/dataset_info.ts";
export { execute, type ExecuteOptions } from "./core/run/execute.ts";
export type { DeviceChoice } from "./core/run/choose_device.ts";
export { type MemoryRun, memoryRun } from "./core/run/memory_run.ts";
export type { Store } from "./core/run/store.ts";
export type { Summary } from "./core/run/summary.ts";

// Tasks
export * from "./core/task/fields.ts";
export type { Flags } from "./core/task/flags.ts";
export { main } from "./core/task/main.ts";
export {
  defineTask,
  type Result,
  type Task,
  type TaskSpec,
} from "./core/task/task.ts";

// Entries of a run
export type * from "./images/images.ts";
export type * from "./vae/sampled_vae.ts";
export type * from "./vae/conv/image_model.ts";
export type * from "./vae/likelihoods/pixel_case.ts";
export type * from "./vae/gap/elbo_gap_entries.ts";
export type * from "./vae/estimators/estimates.ts";
export type * from "./vae/gap/vectors.ts";
export type * from "./vae/latents/finished_run.ts";
export type * from "./exact/mean_field/mean_field_entries.ts";
export type * from "./exact/kl_gaussians/normal_pairs.ts";
export * from "./language/norm_study/norm_study_entries.ts";
export type * from "./language/place_norms.ts";
export type * from "./text/sequence_model.ts";
export type * from "./text/text_entries.ts";
export type * from "./training/training.ts";
export type { Weights } from "./training/weights.ts";

// Stages
export * from "./images/binarize_stages.ts";
export * from "./images/load_first_of_each.ts";
export * from "./vae/latents/read_runs.ts";
export { type ImageRequest, loadMnist } from "./images/load_mnist.ts";
export { loadText } from "./text/load_text.ts";
export * from "./exact/kl_gaussians/build_normal_pairs.ts";
export * from "./vae/gap/build_linear_gaussian.ts";
export * from "./language/build_transformer.ts";
export type { Translation } from "./text/translated_sequences.ts";
export * from "./vae/build_vae.ts";
export * from "./vae/conv/build_architecture.ts";
export * from "./vae/iwae/build_iwae.ts";
export * from "./vae/likelihoods/build_pixel_vae.ts";
export * from "./vae/train_elbo.ts";
export * from "./vae/gap/train_linear_gaussian.ts";
export * from "./language/train_language_model.ts";
export type { Decay, Schedule } from "./training/learning_rate.ts";
export type {
  OptimizerChoice,
  OptimizerName,
} from "./training/choose_optimizer.ts";
export * from "./language/norm_study/find_stable_rates.ts";
export * from "./vae/iwae/train_bound.ts";
export * from "./vae/conv/train_architecture.ts";
export type { TrainingLength } from "./images/fit_model.ts";
export * from "./exact/kl_gaussians/compare_kl.ts";
export * from "./vae/estimators/compare_estimators.ts";
export * from "./vae/estimate_log_likelihood.ts";
export * from "./vae/iwae/compare_gradients.ts";
export * from "./vae/count_active_units.ts";
export * from "./vae/evaluate_elbo.ts";
export * from "./language/evaluate_text_loss.ts";
export * from "./language/gather_gradients.ts";
export * from "./language/language_results.ts";
export * from "./language/norm_study/measure_initial_norms.ts";
export * from "./language/norm_study/measure_jacobians.ts";
export * from "./language/report_language_model.ts";
export * from "./language/norm_study/report_norm_study.ts";
export * from "./language/summarize_language_model.ts";
export * from "./language/norm_study/summarize_norm_study.ts";
export * from "./language/write_samples.ts";
export type { WritingChoice } from "./language/writer.ts";
export * from "./vae/export_vae.ts";
export * from "./vae/gap/measure_vae_gap.ts";
export * from "./vae/latents/finish_run.ts";
export * from "./vae/conv/measure_architecture.ts";
export * from "./vae/likelihoods/measure_pixel_case.ts";
export * from "./words/leave_report.ts";
export * from "./vae/latents/report_comparison.ts";
export * from "./vae/conv/report_architectures.ts";
export * from "./vae/likelihoods/report_pixel_cases.ts";
export * from "./exact/mean_field/solve_mean_field.ts";
export * from "./exact/kl_gaussians/summarize_kl.ts";
export * from "./vae/gap/summarize_elbo_gap.ts";
export * from "./vae/estimators/summarize_estimators.ts";
export * from "./exact/mean_field/summarize_mean_field.ts";
export * from "./vae/summarize_vae.ts";
export * from "./vae/iwae/summarize_bound.ts";
export * from "./vae/small14/draw_batches.ts";
export * from "./vae/iwae/draw_bound.ts";
export * from "./vae/conv/draw_architectures.ts";
export * from "./vae/latents/draw_comparison.ts";
export * from "./vae/draw_elbo_terms.ts";
export * from "./language/draw_gradient_profiles.ts";
export * from "./language/draw_gradients.ts";
export * from "./language/norm_study/draw_initial_norms.ts";
export * from "./language/norm_study/draw_jacobians.ts";
export * from "./exact/kl_gaussians/draw_kl.ts";
export * from "./vae/gap/draw_elbo_gap.ts";
export * from "./vae/estimators/draw_estimators.ts";
export * from "./language/norm_study/draw_stability.ts";
export * from "./language/norm_study/draw_study_gradients.ts";
export * from "./language/norm_study/draw_study_losses.ts";
export * from "./language/draw_text_loss.ts";
export * from "./vae/draw_latents.ts";
export * from "./exact/mean_field/draw_mean_field.ts";
export * from "./vae/manifold/draw_manifold.ts";
export * from "./vae/likelihoods/draw_pixel_cases.ts";
export * from "./vae/draw_reconstructions.ts";
export * from "./vae/draw_samples.ts";

// Measurements
export type { MeanAndError } from "./statistics/mean_and_error.ts";
export type { AnnealingRequest } from "./vae/estimators/annealed_estimates.ts";
export type { WindowLoss } from "./language/measure_loss.ts";
export type { GradientNoise } from "./vae/iwae/gradient_noise.ts";
export type { ModelOf } from "../models/objectives/latent_variable_model.ts";
export type { ComparedRuns } from "./vae/latents/compare_runs.ts";

// Experiments
export * from "./exact/kl_gaussians/kl_gaussians.ts";
export * from "./vae/gap/elbo_gap.ts";
export * from "./vae/estimators/estimators.ts";
export * from "./language/language_model.ts";
export * from "./exact/mean_field/mean_field.ts";
export * from "./language/norm_study/norm_cases.ts";
export * from "./language/norm_study/norm_study.ts";
export * from "./vae/vae.ts";
export * from "./vae/iwae/iwae.ts";
export * from "./vae/latents/vae_latents.ts";
export * from "./vae/conv/vae_conv.ts";
export * from "./vae/likelihoods/vae_likelihoods.ts";
export * from "./vae/manifold/vae_manifold.ts";
export * from "./vae/small14/vae_small14.ts";
