/**
 * What a map must be to be a flow, measured.
 * @module
 */
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { FlowTraining } from "../flow_settings.ts";
import { drawQuestions } from "./draw_questions.ts";
import { measureInverses } from "./measure_inverses.ts";
import { measureJacobians } from "./measure_jacobians.ts";
import {
  integerTraining,
  type RandomFlows,
  randomFlows,
} from "./question_settings.ts";
import { summarizeQuestions } from "./summarize_questions.ts";
import { type IntegerCase, trainIntegers } from "./train_integers.ts";

/** Everything that shapes the experiment. */
export type FlowQuestionsConfig = RandomFlows & FlowTraining;

/** Settings of the experiment. */
export const flowQuestionsFlags: Flags<FlowQuestionsConfig> = {
  ...randomFlows,
  ...integerTraining,
};

const integers: Stage<
  Partial<FlowTraining>,
  { readonly integerCases: readonly IntegerCase[] }
> = forEach("integers", {
  needs: [],
  settings: integerTraining,
  adds: { integerCases: "bits of whole numbers, with noise and without" },
  cases: (input) =>
    (["noise", "nothing"] as const).map((added) => ({
      name: added,
      input: { ...input, added },
      keyName: "pairs", // equal weights and pairs
    })),
  stage: trainIntegers,
  collect: (results) => ({
    integerCases: results.map(({ out }) => out.integerCase),
  }),
});

/** From nothing but a key to the answers and their pictures. */
export const flowQuestionsExperiment: Stage<
  FlowQuestionsConfig,
  { readonly summary: Summary }
> = pipeline<FlowQuestionsConfig>("flow-questions")
  .pipe(measureInverses)
  .pipe(measureJacobians)
  .pipe(integers)
  .pipe(summarizeQuestions)
  .pipe(drawQuestions)
  .give("summary");
