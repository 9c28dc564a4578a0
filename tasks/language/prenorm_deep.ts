/**
 * A transformer of 12 layers with pre-normalization, and the gradient at each: `deno task prenorm-deep`.
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
  name: "prenorm-deep",
  about:
    "Trains a transformer of 12 layers, normalized before each sublayer, on text, and measures the gradient at each layer.",
  flags: withDefaults(languageFlags, { normalization: "pre", layers: 12 }),
  pipeline: languageExperiment("prenorm-deep"),
});

if (import.meta.main) await main(task);
