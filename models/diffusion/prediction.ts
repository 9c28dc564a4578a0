/**
 * What a network predicts of a noisy image x = signal * image + spread * noise, and what follows from it.
 * @module
 */

/** What a network predicts: the noise, the clean image, or the velocity signal * noise - spread * image. */
export type Prediction = "noise" | "image" | "velocity";

/** How much of the clean image and of unit noise x = signal * image + spread * noise has. */
export interface Mixing {
  /** Factor of the image: sqrt(alphaBar), or 1 in coordinates where the variance explodes. */
  readonly signal: number;
  /** Factor of the noise: sqrt(1 - alphaBar), or the ratio of the two. */
  readonly spread: number;
}

/** The clean image and the noise in x, of which x is the mixture again. */
export interface Estimate {
  /** As long as x. */
  readonly image: Float64Array;
  /** As long as x. */
  readonly noise: Float64Array;
}

/** Part of the image and of the noise in what is predicted. */
export interface PredictionParts {
  /** Factor of the image. */
  readonly image: number;
  /** Factor of the noise. */
  readonly noise: number;
}

/**
 * What is predicted, as a sum of image and noise.
 *
 * Source: Salimans & Ho 2022, section 4 and appendix D, for the velocity.
 *
 * @param prediction Which one.
 * @param mixing Of the timestep.
 * @returns The factors.
 */
export function predictionParts(
  prediction: Prediction,
  { signal, spread }: Mixing,
): PredictionParts {
  switch (prediction) {
    case "noise":
      return { image: 0, noise: 1 };
    case "image":
      return { image: 1, noise: 0 };
    case "velocity":
      return { image: -spread, noise: signal };
  }
}

/**
 * Solves for image and noise: two equations, one for x and one for the prediction.
 *
 * @param prediction What the network predicts.
 * @param output What it predicted, as long as x.
 * @param x The noisy image.
 * @param mixing Of x.
 * @returns Image and noise.
 * @throws {RangeError} If the prediction does not tell them apart: noise alone where there is no signal, the image
 * alone where there is no noise.
 */
export function estimateFrom(
  prediction: Prediction,
  output: ArrayLike<number>,
  x: Float64Array,
  mixing: Mixing,
): Estimate {
  const { signal, spread } = mixing;
  const parts = predictionParts(prediction, mixing);
  const determinant = signal * parts.noise - spread * parts.image;
  if (!(determinant > 0) && prediction !== "image") {
    throw new RangeError(
      `Expected a signal-to-noise ratio above 0 with predictions of the ${prediction} but found 0: predict the velocity or the image`,
    );
  }
  const image = new Float64Array(x.length);
  const noise = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const y = output[i]!; // as long as x
    if (prediction === "image") {
      image[i] = y;
      noise[i] = (x[i]! - signal * y) / spread;
    } else if (prediction === "noise") {
      image[i] = (x[i]! - spread * y) / signal;
      noise[i] = y;
    } else {
      image[i] = (signal * x[i]! - spread * y) / determinant;
      noise[i] = (signal * y + spread * x[i]!) / determinant;
    }
  }
  return { image, noise };
}

/**
 * Clips the image of an estimate to a range, and takes the noise that is left of x.
 *
 * @param estimate Image and noise.
 * @param x The noisy image.
 * @param mixing Of x.
 * @param range The least and the greatest pixel.
 * @returns An estimate of which x is the mixture again.
 */
export function clipEstimate(
  { image }: Estimate,
  x: Float64Array,
  { signal, spread }: Mixing,
  [low, high]: readonly [number, number],
): Estimate {
  const clipped = image.map((value) => Math.min(high, Math.max(low, value)));
  const noise = x.map((value, i) => (value - signal * clipped[i]!) / spread);
  return { image: clipped, noise };
}

/**
 * How large the squared error of the clean image is per unit of that of the prediction, where signal^2 + spread^2 = 1:
 * 1 / SNR for the noise, 1 for the image, 1 - alphaBar for the velocity.
 *
 * @param prediction What the network predicts.
 * @param mixing Of the timestep.
 * @returns The factor.
 */
export function imageErrorFactor(
  prediction: Prediction,
  { signal, spread }: Mixing,
): number {
  switch (prediction) {
    case "noise":
      return (spread / signal) ** 2;
    case "image":
      return 1;
    case "velocity":
      return spread ** 2;
  }
}
