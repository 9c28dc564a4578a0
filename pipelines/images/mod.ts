/**
 * Images: loading, splitting, binarizing, batches, and the quality of samples.
 * @module
 */
export * from "./binarize_stages.ts";
export * from "./bits_per_dim.ts";
export * from "./features/check_measurable.ts";
export * from "./features/digit_features.ts";
export * from "./features/feature_file.ts";
export * from "./features/feature_source.ts";
export * from "./features/feature_words.ts";
export * from "./features/image_quality.ts";
export * from "./features/likeliest_classes.ts";
export * from "./features/sample_quality.ts";
export * from "./fit_elbo.ts";
export * from "./fit_model.ts";
export * from "./grey_histogram.ts";
export * from "./idx.ts";
export * from "./image_classes.ts";
export * from "./image_batches.ts";
export * from "./image_blocks.ts";
export type * from "./images.ts";
export * from "./load_first_of_each.ts";
export * from "./load_mnist.ts";
export * from "./scenes/accuracy.ts";
export * from "./scenes/caption.ts";
export * from "./scenes/draw_scene.ts";
export * from "./scenes/held_out.ts";
export * from "./scenes/make_scenes.ts";
export * from "./scenes/prompt_tokens.ts";
export * from "./scenes/questions.ts";
export * from "./scenes/sample_scene.ts";
export * from "./scenes/scene.ts";
export * from "./scenes/scene_reader.ts";
export * from "./scenes/train_reader.ts";
export * from "./sources/open_images.ts";
export * from "./split.ts";
export type { ModelUpdate, Terms, UpdateMeans } from "./compile_update.ts";
