/**
 * Networks that measure samples: their training, their files, and what they say beside that of the package.
 * @module
 */
export * from "./agreement.ts";
export * from "./change_words.ts";
export * from "./changed_images.ts";
export * from "./compare_networks.ts";
export * from "./draw_features.ts";
export * from "./feature_network.ts";
export * from "./feature_settings.ts";
export * from "./labelled_batches.ts";
export * from "./leave_features.ts";
export * from "./read_right.ts";
export * from "./summarize_features.ts";
export * from "./train_features.ts";
