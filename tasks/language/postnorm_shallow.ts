/**
 * A transformer of 5 layers with post-normalization, and the gradient at each: `deno task postnorm-shallow`.
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
  name: "postnorm-shallow",
  about:
    "Trains a transformer of 5 layers, normalized after each sublayer, on text, and measures the gradient at each layer.",
  flags: withDefaults(languageFlags, { normalization: "post", layers: 5 }),
  pipeline: languageExperiment("postnorm-shallow"),
});

if (import.meta.main) await main(task);
