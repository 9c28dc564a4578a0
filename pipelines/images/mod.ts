/**
 * Images: loading, splitting, binarizing, batches, and the quality of samples.
 * @module
 */
export * from "./binarize_stages.ts";
export * from "./features/digit_features.ts";
export * from "./features/image_quality.ts";
export * from "./features/sample_quality.ts";
export * from "./fit_model.ts";
export * from "./grey_histogram.ts";
export * from "./idx.ts";
export * from "./image_classes.ts";
export * from "./image_batches.ts";
export * from "./image_blocks.ts";
export type * from "./images.ts";
export * from "./load_first_of_each.ts";
export * from "./load_mnist.ts";
export * from "./sources/open_images.ts";
export * from "./split.ts";
export type { ModelUpdate, Terms, UpdateMeans } from "./compile_update.ts";
