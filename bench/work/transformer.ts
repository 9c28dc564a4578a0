/**
 * The cross-entropy of a transformer, to be minimized.
 * @module
 */
import { createTransformer } from "../../models/transformer.ts";
import { drawParameter } from "../../pipelines/build/draw_parameter.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { tokens } from "./inputs.ts";
import type { Problem } from "./training.ts";

const [BATCH, LENGTH, VOCABULARY] = [16, 64, 65];

/** 4 layers of width 128 with 4 heads, 64 tokens of an alphabet of 65, batches of 16. */
export function transformerProblem(): Problem {
  const model = createTransformer({
    vocabulary: VOCABULARY,
    context: LENGTH,
    width: 128,
    heads: 4,
    layers: 4,
    feedForward: 512,
    normalization: "pre",
  }, drawParameter(keyFrom(0)));
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
