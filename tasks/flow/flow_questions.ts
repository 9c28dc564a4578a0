/**
 * What a map must be to be a normalizing flow: `deno task flow-questions`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type FlowQuestionsConfig,
  flowQuestionsExperiment,
  flowQuestionsFlags,
} from "../../pipelines/flow/questions/flow_questions.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<FlowQuestionsConfig>({
  name: "flow-questions",
  about:
    "Measures inverses and log determinants of flows, what they cost, and why whole numbers need noise.",
  flags: flowQuestionsFlags,
  pipeline: flowQuestionsExperiment,
});

if (import.meta.main) await main(task);
