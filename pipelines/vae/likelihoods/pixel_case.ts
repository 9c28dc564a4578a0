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
  /** Binarization of the pixels; "none" for grey. */
  readonly pixels: PixelImages["binarization"];
  /** Test ELBO as it was maximized, in nats per image. */
  readonly elbo: number;
  /** Part E_q log p(x | z) of the ELBO, in nats per image. */
  readonly reconstruction: number;
  /** Part KL(q(z | x) || p(z)) of the ELBO, in nats per image. */
  readonly kl: number;
  /** Test log p(x) as the same decoder is read, in nats per image. */
  readonly logLikelihood: number;
  /** E_q[log of the mass that p(x | z) puts on images in [0, 1]], in nats; 0 if p is normalized there. */
  readonly logMass: number;
  /** Decoder means of latents from the prior, [image, pixel]. */
  readonly means: Float32Array;
  /** Images drawn from those decoders, cut to [0, 1], [image, pixel]. */
  readonly drawn: Float32Array;
}
