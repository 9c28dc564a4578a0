/**
 * What is known of a trained language model.
 * @module
 */
import type { OwnedSequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import type { Training } from "../training/training.ts";
import type { GradientHistory } from "./place_norms.ts";
import type { WindowLoss } from "./measure_loss.ts";
import { entryNames } from "../core/stage.ts";
import { real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** The entries that numbers and words about a language model are made of. */
export interface LanguageResults {
  /** With its best weights. */
  readonly model: OwnedSequenceModel;
  /** What it was trained on. */
  readonly text: CharacterText;
  /** How its training went. */
  readonly training: Training;
  /** On the validation text. */
  readonly validationLoss: WindowLoss;
  /** On the test text. */
  readonly testLoss: WindowLoss;
  /** Norms of each stack. */
  readonly gradients: readonly GradientHistory[];
}

/** Names of the entries of `LanguageResults`. */
export const languageResults: readonly (keyof LanguageResults)[] = entryNames<
  LanguageResults
>({
  model: true,
  text: true,
  training: true,
  validationLoss: true,
  testLoss: true,
  gradients: true,
});

/** When a loss counts as reached. */
export interface LossThreshold {
  /** Nats per character that the training loss is to fall below. */
  readonly threshold: number;
}

/** The setting of `LossThreshold`, with its default and rule. */
export const lossThreshold: Flags<LossThreshold> = {
  threshold: real(0.5, "nats per character that the training loss is to reach"),
};

/**
 * The least loss that a model of these sequences can have.
 *
 * @param results Of which the model and the text count.
 * @returns Nats per character, where it is known: the entropy rate of the text's source, or 0 where a source tells all.
 */
export function leastLoss(
  { model, text }: Pick<LanguageResults, "model" | "text">,
): number | undefined {
  return model.kind === "translates" ? 0 : text.entropyRate;
}
