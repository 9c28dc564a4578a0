/**
 * How much the error at each timestep counts in the loss.
 * @module
 */
import { expectTimestep, type NoiseSchedule } from "./noise_schedule.ts";
import { imageErrorFactor, type Prediction } from "./prediction.ts";

/**
 * A weighting: `simple` counts the squared error of what is predicted, `bound` as the evidence bound does, `min-snr` the
 * error of the image with the signal-to-noise ratio, but no more than 5.
 */
export type Weighting = "simple" | "bound" | "min-snr";

/** The most that `min-snr` weighs an error of the image. */
const MOST_SNR = 5;

/**
 * The factor of the squared error of the prediction at a timestep.
 *
 * In terms of the squared error of the image: SNR_t for noise, 1 for the image and SNR_t + 1 for the velocity under
 * `simple`; (SNR_(t-1) - SNR_t) / 2 under `bound`; min(SNR_t, 5) under `min-snr`, which is min(SNR, 5) / SNR of the error
 * of the noise and min(SNR, 5) / (SNR + 1) of that of the velocity.
 *
 * Source: Ho et al. 2020, eq. 14; Kingma et al. 2021, eq. 13; Hang et al. 2023, section 3.4.
 *
 * @param weighting Which one.
 * @param prediction What the network predicts.
 * @param schedule The noise schedule.
 * @param timestep 0 ... T - 1; at 0 `bound` has the weight of timestep 1, for nothing comes before it.
 * @returns The factor, not negative.
 */
export function lossWeight(
  weighting: Weighting,
  prediction: Prediction,
  schedule: NoiseSchedule,
  timestep: number,
): number {
  if (weighting === "simple") return 1;
  const { alphaBars } = schedule;
  const t = expectTimestep(timestep, alphaBars);
  const alphaBar = alphaBars[t]!;
  const mixing = {
    signal: Math.sqrt(alphaBar),
    spread: Math.sqrt(1 - alphaBar),
  };
  const snr = (at: number) => alphaBars[at]! / (1 - alphaBars[at]!);
  const ofImage = weighting === "min-snr"
    ? Math.min(snr(t), MOST_SNR)
    : (snr(Math.max(t, 1) - 1) - snr(Math.max(t, 1))) / 2;
  return ofImage * imageErrorFactor(prediction, mixing);
}
