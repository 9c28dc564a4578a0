/**
 * A transformer of 0.8 million parameters that learns to write like Shakespeare: `deno task shakespeare`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  type LanguageConfig,
  languageExperiment,
  languageFlags,
} from "../../pipelines/language/language_model.ts";
import { withDefaults } from "../../pipelines/core/task/flags.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<LanguageConfig>({
  name: "shakespeare",
  about:
    "Trains a transformer of 4 layers on the plays of Shakespeare, character by character, and lets it write.",
  flags: withDefaults(languageFlags, {
    ...{ normalization: "pre", layers: 4, width: 128, positions: "learned" },
    ...{ initialization: "gpt2", context: 64, batch: 32, steps: 5000 },
    ...{ optimizer: "adamw", learningRate: 2e-3, beta2: 0.99, clip: 1 },
    ...{ recordEvery: 20, validateEvery: 500, threshold: 2 },
    ...{ temperature: 0.8, sampleLength: 600 },
  }),
  pipeline: languageExperiment("shakespeare"),
});

if (import.meta.main) await main(task);
