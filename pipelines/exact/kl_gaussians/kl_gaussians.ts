/**
 * The divergence of normal distributions, by formula and by samples.
 * @module
 */
import { buildNormalPairs, type PairRequest } from "./build_normal_pairs.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { compareKl } from "./compare_kl.ts";
import { summarizeKl } from "./summarize_kl.ts";
import { drawKl } from "./draw_kl.ts";

/** Everything that shapes the experiment. */
export interface KlGaussiansConfig extends PairRequest {
  /** Samples of q for each pair. */
  readonly samples: number;
}

/** Settings of the experiment, with their defaults and rules. */
export const klGaussiansFlags: Flags<KlGaussiansConfig> = {
  dimensions: count(5, "numbers in a vector of a diagonal or full normal", {
    max: 100,
  }),
  separations: list(
    [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    real(1, "how far apart the pairs are", { min: 1e-6, max: 20 }),
    { least: 1, repeats: "refused" },
  ),
  samples: count(10_000, "samples of q for each pair", { min: 2, smoke: 1000 }),
};

/** From pairs, nearly equal to far apart, to the numbers and pictures of their divergences. */
export const klGaussians: Stage<
  KlGaussiansConfig,
  { readonly summary: Summary }
> = pipeline<KlGaussiansConfig>("kl-gaussians")
  .pipe(buildNormalPairs)
  .pipe(compareKl)
  .pipe(summarizeKl)
  .pipe(drawKl)
  .give("summary");
