/**
 * A text-to-image model in the layout of diffusers, ready to run.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
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
import { timeFeatures } from "../../../models/unet/time_features.ts";
import type { RunContext } from "../../core/context.ts";
import type { StableConfig } from "./read_folder.ts";
import { readWeightFiles } from "./read_weights.ts";

/** Numbers of a batch. */
export type Numbers = Float32Array;

/** The three networks; arrays are in the order [batch, channel, height, width]. */
export interface StableNetworks extends Disposable {
  /** Vectors of two prompts, [2, token, width], from tokens [2, token]. */
  readonly encodeText: (tokens: Int32Array<ArrayBuffer>) => Promise<Numbers>;
  /** The U-Net's prediction for one latent told two texts, or for two latents: [2, channel, side, side]. */
  readonly predict: (
    latents: ArrayLike<number>,
    timestep: number,
    text: Numbers,
  ) => Promise<Numbers>;
  /** Pixels of one latent, about -1 to 1, [3, height, width]. */
  readonly decode: (latents: ArrayLike<number>) => Promise<Numbers>;
  /** Mean and log variance of the latents of one image, unscaled, [channel, side, side]. */
  readonly encode: (
    image: Float32Array,
  ) => Promise<{ readonly mean: Numbers; readonly logVariance: Numbers }>;
}

/** Texts, and latents, in a call: the negative prompt, then the prompt. */
export const PAIR = 2;

/**
 * Loads the weights of a folder and compiles the networks; each when it is first needed.
 *
 * @param folder The model's.
 * @param config Its configurations.
 * @param context Where to run.
 * @returns The networks; dispose them when they are no longer used.
 * @throws {RangeError} When first used, if a tensor is missing or has another shape, by name.
 */
export function loadStable(
  folder: string,
  config: StableConfig,
  context: Pick<RunContext, "device" | "threads" | "signal">,
): StableNetworks {
  const { text, unet, vae } = config;
  const owned = new DisposableStack();
  const once = <T extends Disposable>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined;
    return () => made ??= make().then((value) => owned.use(value));
  };
  const weights = (part: string) =>
    readWeightFiles(`${folder}/${part}`, context.signal)
      .then((source) => owned.use(source));
  const { device, threads } = context;
  const tokens = text.max_position_embeddings;
  const side = unet.sample_size;
  const channels = unet.in_channels;
  const imageSide = side * 2 ** (vae.block_out_channels.length - 1);

  const encoder = once(async () => {
    const parameters = takeClipText(text, await weights("text_encoder"));
    return await compile(
      ({ tokens }: { readonly tokens: tf.Tensor2D }) => ({
        vectors: clipText(tokens, parameters, text),
      }),
      {
        inputs: { tokens: { shape: [PAIR, tokens], dtype: "int32" } },
        device,
        threads,
      },
    );
  });
  const denoiser = once(async () => {
    const source = await weights("unet");
    const parameters = takeConditionalUnet(unet, tokens, source);
    return await compile(
      ({ latents, time, vectors }: {
        readonly latents: tf.Tensor4D;
        readonly time: tf.Tensor2D;
        readonly vectors: tf.Tensor3D;
      }) => ({
        output: channelsFirst(
          conditionalUnet(
            channelsLast(latents),
            time,
            vectors,
            parameters,
            unet,
          ),
        ),
      }),
      {
        inputs: {
          latents: { shape: [PAIR, channels, side, side] },
          time: { shape: [1, unet.block_out_channels[0]!] }, // at least one side
          vectors: { shape: [PAIR, tokens, unet.cross_attention_dim] },
        },
        device,
        threads,
      },
    );
  });
  const autoencoder = once(async () => {
    const source = await weights("vae");
    const parameters = takeAutoencoder(vae, source);
    return { parameters, [Symbol.dispose]: () => {} };
  });
  const decoder = once(async () => {
    const { parameters } = await autoencoder();
    return await compile(
      ({ latents }: { readonly latents: tf.Tensor4D }) => ({
        pixels: channelsFirst(
          decodeLatents(channelsLast(latents), parameters, vae),
        ),
      }),
      {
        inputs: { latents: { shape: [1, channels, side, side] } },
        device,
        threads,
      },
    );
  });
  const imageEncoder = once(async () => {
    const { parameters } = await autoencoder();
    return await compile(
      ({ image }: { readonly image: tf.Tensor4D }) => {
        const found = encodeImages(channelsLast(image), parameters, vae);
        return {
          mean: channelsFirst(found.mean),
          logVariance: channelsFirst(found.logVariance),
        };
      },
      {
        inputs: {
          image: { shape: [1, vae.in_channels, imageSide, imageSide] },
        },
        device,
        threads,
      },
    );
  });
  return {
    encodeText: async (tokens) =>
      (await (await encoder()).run({ tokens })).vectors.data,
    predict: async (latents, timestep, vectors) => {
      const whole = PAIR * channels * side ** 2;
      const repeated = Float32Array.from(
        { length: whole },
        (_, i) => latents[i % latents.length]!,
      );
      const time = timeFeatures([timestep], unet.block_out_channels[0]!);
      const inputs = { latents: repeated, time, vectors };
      return (await (await denoiser()).run(inputs)).output.data;
    },
    decode: async (latents) => {
      const given = Float32Array.from(latents);
      return (await (await decoder()).run({ latents: given })).pixels.data;
    },
    encode: async (image) => {
      const found = await (await imageEncoder()).run({ image });
      return { mean: found.mean.data, logVariance: found.logVariance.data };
    },
    [Symbol.dispose]: () => owned.dispose(),
  };
}

function channelsLast(x: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(x, [0, 2, 3, 1]);
}

function channelsFirst(x: tf.Tensor4D): tf.Tensor4D {
  return tf.transpose(x, [0, 3, 1, 2]);
}
