/**
 * What a model takes, in words.
 * @module
 */
import { size } from "../../core/size.ts";
import type { StableNeeds } from "./stable_sizes.ts";

/**
 * Says how much memory and time a model takes.
 *
 * @param needs What it takes.
 * @param steps Steps for an image.
 * @param rate Multiplications in a second of large matrix products.
 * @returns Two sentences.
 */
export function needsSentence(
  needs: StableNeeds,
  steps: number,
  rate: number,
): string {
  const perStep = 2 * needs.unet.multiplications / rate; // prompt and negative prompt
  const whole = steps * perStep +
    (2 * needs.text.multiplications + needs.vae.multiplications / 2) / rate;
  const millions = (n: number) =>
    n < 1e5 ? n.toLocaleString("en") : `${(n / 1e6).toFixed(1)} M`;
  const { bytes } = needs;
  const memory = bytes < 2 ** 30 / 10
    ? size(bytes)
    : `${(bytes / 2 ** 30).toFixed(2)} GiB`;
  return `The model has ${
    millions(needs.text.parameters)
  } parameters for text, ${millions(needs.unet.parameters)} in the U-Net and ${
    millions(needs.vae.parameters)
  } in the autoencoder: at least ${memory} of memory, more than twice as much while weights are handed over. A step takes ${
    (2 * needs.unet.multiplications / 1e9).toPrecision(3)
  } thousand million multiplications: about ${
    duration(perStep)
  } here if all run like large matrix products, and an image in ${steps} steps ${
    duration(whole)
  }; convolutions are slower.`;
}

function duration(seconds: number): string {
  if (seconds < 1) return `${(1000 * seconds).toPrecision(2)} ms`;
  return seconds < 120
    ? `${seconds.toFixed(1)} s`
    : `${(seconds / 60).toFixed(1)} minutes`;
}
