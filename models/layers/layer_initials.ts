/**
 * How the weights and biases of layers begin, by name.
 * @module
 */
import {
  fanInUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type InitialBySize,
  lecunNormal,
  lecunUniform,
  zeros,
} from "../parameters/initials.ts";
import type { Initial } from "../parameters/parameters.ts";
import type { Activation } from "./activation.ts";

/** Names of the ways to begin, the usual one first. */
export const layerInitializations = [
  "by-activation",
  "fan-in",
  "lecun-uniform",
  "lecun-normal",
  "he-uniform",
  "he-normal",
  "glorot-uniform",
  "glorot-normal",
] as const;

/**
 * How weights and biases begin.
 *
 * `by-activation`: weights and biases as `lecun-uniform` before tanh and outputs, as `he-uniform` before rectifiers and
 * their smooth kin; the bias counts as one more input, which is always 1.
 * `fan-in`: weights and biases uniform within 1 / sqrt(inputs), as PyTorch's layers begin.
 * The others: weights as named, biases zero.
 */
export type LayerInitialization = typeof layerInitializations[number];

/** How the weight and the bias of a layer begin, by the lengths of the vectors that it takes and gives. */
export interface LayerInitials {
  /** Distribution of the weight. */
  readonly weight: InitialBySize;
  /** Distribution of the bias. */
  readonly bias: InitialBySize;
}

/** Glorot weights and no bias. */
export const glorotInitials: LayerInitials = {
  weight: glorotUniform,
  bias: () => zeros,
};

/**
 * Chooses how a layer begins.
 *
 * Source: LeCun et al. 1998, "Efficient BackProp", section 4.6; Glorot & Bengio 2010, eq. 12 and 16; He et al. 2015,
 * eq. 10.
 *
 * @param initialization By name.
 * @param next What the layer's outputs go through; `none` for means, variances and logits.
 * @returns Distributions of weight and bias.
 */
export function layerInitials(
  initialization: LayerInitialization,
  next: Activation | "none",
): LayerInitials {
  switch (initialization) {
    case "by-activation":
      return biasAsInput(
        next === "tanh" || next === "none" ? lecunUniform : heUniform,
      );
    case "fan-in":
      return { weight: fanInUniform, bias: fanInUniform };
    case "lecun-uniform":
      return withoutBias(lecunUniform);
    case "lecun-normal":
      return withoutBias(lecunNormal);
    case "he-uniform":
      return withoutBias(heUniform);
    case "he-normal":
      return withoutBias(heNormal);
    case "glorot-uniform":
      return glorotInitials;
    case "glorot-normal":
      return withoutBias(glorotNormal);
  }
}

/** For inputs of mean square 1, an output has mean square 1 before tanh, and half of 2 is left after a rectifier. */
function biasAsInput(scale: (inputs: number) => Initial): LayerInitials {
  const initial = (inputs: number) => scale(inputs + 1);
  return { weight: initial, bias: initial };
}

function withoutBias(weight: InitialBySize): LayerInitials {
  return { weight, bias: () => zeros };
}
