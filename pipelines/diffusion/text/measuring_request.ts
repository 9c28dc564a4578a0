/**
 * What is measured of a text-to-image model.
 * @module
 */
import { count, list, oneOf, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type SamplerName, samplerNames } from "../samplers_by_name.ts";

/** What to measure. */
export interface MeasuringRequest {
  /** Whether to measure: `auto` does after a training. */
  readonly measure: "auto" | "always" | "never";
  /** Prompts of seen combinations of words, and as many of held-out ones. */
  readonly prompts: number;
  /** Starts of the pair with and without a negative prompt. */
  readonly negativeSeeds: number;
  /** How strongly prompts guide in other ways to lead away from the negative prompt. */
  readonly negativeGuidances: readonly number[];
  /** Parts of the steps, from the first, that lead away from it in these. */
  readonly negativeParts: readonly number[];
  /** Methods to compare. */
  readonly samplers: readonly SamplerName[];
  /** Numbers of steps to compare. */
  readonly stepCounts: readonly number[];
}

/** Flags of the measurements. */
export const measuringRequest: Flags<MeasuringRequest> = {
  measure: oneOf(
    ["auto", "always", "never"],
    "whether to measure what is drawn; auto: after a training",
  ),
  prompts: count(
    200,
    "prompts of seen combinations of words, and as many of held-out ones",
    { smoke: 4 },
  ),
  negativeSeeds: count(
    100,
    "starts of the pair with and without a negative prompt",
    { smoke: 4 },
  ),
  negativeGuidances: list(
    [1.5, 3],
    real(1.5, "guidances of other ways to lead away from the negative prompt", {
      min: 0,
    }),
    { repeats: "refused", smoke: [] },
  ),
  negativeParts: list(
    [1, 0.4, 0.2],
    real(1, "parts of the steps, from the first, that lead away in these", {
      min: 0,
      max: 1,
    }),
    { repeats: "refused", smoke: [] },
  ),
  samplers: list(
    [
      ...["euler", "ddim", "euler-ancestral", "ddpm"] as const,
      ...["lms", "dpm2", "dpm3", "unipc"] as const,
    ],
    oneOf(samplerNames, "samplers to compare"),
    { least: 1, repeats: "refused", smoke: ["dpm2"] },
  ),
  stepCounts: list([5, 10, 25, 50], count(1, "numbers of steps to compare"), {
    least: 1,
    repeats: "refused",
    smoke: [2],
  }),
};
