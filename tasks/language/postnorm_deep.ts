/**
 * A transformer of 12 layers with post-normalization, and the gradient at each: `deno task postnorm-deep`.
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
  name: "postnorm-deep",
  about:
    "Trains a transformer of 12 layers, normalized after each sublayer, on text, and measures the gradient at each layer.",
  flags: withDefaults(languageFlags, { normalization: "post", layers: 12 }),
  pipeline: languageExperiment("postnorm-deep"),
  examples: [
    "deno task postnorm-deep --smoke",
    "deno task postnorm-deep --learning-rate 0.0003 --warm-up 500 --steps 1000",
  ],
});

if (import.meta.main) await main(task);
