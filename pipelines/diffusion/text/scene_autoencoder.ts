/**
 * The variational autoencoder of scenes: Stable Diffusion's, small.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import type { LatentVariableModel } from "../../../models/objectives/latent_variable_model.ts";
import {
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../../models/parameters/parameters.ts";
import {
  decodeLatents,
  encodeImages,
} from "../../../models/stable_diffusion/autoencoder.ts";
import {
  type AutoencoderParameters,
  takeAutoencoder,
} from "../../../models/stable_diffusion/autoencoder_weights.ts";
import { initialWeights } from "../../../models/stable_diffusion/initial_weights.ts";
import { fromPatches, toPatches } from "../../../models/unet/patches.ts";
import type { RunContext } from "../../core/context.ts";
import type { Key } from "../../core/random/key.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { sceneLength, sceneSide } from "../../images/scenes/draw_scene.ts";
import { autoencoderSizes, latentLength } from "./text_sizes.ts";

/** Standard deviation of pixels about what is decoded, where 1 is their range. */
const PIXEL_DEVIATION = 0.05;

/** Scenes in a call. */
const BLOCK = 50;

/** The parameters of the autoencoder. */
export type AutoencoderWeights = Parameters<
  AutoencoderParameters<ParameterSpec>
>;

/** Creates the autoencoder. */
export function createAutoencoder(key: Key): AutoencoderWeights {
  return createParameters(
    takeAutoencoder(autoencoderSizes, initialWeights),
    sampleParameter(key),
  );
}

/**
 * The autoencoder as a model of images with latents.
 *
 * @param weights Its parameters.
 * @returns Posterior of images from 0 to 1, [batch, 3072], and pixels of latents, [..., latent], normal about the decoded.
 */
export function autoencoderModel(
  { tree }: Pick<AutoencoderWeights, "tree">,
): LatentVariableModel<StandardNormal> {
  return {
    prior: new StandardNormal(),
    encode: (images) => {
      const scaled = images.mul<tf.Tensor2D>(2).sub<tf.Tensor2D>(1);
      const { mean, logVariance } = encodeImages(
        toPatches(scaled.as4D(images.shape[0], sceneSide, sceneSide, 3)),
        tree,
        autoencoderSizes,
      );
      const flat = (x: tf.Tensor) => x.reshape([images.shape[0], latentLength]);
      return new DiagonalNormal(flat(mean), flat(logVariance));
    },
    decode: (latents) => {
      const pixels = decodeScenes(latents, tree);
      return new DiagonalNormal(
        pixels,
        pixels.zerosLike().add(2 * Math.log(PIXEL_DEVIATION)),
      );
    },
  };
}

/** Latents [..., latent] as pixels about 0 to 1, [..., 3072]. */
function decodeScenes(
  latents: tf.Tensor,
  tree: AutoencoderWeights["tree"],
): tf.Tensor {
  const { sample_size, latent_channels } = autoencoderSizes;
  const side = sample_size / 2;
  const decoded = decodeLatents(
    latents.reshape([-1, side, side, latent_channels]),
    tree,
    autoencoderSizes,
  );
  return fromPatches(decoded).add(1).div(2)
    .reshape([...latents.shape.slice(0, -1), sceneLength]);
}

/** The compiled halves of the autoencoder. */
export interface SceneCoder extends Disposable {
  /** Means of the latents of scenes, [count * latent], from bytes [count * 3072]. */
  readonly encode: (
    pixels: Uint8Array<ArrayBuffer>,
  ) => Promise<Float32Array<ArrayBuffer>>;
  /** Bytes of scenes, [count * 3072], from latents [count * latent]. */
  readonly decode: (latents: Float32Array) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Compiles both halves of the autoencoder.
 *
 * @param weights Its parameters, at their newest.
 * @param context Where to run.
 * @returns The halves; dispose them when they are no longer used.
 */
export async function compileAutoencoder(
  weights: AutoencoderWeights,
  { device, threads, signal }: Pick<
    RunContext,
    "device" | "threads" | "signal"
  >,
): Promise<SceneCoder> {
  const model = autoencoderModel(weights);
  using stack = new DisposableStack();
  const encoder = stack.use(
    await compile(
      ({ images }: { readonly images: tf.Tensor2D }) => {
        const posterior = model.encode(
          images.cast<tf.Tensor2D>("float32").div<tf.Tensor2D>(255),
        ) as DiagonalNormal; // made above
        return { means: posterior.mean };
      },
      {
        inputs: { images: { shape: [BLOCK, sceneLength], dtype: "int32" } },
        device,
        threads,
      },
    ),
  );
  const decoder = stack.use(
    await compile(
      ({ latents }: { readonly latents: tf.Tensor2D }) => ({
        pixels: decodeScenes(latents, weights.tree),
      }),
      {
        inputs: { latents: { shape: [BLOCK, latentLength] } },
        device,
        threads,
      },
    ),
  );
  const kept = stack.move();
  return {
    encode: async (pixels) => {
      const count = pixels.length / sceneLength;
      const means = new Float32Array(count * latentLength);
      for (let first = 0; first < count; first += BLOCK) {
        signal.throwIfAborted();
        const images = new Uint8Array(BLOCK * sceneLength);
        const end = Math.min(count, first + BLOCK);
        images.set(pixels.subarray(first * sceneLength, end * sceneLength));
        const found = await encoder.run({ images });
        means.set(
          found.means.data.subarray(0, (end - first) * latentLength),
          first * latentLength,
        );
      }
      return means;
    },
    decode: async (latents) => {
      const count = latents.length / latentLength;
      const pixels = new Uint8Array(count * sceneLength);
      for (let first = 0; first < count; first += BLOCK) {
        signal.throwIfAborted();
        const given = new Float32Array(BLOCK * latentLength);
        const end = Math.min(count, first + BLOCK);
        given.set(latents.subarray(first * latentLength, end * latentLength));
        const { data } = (await decoder.run({ latents: given })).pixels;
        for (let i = 0; i < (end - first) * sceneLength; i++) {
          const byte = Math.round(255 * data[i]!); // as many
          pixels[first * sceneLength + i] = Math.min(255, Math.max(0, byte));
        }
      }
      return pixels;
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
