import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertThrows,
} from "@std/assert";
import {
  chainBound,
  consistencyTerm,
  mixingAt,
  priorTerm,
} from "../../../models/diffusion/bound_terms.ts";
import { posterior } from "../../../models/diffusion/forward_process.ts";
import {
  guide,
  guidedFactor,
  neededBy,
} from "../../../models/diffusion/guidance.ts";
import { lossWeight } from "../../../models/diffusion/loss_weighting.ts";
import {
  logSnr,
  noiseSchedule,
  scheduleOf,
  withZeroTerminalSnr,
} from "../../../models/diffusion/noise_schedule.ts";
import {
  leastImageError,
  mixtureCdf,
  mixtureEntropy,
  mixtureQuantile,
  type NormalMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import {
  clipEstimate,
  estimateFrom,
  imageErrorFactor,
  predictionParts,
} from "../../../models/diffusion/prediction.ts";
import { flowLogDensity } from "../../../models/diffusion/probability_flow.ts";
import golden from "../../golden/diffusion/exact.json" with { type: "json" };

const A: NormalMixture = { weights: [1], means: [0.5], deviations: [0.25] };
const B: NormalMixture = {
  weights: [0.3, 0.7],
  means: [-2, 1.5],
  deviations: [0.5, 0.25],
};
const squares = { A: 0.5 ** 2 + 0.25 ** 2, B: 0.3 * 4.25 + 0.7 * 2.3125 };
const variances = { tilde: "smaller", beta: "larger", opt: "best" } as const;

interface Terms {
  readonly prior: number;
  readonly consistency: number;
  readonly reconstruction: number;
  readonly total: number;
}

Deno.test("the terms of the bound are those of a second implementation", () => {
  for (const name of ["A", "B"] as const) {
    const data = { A, B }[name];
    const all: Readonly<Record<string, Terms>> = golden.bounds[name].elbo;
    for (const [label, wanted] of Object.entries(all)) {
      const [kind, steps, variance] = label.split(" ");
      const timesteps = Number(steps!.slice(2));
      if (name === "B" && timesteps > 100) continue; // quadratures at 1,000 places take seconds
      const found = chainBound(
        noiseSchedule(kind as "linear" | "cosine", timesteps, {
          first: 0.1 / timesteps,
          last: Math.min(0.9, 20 / timesteps),
        }),
        (mixing) => leastImageError(data, mixing),
        squares[name],
        variances[variance as keyof typeof variances],
      );
      for (
        const term of [
          "prior",
          "consistency",
          "reconstruction",
          "total",
        ] as const
      ) {
        // nine decimals are known
        assertAlmostEquals(
          found[term],
          wanted[term],
          1.1e-9,
          `${name} ${label}`,
        );
      }
    }
  }
});

Deno.test("the negative bound of a normal law is its entropy plus KL(q(x_T) || p)", () => {
  const { entropy_nats } = golden.bounds.A;
  assertAlmostEquals(mixtureEntropy(A), entropy_nats, 1e-15);
  for (const name of ["linear", "cosine", "scaled-linear"] as const) {
    for (const timesteps of [2, 10, 1000]) {
      const schedule = noiseSchedule(name, timesteps, {
        first: 0.01,
        last: 0.2,
      });
      const { total } = chainBound(
        schedule,
        (mixing) => leastImageError(A, mixing),
        squares.A,
        "best",
      );
      const { signal, spread } = mixingAt(schedule, timesteps - 1);
      const variance = (signal * 0.25) ** 2 + spread ** 2;
      const kl = (variance + (signal * 0.5) ** 2 - 1 - Math.log(variance)) / 2;
      assertAlmostEquals(total, mixtureEntropy(A) + kl, 1e-11); // roundings of 1,000 terms
    }
  }
});

Deno.test("independent normal numbers of different spread: the bound of a 4-D law", () => {
  // any covariance is diagonal in its own axes, in which every step of the chain is the same
  const { cov, elbo, entropy_nats } = golden.bounds.C;
  const eigenvalues = eigenvaluesOf(cov);
  const entropy = eigenvalues.reduce(
    (sum, v) => sum + Math.log(2 * Math.PI * Math.E * v) / 2,
    0,
  );
  assertAlmostEquals(entropy, entropy_nats, 1e-10);
  const schedule = noiseSchedule("cosine", 100);
  const mean = golden.bounds.C.mean.reduce((sum, m) => sum + m * m, 0);
  const total = eigenvalues.reduce((sum, v) => {
    const data = { weights: [1], means: [0], deviations: [Math.sqrt(v)] };
    const error = (mixing: ReturnType<typeof mixingAt>) =>
      leastImageError(data, mixing);
    return sum + chainBound(schedule, error, v, "best").total;
  }, schedule.alphaBars.at(-1)! * mean / 2);
  assertAlmostEquals(total, elbo["cosine T=100 opt"].total, 1.1e-9);
});

/** Of a symmetric matrix, by the QR-free way: powers of Jacobi rotations on 4 x 4 numbers. */
function eigenvaluesOf(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  for (let sweep = 0; sweep < 20; sweep++) {
    for (let p = 0; p < 4; p++) {
      for (let q = p + 1; q < 4; q++) {
        const angle = Math.atan2(2 * a[p]![q]!, a[p]![p]! - a[q]![q]!) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) {
          [row[p], row[q]] = [
            c * row[p]! + s * row[q]!,
            c * row[q]! - s * row[p]!,
          ];
        }
        const [first, second] = [a[p]!, a[q]!];
        a[p] = first.map((x, k) => c * x + s * second[k]!);
        a[q] = second.map((x, k) => c * x - s * first[k]!);
      }
    }
  }
  return a.map((row, i) => row[i]!);
}

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

Deno.test("the probability flow gives log densities, with the error of its steps", () => {
  for (
    const [data, wanted] of [[A, golden.flowA], [B, golden.flowB]] as const
  ) {
    const error = (steps: number, end: "marginal" | "normal") =>
      Math.max(...wanted.x.map((x, i) =>
        Math.abs(
          flowLogDensity(data, x, { from: 1e-3, to: 80, steps, end }) -
            wanted.log_p_sigma_1e3[i]!,
        )
      ));
    assertLess(error(200, "marginal"), 6e-5);
    assertLess(error(800, "marginal"), 3e-7);
    assertAlmostEquals(
      error(800, "normal"),
      data === A ? 0.0694 : 0.0104,
      2e-4,
    );
  }
});

Deno.test("guidance shrinks a normal law as s^g S^(1 - g)", () => {
  const normals = { conditional: 0.2, unconditional: 1, from: 80, to: 0.002 };
  for (const [g, exact] of Object.entries(golden.guidance)) {
    assertAlmostEquals(guidedFactor(normals, Number(g)) / exact, 1, 1e-12);
    const clean = guidedFactor({ ...normals, to: 0 }, Number(g)) * 80;
    // N(0, 80^2 + ...) at the start, up to (s / 80)^2
    assertAlmostEquals(clean / 0.2 ** Number(g), 1, 1e-3);
  }
});

Deno.test("guide() is exact at 0 and 1, and replaces one prediction by the other", () => {
  assertEquals([...guide([0.1], [1e20], 1)], [0.1]);
  assertEquals([...guide([0.1], [0.7], 0)], [0.7]);
  assertEquals([...guide([3], [1], 2)], [5]);
  assertEquals([...guide([3], [3], 7.5)], [3]);
  assertEquals([0, 1, 2].map(neededBy), ["negative", "prompt", "both"]);
  assertThrows(() => guide([1], [1, 2], 2), RangeError, "equal length");
});

Deno.test("quantiles invert the distribution function", () => {
  for (const p of [1e-9, 0.1, 0.29, 0.5, 0.999]) {
    assertAlmostEquals(mixtureCdf(B, mixtureQuantile(B, p)) / p, 1, 1e-12);
  }
});

Deno.test("schedules refuse what is none", () => {
  assertThrows(() => noiseSchedule("linear", 1), RangeError, "at least 2");
  assertThrows(
    () => scheduleOf(Float64Array.of(0.1, 1, 0.2)),
    RangeError,
    "Expected betas between 0 and 1 but found 1 at timestep 1",
  );
  assertThrows(
    () => logSnr(noiseSchedule("cosine", 10), 10),
    RangeError,
    "Expected a whole timestep from 0 to 9 but found 10",
  );
  const { alphaBars } = noiseSchedule("linear", 1000);
  const last = alphaBars.at(-1)!;
  const expected = (last * 0.3 - last - Math.log(1 - last)) / 2;
  assertAlmostEquals(
    priorTerm(noiseSchedule("linear", 1000), 0.3),
    expected,
    1e-15,
  );
});
