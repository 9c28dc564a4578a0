/**
 * The models that the battery checks: an entry for each family, small.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { createConvVae } from "../../../models/conv_vae.ts";
import { createEncoderDecoder } from "../../../models/encoder_decoder.ts";
import { createVectorFlow } from "../../../models/flows/vector_flow.ts";
import { createDiscriminator, createGenerator } from "../../../models/gan.ts";
import { createLinearGaussian } from "../../../models/linear_gaussian.ts";
import { elbo } from "../../../models/objectives/elbo.ts";
import { createRealNvp } from "../../../models/real_nvp.ts";
import { createSeq2Seq } from "../../../models/seq2seq.ts";
import { createTransformer } from "../../../models/transformer.ts";
import { createTwoLayerVae } from "../../../models/two_layer_vae.ts";
import { unet, unetSpecs } from "../../../models/unet.ts";
import { createVae, createVaeOf } from "../../../models/vae.ts";
import { bits, classes, wave } from "../../golden/waves.ts";
import { readers } from "./readers.ts";
import {
  type Family,
  ofBound,
  ofPlayer,
  ofSpecs,
  positive,
  subject,
  type Tensors,
} from "./subject.ts";

const pixels = 16;
const latent = 2;
const sequence = {
  context: 5,
  width: 8,
  heads: 2,
  layers: 2,
  feedForward: 12,
  normalization: "pre",
} as const;

/** Images of 4 x 4 pixels, and noise of three samples. */
const images = (length = latent) => (): Tensors => ({
  images: bits<tf.Rank.R2>([2, pixels], 1.1),
  noise: wave<tf.Rank.R3>([3, 2, length], 0.8),
});

const tokens = (): Tensors => ({ tokens: classes<tf.Rank.R2>([2, 5], 7) });

/** Every family; a new one adds an entry here. */
export const families: readonly Family[] = [
  {
    name: "VAE",
    create: (draw) => {
      const hidden = [6, 5];
      return ofBound(createVae({ pixels, hidden, latent }, draw));
    },
    inputs: images(),
    shapes: { bound: [2], latents: [2, latent] },
  },
  {
    name: "VAE of normal pixels",
    create: (draw) => {
      const likelihood = "normal" as const;
      return ofBound(
        createVaeOf({ pixels, hidden: 5, latent, likelihood }, draw),
      );
    },
    inputs: images(),
    shapes: { bound: [2], latents: [2, latent] },
  },
  {
    name: "convolutional VAE",
    create: (draw) => {
      const sizes = { side: 4, channels: [2, 3], latent } as const;
      return ofBound(createConvVae(sizes, draw));
    },
    inputs: images(),
    shapes: { bound: [2], latents: [2, latent] },
  },
  {
    name: "VAE of two layers",
    create: (draw) => {
      const sizes = { first: 3, second: 2, hidden: 5, topHidden: 4 };
      return ofBound(createTwoLayerVae({ pixels, ...sizes }, draw));
    },
    inputs: images(5),
    shapes: { bound: [2], latents: [2, 5] },
  },
  {
    name: "linear Gaussian",
    create: (draw) => {
      const model = createLinearGaussian(pixels, latent, draw);
      return subject(model, ({ images, noise }) => ({
        bound:
          elbo(model, images!.as2D(2, pixels), noise!.as3D(3, 2, latent)).elbo,
        exact: model.exactElbo(images!.as2D(2, pixels)).elbo,
      }));
    },
    inputs: images(),
    shapes: { bound: [2], exact: [2] },
  },
  {
    name: "transformer",
    create: (draw) => {
      const model = createTransformer({ ...sequence, vocabulary: 7 }, draw);
      return subject(model, ({ tokens }) => {
        const { next } = model.predict(tokens!.as2D(2, 5));
        return {
          logits: next.logits,
          scores: next.logProb(tf.reverse(tokens!)),
        };
      });
    },
    inputs: tokens,
    shapes: { logits: [2, 5, 7], scores: [2, 5] },
  },
  {
    name: "encoder-decoder",
    create: (draw) => {
      const vocabulary = { source: 7, target: 7 };
      const model = createEncoderDecoder({ ...sequence, vocabulary }, draw);
      return subject(model, ({ tokens }) => {
        const source = tokens!.as2D(2, 5);
        const target = tf.reverse(source);
        const { next } = model.decode(
          target,
          model.encode(source, tf.onesLike(source).cast("float32")),
        );
        return { scores: next.logProb(source) };
      });
    },
    inputs: tokens,
    shapes: { scores: [2, 5] },
  },
  {
    name: "recurrent encoder-decoder",
    create: (draw) => {
      const model = createSeq2Seq({
        vocabulary: { source: 7, target: 7 },
        ...{ embedding: 4, units: 5, attention: "additive", maxSource: 5 },
      }, draw);
      return subject(model, ({ tokens }) => {
        const source = tokens!.as2D(2, 5);
        const isToken = tf.onesLike(source).cast("float32").as2D(2, 5);
        const encoded = model.encode(source, isToken);
        const { logits } = model.teach(tf.reverse(source).as2D(2, 5), encoded);
        return { logits: logits.reshape([2, 5, 7]) };
      });
    },
    inputs: tokens,
    shapes: { logits: [2, 5, 7] },
  },
  {
    name: "generator",
    create: (draw) =>
      ofPlayer(createGenerator({ widths: [4, 6, 5, pixels] }, positive(draw))),
    inputs: () => ({ x: wave<tf.Rank.R2>([3, 4], 0.8) }),
    shapes: { trained: [3, pixels], evaluated: [3, pixels] },
  },
  {
    name: "discriminator",
    create: (draw) =>
      ofPlayer(createDiscriminator({ widths: [pixels, 6, 5, 1] }, draw)),
    inputs: () => ({ x: wave<tf.Rank.R2>([3, pixels], 0.8) }),
    shapes: { trained: [3, 1], evaluated: [3, 1] },
  },
  {
    name: "U-Net",
    create: (draw) => {
      const sizes = { side: 8, channels: 16, timeWidth: 8, embeddingWidth: 6 };
      return ofSpecs(
        { specs: unetSpecs({ ...sizes, classes: 3 }), draw },
        ({ images, time, classes }, parameters) => {
          const told = { time: time!.as2D(2, 8), classes: classes!.as1D() };
          const seen = images!.as2D(2, 64);
          return { noise: unet(seen, told, parameters, sizes) };
        },
      );
    },
    inputs: () => ({
      images: wave<tf.Rank.R2>([2, 64], 1.1),
      time: wave<tf.Rank.R2>([2, 8], 0.5),
      classes: tf.tensor1d([1, 3], "int32"),
    }),
    shapes: { noise: [2, 64] },
  },
  ...readers,
  {
    name: "flow over vectors",
    create: (draw) => {
      const model = createVectorFlow(
        { size: 3, couplings: 3, hidden: [5, 4] },
        draw,
      );
      return subject(model, ({ x, noise }) => ({
        logProb: model.logProb(x!),
        samples: model.sample(noise!),
      }));
    },
    inputs: () => ({
      x: wave<tf.Rank.R2>([4, 3], 0.5),
      noise: wave<tf.Rank.R2>([4, 3], 1.5),
    }),
    shapes: { logProb: [4], samples: [4, 3] },
  },
  ...(["uniform", "variational"] as const).map((dequantization): Family => ({
    name: `RealNVP with ${dequantization} dequantization`,
    create: (draw) => {
      const model = createRealNvp({
        ...{ side: 4, hidden: 8, noiseHidden: 6, dequantization },
        ...{ channelCouplings: 2, noiseCouplings: 2, margin: 1e-2 },
      }, draw);
      return subject(model, ({ images, noise }) => ({
        bound: model.bound(images!.as2D(2, pixels), noise!.as2D(2, pixels)),
        latents: model.density.forward(images!.div(255)).value,
      }));
    },
    inputs: () => ({
      images: wave([2, pixels], 1.1, 127).add(128).floor(),
      noise: wave<tf.Rank.R2>([2, pixels], 0.3).add(1).div(2.1),
    }),
    shapes: { bound: [2], latents: [2, pixels] },
  })),
];
