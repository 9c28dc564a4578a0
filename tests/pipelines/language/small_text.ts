import type { TransformerSizes } from "../../../pipelines/language/build_transformer.ts";
import type { CharacterText } from "../../../pipelines/text/text_entries.ts";

/** Sizes of a transformer that is built and run within milliseconds. */
export const smallSizes: TransformerSizes = {
  architecture: "causal",
  translation: "reversal",
  normalization: "pre",
  layers: 2,
  width: 8,
  heads: 2,
  feedForward: 2,
  activation: "relu",
  positions: "sinusoidal",
  initialization: "glorot",
  context: 5,
};

/** A text of four characters, each of which tells the next. */
export const smallText: CharacterText = {
  vocabulary: ["\n", "a", "b", "c"],
  train: Int32Array.from({ length: 200 }, (_, i) => i % 4),
  validation: Int32Array.from({ length: 60 }, (_, i) => (i + 1) % 4),
  test: Int32Array.from({ length: 60 }, (_, i) => (i + 2) % 4),
  entropyRate: 0,
};
