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
export type * from "./entries/images.ts";
export type * from "./entries/sampled_vae.ts";
export type * from "./entries/image_model.ts";
export type * from "./entries/pixel_case.ts";
export type * from "./entries/elbo_gap.ts";
export type * from "./entries/estimates.ts";
export type * from "./entries/vectors.ts";
export type * from "./entries/finished_run.ts";
export type * from "./entries/mean_field.ts";
export type * from "./entries/normal_pairs.ts";
export * from "./entries/norm_study.ts";
export type * from "./entries/place_norms.ts";
export type * from "./entries/sequence_model.ts";
export type * from "./entries/text.ts";
export type * from "./entries/training.ts";
export type { Weights } from "./entries/weights.ts";

// Stages
export * from "./load/binarize_stages.ts";
export * from "./load/load_first_of_each.ts";
export * from "./load/read_runs.ts";
export { type ImageRequest, loadMnist } from "./load/load_mnist.ts";
export { loadText } from "./load/load_text.ts";
export * from "./build/build_normal_pairs.ts";
export * from "./build/build_linear_gaussian.ts";
export * from "./build/build_transformer.ts";
export type { Translation } from "./build/translated_sequences.ts";
export * from "./build/build_vae.ts";
export * from "./build/build_architecture.ts";
export * from "./build/build_iwae.ts";
export * from "./build/build_pixel_vae.ts";
export * from "./train/train_elbo.ts";
export * from "./train/train_linear_gaussian.ts";
export * from "./train/train_language_model.ts";
export type { Decay, Schedule } from "./train/learning_rate.ts";
export type {
  OptimizerChoice,
  OptimizerName,
} from "./train/choose_optimizer.ts";
export * from "./train/find_stable_rates.ts";
export * from "./train/train_bound.ts";
export * from "./train/train_architecture.ts";
export type { TrainingLength } from "./train/fit_model.ts";
export * from "./evaluate/compare_kl.ts";
export * from "./evaluate/compare_estimators.ts";
export * from "./evaluate/estimate_log_likelihood.ts";
export * from "./evaluate/compare_gradients.ts";
export * from "./evaluate/count_active_units.ts";
export * from "./evaluate/evaluate_elbo.ts";
export * from "./evaluate/evaluate_text_loss.ts";
export * from "./evaluate/gather_gradients.ts";
export * from "./evaluate/language_results.ts";
export * from "./evaluate/measure_initial_norms.ts";
export * from "./evaluate/measure_jacobians.ts";
export * from "./evaluate/report_language_model.ts";
export * from "./evaluate/report_norm_study.ts";
export * from "./evaluate/summarize_language_model.ts";
export * from "./evaluate/summarize_norm_study.ts";
export * from "./evaluate/write_samples.ts";
export type { WritingChoice } from "./evaluate/writer.ts";
export * from "./evaluate/export_vae.ts";
export * from "./evaluate/measure_vae_gap.ts";
export * from "./evaluate/finish_run.ts";
export * from "./evaluate/measure_architecture.ts";
export * from "./evaluate/measure_pixel_case.ts";
export * from "./evaluate/leave_report.ts";
export * from "./evaluate/report_comparison.ts";
export * from "./evaluate/report_architectures.ts";
export * from "./evaluate/report_pixel_cases.ts";
export * from "./evaluate/solve_mean_field.ts";
export * from "./evaluate/summarize_kl.ts";
export * from "./evaluate/summarize_elbo_gap.ts";
export * from "./evaluate/summarize_estimators.ts";
export * from "./evaluate/summarize_mean_field.ts";
export * from "./evaluate/summarize_vae.ts";
export * from "./evaluate/summarize_bound.ts";
export * from "./render/draw_batches.ts";
export * from "./render/draw_bound.ts";
export * from "./render/draw_architectures.ts";
export * from "./render/draw_comparison.ts";
export * from "./render/draw_elbo_terms.ts";
export * from "./render/draw_gradient_profiles.ts";
export * from "./render/draw_gradients.ts";
export * from "./render/draw_initial_norms.ts";
export * from "./render/draw_jacobians.ts";
export * from "./render/draw_kl.ts";
export * from "./render/draw_elbo_gap.ts";
export * from "./render/draw_estimators.ts";
export * from "./render/draw_stability.ts";
export * from "./render/draw_study_gradients.ts";
export * from "./render/draw_study_losses.ts";
export * from "./render/draw_text_loss.ts";
export * from "./render/draw_latents.ts";
export * from "./render/draw_mean_field.ts";
export * from "./render/draw_manifold.ts";
export * from "./render/draw_pixel_cases.ts";
export * from "./render/draw_reconstructions.ts";
export * from "./render/draw_samples.ts";

// Measurements
export type { MeanAndError } from "./measure/mean_and_error.ts";
export type { AnnealingRequest } from "./measure/annealed_estimates.ts";
export type { WindowLoss } from "./measure/measure_loss.ts";
export type { GradientNoise } from "./measure/gradient_noise.ts";
export type { ModelOf } from "../models/objectives/latent_variable_model.ts";
export type { ComparedRuns } from "./measure/compare_runs.ts";

// Experiments
export * from "./experiments/kl_gaussians.ts";
export * from "./experiments/elbo_gap.ts";
export * from "./experiments/estimators.ts";
export * from "./experiments/language_model.ts";
export * from "./experiments/mean_field.ts";
export * from "./experiments/norm_cases.ts";
export * from "./experiments/norm_study.ts";
export * from "./experiments/vae.ts";
export * from "./experiments/iwae.ts";
export * from "./experiments/vae_latents.ts";
export * from "./experiments/vae_conv.ts";
export * from "./experiments/vae_likelihoods.ts";
export * from "./experiments/vae_manifold.ts";
export * from "./experiments/vae_small14.ts";
