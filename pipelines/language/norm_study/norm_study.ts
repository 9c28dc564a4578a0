/**
 * Where the layer norms of a transformer stand, and what that does to its gradients.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { InputOf, Stage } from "../../core/stage.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { NormStudy } from "./norm_study_entries.ts";
import { reportNormStudy } from "./report_norm_study.ts";
import { summarizeNormStudy } from "./summarize_norm_study.ts";
import { loadText } from "../../text/load_text.ts";
import { drawInitialNorms } from "./draw_initial_norms.ts";
import { drawJacobians } from "./draw_jacobians.ts";
import { drawStudyGradients } from "./draw_study_gradients.ts";
import { drawStudyLosses } from "./draw_study_losses.ts";
import { drawStability } from "./draw_stability.ts";
import {
  studyDerivatives,
  studyInitials,
  studyStability,
  trainKinds,
} from "./norm_cases.ts";
import {
  type SharedConfig,
  sharedSettings,
  type StudySizes,
  studySizes,
} from "./study_settings.ts";

/** Everything that shapes the study. */
export interface NormStudyConfig extends SharedConfig, StudySizes {
  /** Text by name or path. */
  readonly data: string;
}

/** Settings of the study but for `data`, with its defaults. */
export const normStudyFlags: Flags<Omit<NormStudyConfig, "data">> = {
  ...withDefaults(sharedSettings, {
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
  ...studySizes,
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
