/**
 * The setting of every VAE that says how its weights begin.
 * @module
 */
import {
  type LayerInitialization,
  layerInitializations,
} from "../../models/layers/layer_initials.ts";
import { oneOf } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** How the weights of a model begin, as a run's config gives it. */
export interface InitialWeights {
  /** Distributions of all weights and biases before training. */
  readonly initialization: LayerInitialization;
}

/** The setting of `InitialWeights`, with its default and rule. */
export const initialWeights: Flags<InitialWeights> = {
  initialization: {
    ...oneOf(
      layerInitializations,
      "how weights and biases begin: by-activation, fan-in as PyTorch's, or " +
        "lecun-, he- or glorot- with -uniform or -normal",
    ),
    form: "NAME", // all names would fill a line
  },
};
