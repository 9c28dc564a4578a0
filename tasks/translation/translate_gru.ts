/**
 * A translator with recurrent layers and attention: `deno task translate-gru`.
 * @module
 */
import { main } from "../main.ts";
import { defineTask, type Task } from "../../pipelines/core/task/task.ts";
import {
  translateGru,
  type TranslateGruConfig,
  translateGruFlags,
} from "../../pipelines/translation/gru/translate_gru.ts";

/** As `deno task rerun` finds it. */
export const task: Task = defineTask<TranslateGruConfig>({
  name: "translate-gru",
  about:
    "Trains a GRU encoder-decoder, with or without attention, on captions of photographs, and translates the test captions greedily and by beam search.",
  flags: translateGruFlags,
  pipeline: translateGru,
  examples: [
    "deno task translate-gru --smoke",
    "deno task translate-gru --source fr --attention multiplicative",
    "deno task translate-gru --tokens subwords --pieces 4000",
    "deno task translate-gru --data grammar --epochs 2",
  ],
  units: { loss: "nats per target token" },
});

if (import.meta.main) await main(task);
