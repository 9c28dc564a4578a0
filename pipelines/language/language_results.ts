/**
 * What is known of a trained language model.
 * @module
 */
import type { OwnedSequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import type { Training } from "../training/training.ts";
import type { GradientHistory } from "./place_norms.ts";
import type { WindowLoss } from "./measure_loss.ts";

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
  /** Nats per character that the training loss is to fall below. */
  readonly threshold: number;
}

/** Their names. */
export const languageResults: readonly (keyof LanguageResults)[] = [
  "model",
  "text",
  "training",
  "validationLoss",
  "testLoss",
  "gradients",
  "threshold",
];

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
