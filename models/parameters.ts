/**
 * What stages know of a model's parameters.
 * @module
 */
export * from "./parameters/parameters.ts";
