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

const [BATCH, VOCABULARY] = [16, 65];

/** Sizes of the sequences that vary: 64 tokens. */
export const usualText = { length: 64 } as const;

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

/** 16 layers of width 512: 50 million parameters. */
export const bigTransformer: Sizes = {
  layers: 16,
  width: 512,
  heads: 4,
  feedForward: 2048,
};

/** A transformer for 64 tokens of an alphabet of 65, or for others, and batches of 16. */
export function transformerProblem(
  sizes: Sizes,
  { length }: { readonly length: number } = usualText,
): Problem {
  const model = createTransformer({
    ...sizes,
    vocabulary: VOCABULARY,
    context: length,
    normalization: "pre",
  }, sampleParameter(keyFrom(0)));
  const shape = [BATCH, length];
  return {
    variables: model.variables,
    feeds: {
      tokens: tokens(shape, VOCABULARY),
      targets: tokens(shape, VOCABULARY),
    },
    loss: ({ tokens, targets }) => {
      const { next } = model.predict(tokens!.as2D(BATCH, length)); // fed, as are the targets
      return next.logProb(targets!).mean().neg().asScalar();
    },
  };
}
