/**
 * The weights of the text encoder and of the U-Net before training.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type LinearParameters,
  linearSpecs,
} from "../../../models/layers/linear.ts";
import {
  fanInUniform,
  normal,
  zeros,
} from "../../../models/parameters/initials.ts";
import type { ParameterSpec } from "../../../models/parameters/parameters.ts";
import {
  type ClipTextParameters,
  takeClipText,
} from "../../../models/stable_diffusion/clip_text.ts";
import {
  type ConditionalUnetParameters,
  takeConditionalUnet,
} from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import { initialWeights } from "../../../models/stable_diffusion/initial_weights.ts";
import type { WeightSource } from "../../../models/stable_diffusion/weight_source.ts";
import { promptLength } from "../../images/scenes/prompt_tokens.ts";
import { textSizes, unetSizes } from "./text_sizes.ts";

/** The parameters of both networks. */
export interface TextParameters<P = tf.Tensor> {
  /** From tokens to vectors. */
  readonly text: ClipTextParameters<P>;
  /** From the mean vector of a prompt to what is added to the vector of time. */
  readonly prompt: LinearParameters<P>;
  /** From noisy latents, timesteps and vectors to what is predicted. */
  readonly unet: ConditionalUnetParameters<P>;
}

/** Standard deviation of the vectors of tokens and positions: CLIP's 0.02 drowns in what attention adds at first. */
const TABLE = 1;

/** Last maps of the branches of the text encoder: they begin as zero, so that a vector is at first its token's own. */
const LAST = /\.(out_proj|fc2)\.weight$/;

const words: WeightSource<ParameterSpec> = {
  take: (tensor) => {
    const spec = initialWeights.take(tensor);
    const [name = ""] = tensor.names;
    if (name.startsWith("embeddings.")) {
      return { ...spec, initial: normal(TABLE) };
    }
    return LAST.test(name) ? { ...spec, initial: zeros } : spec;
  },
};

/** Declares the parameters of both networks. */
export function textSpecs(): TextParameters<ParameterSpec> {
  const timeLength = 4 * unetSizes.block_out_channels[0]!; // two sides
  return {
    text: takeClipText(textSizes, words),
    prompt: linearSpecs(textSizes.hidden_size, timeLength, fanInUniform),
    unet: takeConditionalUnet(unetSizes, promptLength, initialWeights),
  };
}
