/**
 * What stages know of a model with latents.
 * @module
 */
export type * from "./objectives/latent_variable_model.ts";
