/**
 * What the place of the layer norms does to the gradients of transformers: `deno task norm-study`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type NormStudyConfig,
  normStudyExperiment,
  normStudyFlags,
} from "../../pipelines/language/norm_study/norm_study.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<NormStudyConfig>({
  name: "norm-study",
  about:
    "Compares transformers with the layer norms before and after their sublayers, shallow and deep, trained and untrained.",
  flags: normStudyFlags,
  pipeline: normStudyExperiment("norm-study"),
  highlights: [
    "prenorm-shallow/test/loss",
    "prenorm-deep/test/loss",
    "postnorm-shallow/test/loss",
    "postnorm-deep/test/loss",
    "prenorm-deep/activation/start/lastOverFirst",
    "postnorm-deep/activation/start/lastOverFirst",
    "untrained/causal/pre/weights/depthExponent",
    "untrained/causal/post/weights/depthExponent",
    "prenorm-deep/largestStableRate/patient",
    "postnorm-deep/largestStableRate/patient",
  ],
});

if (import.meta.main) await main(task);
