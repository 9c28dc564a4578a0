/**
 * One transformer for translation between many languages: `deno task translate-many`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  translateMany,
  type TranslateManyConfig,
  translateManyFlags,
} from "../../pipelines/translation/many/translate_many.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<TranslateManyConfig>({
  name: "translate-many",
  about:
    "Trains one transformer to translate between English and German, French and Czech, beside models of one direction, and tries directions that it never learned.",
  flags: translateManyFlags,
  pipeline: translateMany,
  examples: [
    "deno task translate-many --smoke",
    "deno task translate-many --others de --singles de-en",
  ],
  units: { loss: "nats per target token" },
});

if (import.meta.main) await main(task);
