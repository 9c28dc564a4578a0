/**
 * Products of factors in place of distributions with dependent parts.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { count, list, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type MeanFieldRequest, solveMeanField } from "./solve_mean_field.ts";
import { summarizeMeanField } from "./summarize_mean_field.ts";
import { drawMeanField } from "./draw_mean_field.ts";

/** Settings of the experiment, with their defaults and rules. */
export const meanFieldFlags: Flags<MeanFieldRequest> = {
  count: count(4, "binary numbers where the inverse temperature is swept", {
    min: 2,
    max: 12,
  }),
  mostCount: count(10, "the most binary numbers of the limit of large beta", {
    max: 24,
  }),
  temperatures: count(61, "inverse temperatures between 0.1 and 1,000", {
    smoke: 11,
  }),
  starts: count(8, "starts of the coordinate descent"),
  correlations: list(
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9],
    real(0, "correlations of two normal numbers", { min: -0.999, max: 0.999 }),
    { least: 1, repeats: "refused" },
  ),
};

/** From nothing but a key to the numbers and pictures of the best factors. */
export const meanFieldExperiment: Stage<
  MeanFieldRequest,
  { readonly summary: Summary }
> = pipeline<MeanFieldRequest>("mean-field")
  .pipe(solveMeanField)
  .pipe(summarizeMeanField)
  .pipe(drawMeanField)
  .give("summary");
