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

/** Sizes of what a transformer reads. */
export interface TextSizes {
  readonly batch: number;
  readonly length: number;
  readonly vocabulary: number;
}

/** Batches of 16 sequences of 64 tokens of an alphabet of 65. */
export const usualText: TextSizes = { batch: 16, length: 64, vocabulary: 65 };

/** Sizes of the transformer that vary. */
export interface Sizes
  extends Pick<TransformerOptions, "layers" | "width" | "heads"> {
  readonly feedForward: number;
}

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

/** A transformer for the usual text, or for other. */
export function transformerProblem(
  sizes: Sizes,
  { batch, length, vocabulary }: TextSizes = usualText,
): Problem {
  const model = createTransformer({
    ...sizes,
    vocabulary,
    context: length,
    normalization: "pre",
  }, sampleParameter(keyFrom(0)));
  const shape = [batch, length];
  return {
    variables: model.variables,
    feeds: {
      tokens: tokens(shape, vocabulary),
      targets: tokens(shape, vocabulary),
    },
    loss: ({ tokens, targets }) => {
      const { next } = model.predict(tokens!.as2D(-1, length)); // fed, as are the targets
      return next.logProb(targets!).mean().neg().asScalar();
    },
  };
}
