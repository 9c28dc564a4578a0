/**
 * What is measured of a text-to-image model.
 * @module
 */
import { count, list, oneOf } from "../../core/task/fields.ts";
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
  samplers: list(
    [
      ...["euler", "ddim", "euler-ancestral", "ddpm"] as const,
      ...["lms", "dpm2", "dpm3", "unipc"] as const,
    ],
    oneOf(samplerNames, "samplers to compare"),
    { least: 1, smoke: ["dpm2"] },
  ),
  stepCounts: list([5, 10, 25, 50], count(1, "numbers of steps to compare"), {
    least: 1,
    smoke: [2],
  }),
};
