import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { layerNorm } from "../../../../models/layers/layer_norm.ts";
import { createParameters } from "../../../../models/parameters/parameters.ts";
import { clipText } from "../../../../models/stable_diffusion/clip_text.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { textSizes } from "../../../../pipelines/diffusion/text/text_sizes.ts";
import { textSpecs } from "../../../../pipelines/diffusion/text/text_weights.ts";
import { promptTokens } from "../../../../pipelines/images/scenes/prompt_tokens.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";

Deno.test("before training the vector of a word is its token's and its place's own, and words lie far apart", () => {
  using parameters = createParameters(
    textSpecs(),
    sampleParameter(keyFrom(0)),
  );
  const { text } = parameters.tree;
  const vectorsOf = (prompt: string) => {
    const tokens = tf.tensor2d(promptTokens(prompt), [1, 16], "int32");
    return clipText(tokens, text, textSizes, "all");
  };
  const tokens = promptTokens("a red three");
  const own = layerNorm(
    tf.gather(text.tokens, tf.tensor1d(tokens, "int32")).add(text.positions),
    text.lastNorm,
  ).dataSync();
  const three = vectorsOf("a red three").dataSync();
  three.forEach((value, i) => assertAlmostEquals(value, own[i]!, 1e-5));
  const five = vectorsOf("a red five").dataSync();
  const width = textSizes.hidden_size;
  const distance = (word: number) =>
    Math.hypot(
      ...three.subarray(word * width, (word + 1) * width).map((value, i) =>
        value - five[word * width + i]!
      ),
    );
  assertEquals(distance(2), 0);
  // independent vectors of length sqrt(width) that share the vector of their place: about sqrt(width) apart
  assert(distance(3) > 0.6 * Math.sqrt(width), `${distance(3)}`);
});
