// deno-lint-ignore-file camelcase -- the names of published configurations
import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  decodeLatents,
  encodeImages,
} from "../../../models/stable_diffusion/autoencoder.ts";
import { takeAutoencoder } from "../../../models/stable_diffusion/autoencoder_weights.ts";
import {
  clipText,
  takeClipText,
} from "../../../models/stable_diffusion/clip_text.ts";
import { conditionalUnet } from "../../../models/stable_diffusion/conditional_unet.ts";
import { takeConditionalUnet } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import type { WeightSource } from "../../../models/stable_diffusion/weight_source.ts";
import { timeFeatures } from "../../../models/unet/time_features.ts";
import golden from "../../golden/stable_networks.json" with { type: "json" };
import { drawWave, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

/** Weights by the formula of their name, laid out as TensorFlow.js wants them. */
const waves: WeightSource<tf.Tensor> = {
  take: ({ names: [name = ""], shape, layout }) => {
    const tensor = tf.tensor(drawWave({ name, shape }), [...shape]);
    return layout === "linear"
      ? tensor.transpose([1, 0])
      : layout === "convolution"
      ? tensor.transpose([2, 3, 1, 0])
      : tensor;
  },
};

/** Norms keep the scale; sums of at most 9 * 32 products in some twenty layers. */
const roundings = 20 * 9 * 32;

const unet = {
  ...{ sample_size: 4, in_channels: 2, out_channels: 3, layers_per_block: 1 },
  ...{ block_out_channels: [8, 16], cross_attention_dim: 6 },
  ...{ attention_head_dim: [2, 4], norm_num_groups: 4, norm_eps: 1e-5 },
  use_linear_projection: true,
};
const kinds = {
  high: {
    down_block_types: ["CrossAttnDownBlock2D", "DownBlock2D"],
    up_block_types: ["UpBlock2D", "CrossAttnUpBlock2D"],
  },
  low: {
    down_block_types: ["DownBlock2D", "CrossAttnDownBlock2D"],
    up_block_types: ["CrossAttnUpBlock2D", "UpBlock2D"],
  },
};

const text = {
  ...{ vocab_size: 11, hidden_size: 8, intermediate_size: 12 },
  ...{ num_hidden_layers: 2, num_attention_heads: 2 },
  max_position_embeddings: 5,
};
const coder = {
  ...{ sample_size: 8, in_channels: 3, out_channels: 3, latent_channels: 2 },
  ...{ block_out_channels: [8, 16], layers_per_block: 1, norm_num_groups: 4 },
  scaling_factor: 0.5,
};

for (const kind of ["high", "low"] as const) {
  Deno.test(`a U-Net that looks at the text at the ${kind} side predicts what diffusers does`, () => {
    const config = { ...unet, ...kinds[kind] };
    const found = conditionalUnet(
      wave<tf.Rank.R4>([2, 4, 4, 2], 0.3),
      tf.tensor2d(timeFeatures([3, 500], 8), [2, 8]),
      wave<tf.Rank.R3>([2, 3, 6], 0.7),
      takeConditionalUnet(config, 3, waves),
      config,
    );
    const wanted = golden[`unet_${kind}`];
    assertClose(found.reshape([-1]), wanted, { roundings });
  });
}

for (const hidden_act of ["quick_gelu", "gelu"] as const) {
  Deno.test(`texts become the vectors of transformers, with ${hidden_act}`, () => {
    const config = { ...text, hidden_act };
    const tokens = tf.tensor2d(
      [[0, 3, 7, 10, 10], [1, 1, 9, 2, 10]],
      [2, 5],
      "int32",
    );
    const found = clipText(tokens, takeClipText(config, waves), config);
    const wanted = golden[`text_${hidden_act}`];
    assertClose(found.reshape([-1]), wanted, { roundings });
  });
}

Deno.test("an autoencoder decodes and encodes as that of diffusers", () => {
  const parameters = takeAutoencoder(coder, waves);
  const latents = wave<tf.Rank.R4>([1, 4, 4, 2], 0.2);
  const decoded = decodeLatents(latents, parameters, coder);
  assertClose(decoded.reshape([-1]), golden.decoded, { roundings });
  const { mean, logVariance } = encodeImages(
    wave<tf.Rank.R4>([1, 8, 8, 3], 0.9),
    parameters,
    coder,
  );
  assertClose(mean.reshape([-1]), golden.mean, { roundings });
  assertClose(logVariance.reshape([-1]), golden.log_variance, { roundings });
});

/** How many places each matrix or filter is applied to, by its name, as it is taken. */
function placesOf(
  take: (source: WeightSource<tf.Tensor>) => unknown,
): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  take({
    take: (tensor) => {
      if (tensor.layout !== "plain") {
        found[`${tensor.names[0]}`] = tensor.places;
      }
      return waves.take(tensor);
    },
  });
  return found;
}

Deno.test("weights are taken with the number of places to which diffusers applies them", () => {
  for (const kind of ["high", "low"] as const) {
    const config = { ...unet, ...kinds[kind] };
    assertEquals(
      placesOf((source) => takeConditionalUnet(config, 3, source)),
      golden.places[`unet_${kind}`],
    );
  }
  assertEquals(
    placesOf((source) => takeAutoencoder(coder, source)),
    golden.places.autoencoder,
  );
  assertEquals(
    placesOf((source) => takeClipText({ ...text, hidden_act: "gelu" }, source)),
    golden.places.text,
  );
});

Deno.test("log variances of latents are kept between -30 and 20", () => {
  const { moments, ...rest } = takeAutoencoder(coder, waves);
  const far = { ...moments, weight: moments.weight.mul(1e4) };
  const images = wave<tf.Rank.R4>([1, 8, 8, 3], 0.9);
  const found = encodeImages(images, { ...rest, moments: far }, coder);
  const values = found.logVariance.dataSync();
  assertEquals([Math.min(...values), Math.max(...values)], [-30, 20]);
  assertEquals(Math.max(...found.mean.dataSync()) > 100, true); // means are not
});
