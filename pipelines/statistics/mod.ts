/**
 * Statistics of plain numbers: means with errors, differences of pairs, lines, trends, Fréchet distances, nearest neighbours.
 * @module
 */
export * from "./fit_line.ts";
export * from "./frechet_distance.ts";
export * from "./mean_and_error.ts";
export * from "./nearest_neighbours.ts";
export * from "./paired_difference.ts";
export * from "./symmetric_eigen.ts";
export * from "./trend.ts";
export * from "./with_error.ts";
