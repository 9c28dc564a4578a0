/**
 * The cross-entropy of a transformer, to be minimized.
 * @module
 */
import {
  createTransformer,
  type TransformerOptions,
} from "../../models/transformer.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { tokens } from "./inputs.ts";
import type { Problem } from "./training.ts";

const [BATCH, LENGTH, VOCABULARY] = [16, 64, 65];

/** Sizes of the transformer that vary. */
export type Sizes = Pick<
  TransformerOptions,
  "layers" | "width" | "heads" | "feedForward"
>;

/** 4 layers of width 128. */
export const usualTransformer: Sizes = {
  layers: 4,
  width: 128,
  heads: 4,
  feedForward: 512,
};

/** 12 layers of width 64, as `deno task prenorm-deep` trains them. */
export const deepTransformer: Sizes = {
  layers: 12,
  width: 64,
  heads: 4,
  feedForward: 256,
};

/** A transformer for 64 tokens of an alphabet of 65, and batches of 16. */
export function transformerProblem(sizes: Sizes): Problem {
  const model = createTransformer({
    ...sizes,
    vocabulary: VOCABULARY,
    context: LENGTH,
    normalization: "pre",
  }, sampleParameter(keyFrom(0)));
  const shape = [BATCH, LENGTH];
  return {
    variables: model.variables,
    feeds: {
      tokens: tokens(shape, VOCABULARY),
      targets: tokens(shape, VOCABULARY),
    },
    loss: ({ tokens, targets }) => {
      const { next } = model.predict(tokens!.as2D(BATCH, LENGTH)); // fed, as are the targets
      return next.logProb(targets!).mean().neg().asScalar();
    },
  };
}
