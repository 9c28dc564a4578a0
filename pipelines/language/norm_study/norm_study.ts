/**
 * Where the layer norms of a transformer stand, and what that does to its gradients.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { InputOf, Stage } from "../../core/stage.ts";
import { count, list } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { NormStudy } from "./norm_study_entries.ts";
import { reportNormStudy } from "./report_norm_study.ts";
import { summarizeNormStudy } from "./summarize_norm_study.ts";
import { loadText } from "../../text/load_text.ts";
import { drawInitialNorms } from "./draw_initial_norms.ts";
import { drawJacobians } from "./draw_jacobians.ts";
import { drawStudyGradients } from "./draw_study_gradients.ts";
import { drawStudyLosses } from "./draw_study_losses.ts";
import { drawStability } from "./draw_stability.ts";
import { transformerFlags, withDefaults } from "../language_model.ts";
import {
  type NormStudyConfig,
  studyDerivatives,
  studyInitials,
  studyStability,
  trainKinds,
} from "./norm_cases.ts";

const {
  normalization: _normalization,
  layers: _layers,
  ...sharedFlags
} = transformerFlags;

/** Its flags: those of the models and their training, but for what the study compares, and how much to study. */
export const normStudyFlags: Flags<Omit<NormStudyConfig, "data">> = {
  ...withDefaults(sharedFlags, {
    width: 32,
    heads: 2,
    context: 32,
    batch: 8,
    steps: 300,
    warmUp: 50,
    learningRate: 2e-3,
    validateEvery: 50,
    measureWindows: 200,
    threshold: 1,
  }),
  seeds: count(5, "trainings of each of the four kinds of models", {
    smoke: 2,
  }),
  shallow: count(5, "layers of the shallow models", { min: 2, smoke: 2 }),
  deep: count(12, "layers of the deep models", { min: 2, smoke: 4 }),
  depths: list(
    [2, 3, 4, 6, 8, 12, 16],
    count(2, "layers of the untrained models", { min: 2 }),
    { smoke: [2, 4] },
  ),
  initialSeeds: count(10, "draws of the weights of each untrained model", {
    smoke: 2,
  }),
  jacobianWidth: count(
    16,
    "width of the models whose layers are differentiated",
    {
      smoke: 8,
    },
  ),
  jacobianLayers: count(12, "layers that are differentiated", {
    min: 2,
    smoke: 2,
  }),
  jacobianContext: count(4, "characters that they see", { smoke: 3 }),
  jacobianSeeds: count(5, "draws of their weights", { smoke: 1 }),
  stabilitySteps: count(120, "weight updates of an attempt at a step size", {
    smoke: 20,
  }),
  stabilityWarmUp: count(40, "of which warm-up, where there is one", {
    smoke: 10,
  }),
  stabilitySeeds: count(2, "draws of the weights that must learn", {
    smoke: 1,
  }),
};

/** From text to the numbers, words and pictures of the study. */
export function normStudyExperiment(
  name: string,
): Stage<NormStudyConfig, { readonly summary: Summary }> {
  return pipeline<NormStudyConfig>(name)
    .pipe(loadText)
    .pipe(trainKinds)
    .pipe(studyInitials)
    .pipe(studyDerivatives)
    .pipe(studyStability)
    .pipe(summarizeNormStudy)
    .pipe(reportNormStudy)
    .pipe(
      pipeline<
        InputOf<typeof drawStudyLosses> & NormStudy
      >("draw")
        .pipe(drawStudyLosses)
        .pipe(drawStudyGradients)
        .pipe(drawInitialNorms)
        .pipe(drawJacobians)
        .pipe(drawStability),
    )
    .give("summary");
}
