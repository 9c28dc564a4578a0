/**
 * What attention does in a recurrent translator: `deno task attention-study`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  attentionStudy,
  type AttentionStudyConfig,
} from "../../pipelines/translation/study/attention_study.ts";
import { studySettings } from "../../pipelines/translation/study/study_cases.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<AttentionStudyConfig>({
  name: "attention-study",
  about:
    "Trains translators with and without attention, ends and teacher forcing, and answers what each changes, with errors over seeds.",
  flags: studySettings,
  pipeline: attentionStudy,
  examples: [
    "deno task attention-study --smoke",
    "deno task attention-study --sentences 10000 --seeds 3",
  ],
  highlights: ["*/test/loss", "*/test/bleu", "*/alignmentError"],
  units: { loss: "nats per target token" },
});

if (import.meta.main) await main(task);
