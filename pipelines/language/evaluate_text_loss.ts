/**
 * The stage that measures a sequence model's loss on the test text.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { SequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import { lossMeter, type WindowLoss } from "./measure_loss.ts";
import {
  type LanguageTraining,
  languageTraining,
} from "./train_language_model.ts";
import { only } from "../core/task/flags.ts";

/** Measures the loss on the validation and the test text, with the weights as they are. */
export const evaluateTextLoss: Stage<
  Partial<Pick<LanguageTraining, "measureWindows">> & {
    readonly model: SequenceModel;
    readonly text: CharacterText;
  },
  { readonly validationLoss: WindowLoss; readonly testLoss: WindowLoss }
> = stage("evaluate", {
  needs: ["model", "text"],
  settings: only(languageTraining, "measureWindows"),
  adds: {
    validationLoss: "with its standard error over windows, nats per character",
    testLoss: "likewise, of the test text",
  },
}, async ({ model, text, measureWindows }, context) => {
  using meter = await lossMeter(model, context);
  return {
    validationLoss: await meter.measure(text.validation, measureWindows),
    testLoss: await meter.measure(text.test, measureWindows),
  };
});
