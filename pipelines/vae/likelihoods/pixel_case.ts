/**
 * What was measured of one distribution of pixels.
 * @module
 */
import type { PixelLikelihood } from "../../../models/distributions/pixel_likelihood.ts";
import type { PixelImages } from "../../images/images.ts";

/** One distribution of pixels, on binary or grey ones. */
export interface PixelCase {
  /** Such as "continuous Bernoulli on grey pixels". */
  readonly title: string;
  /** How pixels are distributed. */
  readonly likelihood: PixelLikelihood;
  /** Their convention; "none" for grey. */
  readonly pixels: PixelImages["binarization"];
  /** Test ELBO as it was maximized, in nats per image. */
  readonly elbo: number;
  /** Its part E_q log p(x | z). */
  readonly reconstruction: number;
  /** Its part KL(q(z | x) || p(z)). */
  readonly kl: number;
  /** Test log p(x) as the same decoder is read, in nats per image. */
  readonly logLikelihood: number;
  /** E_q of the logarithm of what p(x | z) sums, or integrates, to over images in [0, 1], in nats; 0 where it is one of those. */
  readonly logMass: number;
  /** Decoder means of latents from the prior, [image, pixel]. */
  readonly means: Float32Array;
  /** Images drawn from those decoders, cut to [0, 1], [image, pixel]. */
  readonly drawn: Float32Array;
}
