/**
 * The text encoder and the U-Net that is told the text, as one denoising network of latents.
 * @module
 */
import {
  type NoiseSchedule,
  noiseSchedule,
} from "../../../models/diffusion/noise_schedule.ts";
import { linear } from "../../../models/layers/linear.ts";
import { createParameters } from "../../../models/parameters/parameters.ts";
import { clipText } from "../../../models/stable_diffusion/clip_text.ts";
import { conditionalUnet } from "../../../models/stable_diffusion/conditional_unet.ts";
import type { Key } from "../../core/random/key.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { assignWeights, readWeights } from "../../training/weights.ts";
import type { DenoisingModel } from "../denoising_model.ts";
import {
  promptLength,
  promptTokens,
} from "../../images/scenes/prompt_tokens.ts";
import { latentLength, textSizes, unetSizes } from "./text_sizes.ts";
import { textSpecs } from "./text_weights.ts";

/** A denoising network of latents that is told tokens. */
export interface TextModel extends DenoisingModel, Disposable {}

/** The chain of the model: 1,000 timesteps, with the noise of Stable Diffusion. */
export function textSchedule(): NoiseSchedule {
  return noiseSchedule("scaled-linear", 1000);
}

/**
 * Makes the model: it predicts the velocity.
 *
 * Every token looks at all others, so that "three" may know of the "left of" behind it; the U-Net looks at the tokens,
 * and the mean of their vectors is added to the vector of time.
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
    schedule: textSchedule(),
    prediction: "velocity",
    length: latentLength,
    values: "numbers",
    timeWidth: unetSizes.block_out_channels[0]!, // two sides
    conditionWidth: promptLength,
    none: promptTokens(""),
    predict: ({ images, time, conditions }, weights) => {
      const { text, prompt, unet } =
        (weights === "trained" ? trained : averaged).tree;
      const [batch] = images.shape;
      const vectors = clipText(conditions, text, textSizes, "all");
      return conditionalUnet(
        images.as4D(batch, side, side, channels),
        time,
        vectors,
        unet,
        unetSizes,
        linear(vectors.mean(1), prompt).as2D(batch, -1),
      ).as2D(batch, latentLength);
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
