/**
 * Generative adversarial networks: their games, stages, measures, figures and experiments.
 * @module
 */
export type { FeatureWords } from "../images/features/feature_words.ts";
export * from "./build_players.ts";
export * from "./compile_game.ts";
export * from "./draw_gan_losses.ts";
export * from "./draw_gan_samples.ts";
export * from "./draw_sample_quality.ts";
export * from "./evaluate_samples.ts";
export * from "./export_generator.ts";
export * from "./fit_game.ts";
export * from "./fit_image_game.ts";
export * from "./gan.ts";
export * from "./gan_settings.ts";
export * from "./items.ts";
export * from "./leave_gan_samples.ts";
export * from "./report_gan.ts";
export * from "./sample_images.ts";
export * from "./epoch_quality.ts";
export * from "./summarize_gan.ts";
export * from "./train_gan.ts";
export * from "./dcgan/dcgan.ts";
export * from "./dcgan/dcgan_settings.ts";
export type * from "./dcgan/gan_case.ts";
export * from "./dcgan/measure_pace.ts";
export * from "./losses/gan_losses.ts";
export * from "./losses/learn_gaussians.ts";
export type * from "./losses/loss_study.ts";
export * from "./losses/losses_settings.ts";
export * from "./losses/train_on_frozen.ts";
export * from "./modes/gan_modes.ts";
export type * from "./modes/mode_study.ts";
export * from "./modes/modes_settings.ts";
export * from "./modes/play_images.ts";
export * from "./modes/play_ring.ts";
export * from "./modes/remedies.ts";
export * from "./modes/ring.ts";
export type {
  DigitFeatures,
  FeatureNetwork,
} from "../images/features/digit_features.ts";
export type { Moments } from "../statistics/frechet_distance.ts";
export type { PrecisionAndRecall } from "../statistics/nearest_neighbours.ts";
