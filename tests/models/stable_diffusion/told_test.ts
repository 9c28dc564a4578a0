// deno-lint-ignore-file camelcase -- the names of published configurations
import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { createParameters } from "../../../models/parameters/parameters.ts";
import {
  clipText,
  takeClipText,
} from "../../../models/stable_diffusion/clip_text.ts";
import { conditionalUnet } from "../../../models/stable_diffusion/conditional_unet.ts";
import { takeConditionalUnet } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import { initialWeights } from "../../../models/stable_diffusion/initial_weights.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { wave } from "../../golden/waves.ts";

const textSizes = {
  vocab_size: 9,
  hidden_size: 8,
  intermediate_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  max_position_embeddings: 4,
  hidden_act: "quick_gelu",
} as const;

Deno.test("a token looks at earlier ones, or at all", () => {
  using text = createParameters(
    takeClipText(textSizes, initialWeights),
    sampleParameter(keyFrom(0)),
  );
  const first = (tokens: number[], seen?: "earlier" | "all") =>
    clipText(tf.tensor2d([tokens], [1, 4], "int32"), text.tree, textSizes, seen)
      .slice([0, 0, 0], [1, 1, 8]).dataSync();
  assertEquals(first([1, 2, 3, 4]), first([1, 2, 3, 5]));
  assertEquals(first([1, 2, 3, 4], "earlier"), first([1, 2, 3, 4]));
  assertNotEquals(first([1, 2, 3, 4], "all"), first([1, 2, 3, 5], "all"));
});

Deno.test("what is added to the vector of time is as a bias of its last map", () => {
  const sizes = {
    sample_size: 4,
    in_channels: 2,
    out_channels: 2,
    block_out_channels: [8, 16],
    down_block_types: ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    up_block_types: ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
    layers_per_block: 1,
    cross_attention_dim: 6,
    attention_head_dim: 2,
    norm_num_groups: 4,
    norm_eps: 1e-5,
    use_linear_projection: true,
  };
  using unet = createParameters(
    takeConditionalUnet(sizes, 3, initialWeights),
    sampleParameter(keyFrom(0)),
  );
  // maps that begin as zero would hide the vector
  Object.entries(unet.variables).forEach(([, variable], i) =>
    variable.assign(variable.add(wave(variable.shape, i, 0.1)))
  );
  const added = wave<tf.Rank.R2>([1, 32], 0.9);
  const output = (...told: [] | [tf.Tensor2D]) =>
    conditionalUnet(
      wave<tf.Rank.R4>([1, 4, 4, 2], 0.3),
      wave<tf.Rank.R2>([1, 8], 0.5),
      wave<tf.Rank.R3>([1, 3, 6], 0.7),
      unet.tree,
      sizes,
      ...told,
    ).dataSync();
  const plain = output();
  const told = output(added);
  assertNotEquals(told, plain);
  const bias = unet.tree.secondTime.bias as tf.Variable; // of the variables
  bias.assign(bias.add(added.as1D()));
  output().forEach((value, i) => assertAlmostEquals(value, told[i]!, 1e-5));
});
