// deno-lint-ignore-file camelcase -- the names of published configurations
import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  countParameters,
  createParameters,
  listParameters,
} from "../../../models/parameters/parameters.ts";
import { takeAutoencoder } from "../../../models/stable_diffusion/autoencoder_weights.ts";
import { conditionalUnet } from "../../../models/stable_diffusion/conditional_unet.ts";
import { takeConditionalUnet } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import { initialWeights } from "../../../models/stable_diffusion/initial_weights.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { wave } from "../../golden/waves.ts";

const sizes = {
  sample_size: 4,
  in_channels: 2,
  out_channels: 2,
  block_out_channels: [8, 16],
  down_block_types: ["DownBlock2D", "CrossAttnDownBlock2D"],
  up_block_types: ["CrossAttnUpBlock2D", "UpBlock2D"],
  layers_per_block: 1,
  cross_attention_dim: 6,
  attention_head_dim: 2,
  norm_num_groups: 4,
  norm_eps: 1e-5,
  use_linear_projection: true,
};

Deno.test("a U-Net begins by predicting zero, and all its weights have a gradient after one update", () => {
  using parameters = createParameters(
    takeConditionalUnet(sizes, 3, initialWeights),
    sampleParameter(keyFrom(0)),
  );
  const output = () =>
    conditionalUnet(
      wave<tf.Rank.R4>([1, 4, 4, 2], 0.3),
      wave<tf.Rank.R2>([1, 8], 0.5),
      wave<tf.Rank.R3>([1, 3, 6], 0.7),
      parameters.tree,
      sizes,
    );
  assertEquals(new Set(output().dataSync()), new Set([0]));
  // zero maps pass nothing back at first; three plain steps open one after another
  for (let step = 0; step < 3; step++) {
    const { grads } = tf.variableGrads(() =>
      output().sub(1).square().mean() as tf.Scalar
    );
    for (const [name, variable] of Object.entries(parameters.variables)) {
      variable.assign(variable.sub(grads[variable.name]!.mul(0.1)));
      if (step < 2) continue;
      const greatest = grads[variable.name]!.abs().max().dataSync()[0]!;
      assert(greatest > 0, `${name} has no gradient`);
    }
  }
});

Deno.test("initial weights are laid out as TensorFlow.js wants them, and scaled by their inputs", () => {
  const specs = takeAutoencoder({
    sample_size: 8,
    in_channels: 3,
    out_channels: 3,
    latent_channels: 2,
    block_out_channels: [8, 16],
    layers_per_block: 1,
    norm_num_groups: 4,
    scaling_factor: 1,
  }, initialWeights);
  const { enter } = specs.encoder;
  assertEquals(enter.filter.shape, [3, 3, 3, 8]);
  assertEquals(enter.filter.initial, {
    kind: "uniform",
    limit: 1 / Math.sqrt(27),
  });
  assertEquals(specs.latents.weight, {
    shape: [2, 2],
    initial: { kind: "uniform", limit: 1 / Math.sqrt(2) },
  });
  assertEquals(specs.encoder.lastNorm.scale.initial, {
    kind: "constant",
    value: 1,
  });
  assertEquals(specs.encoder.lastNorm.shift.initial, {
    kind: "constant",
    value: 0,
  });
  const shapes = listParameters(specs).map(({ shape }) => shape);
  const size = shapes.reduce((sum, s) => sum + s.reduce((p, n) => p * n, 1), 0);
  assertEquals(countParameters(specs), size);
});
