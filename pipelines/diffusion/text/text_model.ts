/**
 * The text encoder and the U-Net that is told the text, as one denoising network of latents.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import {
  createParameters,
  type ParameterSpec,
} from "../../../models/parameters/parameters.ts";
import {
  clipText,
  type ClipTextParameters,
  takeClipText,
} from "../../../models/stable_diffusion/clip_text.ts";
import { conditionalUnet } from "../../../models/stable_diffusion/conditional_unet.ts";
import {
  type ConditionalUnetParameters,
  takeConditionalUnet,
} from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import { initialWeights } from "../../../models/stable_diffusion/initial_weights.ts";
import type { Key } from "../../core/random/key.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { assignWeights, readWeights } from "../../training/weights.ts";
import type { DenoisingModel } from "../denoising_model.ts";
import {
  promptLength,
  promptTokens,
} from "../../images/scenes/prompt_tokens.ts";
import { latentLength, textSizes, unetSizes } from "./text_sizes.ts";

/** Timesteps of the chain. */
export const TIMESTEPS = 1000;

/** A denoising network of latents that is told tokens. */
export interface TextModel extends DenoisingModel, Disposable {}

/** The parameters of both networks. */
export interface TextParameters<P = tf.Tensor> {
  /** From tokens to vectors. */
  readonly text: ClipTextParameters<P>;
  /** From noisy latents, timesteps and vectors to what is predicted. */
  readonly unet: ConditionalUnetParameters<P>;
}

/** Declares the parameters of both networks. */
export function textSpecs(): TextParameters<ParameterSpec> {
  return {
    text: takeClipText(textSizes, initialWeights),
    unet: takeConditionalUnet(unetSizes, promptLength, initialWeights),
  };
}

/**
 * Makes the model: it predicts the velocity, on a linear schedule of 1,000 timesteps.
 *
 * @param key Draws the weights.
 * @returns The model, whose averaged weights equal those to train; dispose it when it is no longer used.
 */
export async function textModel(key: Key): Promise<TextModel> {
  const specs = textSpecs();
  using stack = new DisposableStack();
  const trained = stack.use(createParameters(specs, sampleParameter(key)));
  const averaged = stack.use(createParameters(specs, sampleParameter(key)));
  assignWeights(averaged.variables, await readWeights(trained.variables));
  const kept = stack.move();
  const { sample_size: side, in_channels: channels } = unetSizes;
  return {
    trained,
    averaged,
    schedule: noiseSchedule("linear", TIMESTEPS),
    prediction: "velocity",
    length: latentLength,
    values: "numbers",
    timeWidth: unetSizes.block_out_channels[0]!, // two sides
    conditionWidth: promptLength,
    none: promptTokens(""),
    predict: ({ images, time, conditions }, weights) => {
      const { text, unet } = (weights === "trained" ? trained : averaged).tree;
      const [batch] = images.shape;
      return conditionalUnet(
        images.as4D(batch, side, side, channels),
        time,
        clipText(conditions, text, textSizes),
        unet,
        unetSizes,
      ).as2D(batch, latentLength);
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
