/**
 * What the attention of a recurrent translator does, by measurement.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { loadParallel } from "../../text/parallel/load_parallel.ts";
import { drawMaps } from "./draw_maps.ts";
import { drawStudy } from "./draw_study.ts";
import { reportStudy } from "./report_study.ts";
import { type StudySettings, trainCases } from "./study_cases.ts";
import { summarizeStudy } from "./summarize_study.ts";

/** Everything that shapes the study. */
export interface AttentionStudyConfig extends StudySettings {
  /** Sentences by name or path. */
  readonly data: string;
}

/** Trains translators that differ in one thing each, and tells what that changes. */
export const attentionStudy: Stage<
  AttentionStudyConfig,
  { readonly summary: Summary }
> = pipeline<AttentionStudyConfig>("attention-study")
  .pipe(loadParallel)
  .pipe(trainCases)
  .pipe(summarizeStudy)
  .pipe(reportStudy)
  .pipe(drawStudy)
  .pipe(drawMaps)
  .give("summary");
