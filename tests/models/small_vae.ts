import { createVae, type Vae } from "../../models/vae.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type * as tf from "@tensorflow/tfjs";
import { bits, drawWave, wave } from "../golden/waves.ts";

/** The VAE of `golden/vae.py`, with its images and noise. */
export interface SmallVae extends Disposable {
  readonly vae: Owned<Vae>;
  /** [3, 6] */
  readonly images: tf.Tensor2D;
  /** [4, 3, 2] */
  readonly noise: tf.Tensor3D;
}

/** Creates the VAE of `golden/vae.py`. */
export function smallVae(): SmallVae {
  const vae = createVae({ pixels: 6, hidden: 5, latent: 2 }, drawWave);
  return {
    vae,
    images: bits<tf.Rank.R2>([3, 6], 1.1),
    noise: wave<tf.Rank.R3>([4, 3, 2], 0.8, 1.5),
    [Symbol.dispose]: () => vae[Symbol.dispose](),
  };
}
