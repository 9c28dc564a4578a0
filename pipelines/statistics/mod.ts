/**
 * Pure numbers: means with errors, lines, trends.
 * @module
 */
export * from "./fit_line.ts";
export * from "./mean_and_error.ts";
export * from "./trend.ts";
