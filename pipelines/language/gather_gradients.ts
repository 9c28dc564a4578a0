/**
 * The stage that gathers the norms of gradients that training has recorded.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { SequenceModel } from "../text/sequence_model.ts";
import type { Training } from "../training/training.ts";
import type { GradientHistory } from "./place_norms.ts";
import { gradientHistories } from "./gradient_history.ts";

/** Orders the norms by stack, step and place. */
export const gatherGradients: Stage<
  { readonly model: SequenceModel; readonly training: Training },
  { readonly gradients: readonly GradientHistory[] }
> = stage("gather-gradients", {
  needs: ["model", "training"],
  adds: { gradients: "norms at each place of each stack, by weight update" },
}, ({ model, training }) => ({
  gradients: gradientHistories(training.history, model.places),
}));
