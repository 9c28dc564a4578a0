import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertThrows,
} from "@std/assert";
import {
  consistencyTerm,
  mixingAt,
} from "../../../models/diffusion/bound_terms.ts";
import { posterior } from "../../../models/diffusion/forward_process.ts";
import { lossWeight } from "../../../models/diffusion/loss_weighting.ts";
import {
  logSnr,
  noiseSchedule,
  withZeroTerminalSnr,
} from "../../../models/diffusion/noise_schedule.ts";
import {
  clipEstimate,
  estimateFrom,
  imageErrorFactor,
  predictionParts,
} from "../../../models/diffusion/prediction.ts";

Deno.test("marginals follow from the steps of the chain", () => {
  const schedule = noiseSchedule("cosine", 50);
  let mean = 1;
  let variance = 0;
  schedule.betas.forEach((beta, t) => {
    mean *= Math.sqrt(1 - beta);
    variance = (1 - beta) * variance + beta;
    const { signal, spread } = mixingAt(schedule, t);
    assertAlmostEquals(signal, mean, 1e-14);
    assertAlmostEquals(spread ** 2, variance, 1e-14);
  });
});

Deno.test("the posterior is Bayes' rule", () => {
  const schedule = noiseSchedule("linear", 1000);
  for (const t of [1, 10, 500, 999]) {
    const [to, from] = [mixingAt(schedule, t - 1), mixingAt(schedule, t)];
    const parts = posterior(to, from);
    const alpha = 1 - schedule.betas[t]!;
    // q(x_t | x_s) q(x_s | image): precisions add
    const precision = alpha / schedule.betas[t]! + 1 / to.spread ** 2;
    assertAlmostEquals(parts.variance * precision, 1, 1e-10);
    const noisy = Math.sqrt(alpha) / schedule.betas[t]! / precision;
    assertAlmostEquals(parts.noisy, noisy, 1e-10);
    assertAlmostEquals(
      parts.image,
      to.signal / to.spread ** 2 / precision,
      1e-10,
    );
  }
});

Deno.test("consistency with the smaller variance is half the fall of the signal-to-noise ratio times the error", () => {
  const schedule = noiseSchedule("cosine", 100);
  for (const t of [1, 2, 50, 99]) {
    const snr = (at: number) => Math.exp(logSnr(schedule, at));
    const mixing = mixingAt(schedule, t);
    for (const prediction of ["noise", "image", "velocity"] as const) {
      const error = 0.3 * imageErrorFactor(prediction, mixing);
      const weight = lossWeight("bound", prediction, schedule, t);
      const term = consistencyTerm(schedule, t, error, "smaller");
      assertAlmostEquals(term / (weight * 0.3), 1, 1e-9);
      assertAlmostEquals(
        term / ((snr(t - 1) - snr(t)) / 2 * error),
        1,
        1e-9,
      );
      const best = consistencyTerm(schedule, t, error, "best");
      assertLess(best, term + 1e-15);
      assertLess(best, consistencyTerm(schedule, t, error, "larger") + 1e-15);
    }
  }
});

Deno.test("min-SNR weighs noise, image and velocity as Hang et al. and its correction say", () => {
  const schedule = noiseSchedule("linear", 1000);
  for (const t of [0, 100, 300, 900]) {
    const snr = Math.exp(logSnr(schedule, t));
    const weight = (prediction: "noise" | "image" | "velocity") =>
      lossWeight("min-snr", prediction, schedule, t);
    assertAlmostEquals(weight("image"), Math.min(snr, 5), 1e-9);
    assertAlmostEquals(weight("noise"), Math.min(1, 5 / snr), 1e-9);
    assertAlmostEquals(weight("velocity"), Math.min(snr, 5) / (snr + 1), 1e-9);
    assertEquals(lossWeight("simple", "noise", schedule, t), 1);
  }
});

Deno.test("every prediction gives the same image and noise", () => {
  const image = Float64Array.of(0.3, -0.8);
  const noise = Float64Array.of(-1.1, 0.4);
  const mixing = { signal: 0.6, spread: 0.8 };
  const x = image.map((v, i) => 0.6 * v + 0.8 * noise[i]!);
  for (const prediction of ["noise", "image", "velocity"] as const) {
    const parts = predictionParts(prediction, mixing);
    const output = image.map((v, i) =>
      parts.image * v + parts.noise * noise[i]!
    );
    const found = estimateFrom(prediction, output, x, mixing);
    image.forEach((v, i) => assertAlmostEquals(found.image[i]!, v, 1e-15));
    noise.forEach((v, i) => assertAlmostEquals(found.noise[i]!, v, 1e-15));
    const clipped = clipEstimate(found, x, mixing, [-0.5, 0.5]);
    assertAlmostEquals(clipped.image[1]!, -0.5);
    x.forEach((v, i) =>
      assertAlmostEquals(
        0.6 * clipped.image[i]! + 0.8 * clipped.noise[i]!,
        v,
        1e-15,
      )
    );
  }
});

Deno.test("without signal the noise tells nothing, and the velocity is the image", () => {
  const none = { signal: 0, spread: 1 };
  const x = Float64Array.of(0.7);
  assertThrows(
    () => estimateFrom("noise", [0.7], x, none),
    RangeError,
    "Expected a signal-to-noise ratio above 0",
  );
  assertEquals(estimateFrom("velocity", [-0.2], x, none).image[0], 0.2);
  const moved = withZeroTerminalSnr(noiseSchedule("linear", 1000));
  assertEquals(moved.alphaBars.at(-1), 0);
  assertEquals(logSnr(moved, 999), -Infinity);
});
