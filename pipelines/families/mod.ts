/**
 * One table of all families of image models, read from the folders of their runs.
 * @module
 */
export * from "./bits_of.ts";
export * from "./draw_families.ts";
export * from "./families.ts";
export * from "./families_settings.ts";
export type * from "./family.ts";
export * from "./measure_families.ts";
export * from "./nearest_images.ts";
export * from "./obtain_runs.ts";
export * from "./report_families.ts";
export type { SampleQuality } from "../images/features/sample_quality.ts";
export type { FeatureWords } from "../images/features/feature_words.ts";
export type { ClassCoverage } from "../images/features/image_quality.ts";
export type { PrecisionAndRecall } from "../statistics/nearest_neighbours.ts";
export * from "./training_length.ts";
