/**
 * Chains of known data: marginals, bounds, weights.
 * @module
 */
import {
  type BoundVariance,
  chainBound,
  consistencyTerm,
  mixingAt,
} from "../../../models/diffusion/bound_terms.ts";
import { lossWeight } from "../../../models/diffusion/loss_weighting.ts";
import {
  logSnr,
  noiseSchedule,
  type ScheduleName,
} from "../../../models/diffusion/noise_schedule.ts";
import {
  leastImageError,
  mixtureEntropy,
  noisyMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import {
  imageErrorFactor,
  type Prediction,
} from "../../../models/diffusion/prediction.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import {
  type BoundCase,
  type KnownData,
  knownData,
  type MarginalPoint,
  type TimestepPoint,
} from "./exact_entries.ts";

/** Names of all schedules. */
export const schedules: readonly ScheduleName[] = [
  "linear",
  "scaled-linear",
  "cosine",
];
const variances: readonly BoundVariance[] = ["smaller", "larger", "best"];
const [normalData] = knownData;

/**
 * Simulates the chain of normal data step by step, and compares it with the formula of its marginals.
 *
 * @param timesteps Of the chain.
 * @param chains How many to simulate.
 * @param key Draws data and noise.
 * @returns Ten timesteps.
 */
export function simulateMarginals(
  timesteps: number,
  chains: number,
  key: Key,
): readonly MarginalPoint[] {
  const schedule = noiseSchedule("cosine", timesteps);
  const [mean] = normalData.law.means as [number];
  const [deviation] = normalData.law.deviations as [number];
  const x = Float64Array.from(
    normal(fold(key, "data"), chains),
    (z) => mean + deviation * z,
  );
  const points: MarginalPoint[] = [];
  const every = Math.ceil(timesteps / 10);
  schedule.betas.forEach((beta, t) => {
    const [kept, added] = [Math.sqrt(1 - beta), Math.sqrt(beta)];
    const noise = normal(fold(key, t), chains);
    for (let i = 0; i < chains; i++) x[i] = kept * x[i]! + added * noise[i]!;
    if ((t + 1) % every !== 0) return;
    const { means, deviations } = noisyMixture(
      normalData.law,
      mixingAt(schedule, t),
    );
    const variance = deviations[0]! ** 2; // one component
    let sum = 0;
    let squares = 0;
    for (const value of x) sum += value;
    for (const value of x) squares += (value - sum / chains) ** 2;
    points.push({
      timestep: t,
      meanDeviation: (sum / chains - means[0]!) / Math.sqrt(variance / chains),
      varianceDeviation: (squares / (chains - 1) - variance) /
        (variance * Math.sqrt(2 / (chains - 1))),
    });
  });
  return points;
}

/** Bounds of both kinds of data, for two schedules and three variances: of the mixture with a tenth of the timesteps. */
export function knownBounds(timesteps: number): readonly BoundCase[] {
  return knownData.flatMap((data) =>
    (["linear", "cosine"] as const).flatMap((schedule) =>
      variances.map((variance) =>
        boundOf(
          data,
          schedule,
          data === normalData ? timesteps : Math.ceil(timesteps / 10),
          variance,
        )
      )
    )
  );
}

function boundOf(
  { name, law }: KnownData,
  schedule: ScheduleName,
  timesteps: number,
  variance: BoundVariance,
): BoundCase {
  const meanSquare = law.weights.reduce(
    (sum, w, k) => sum + w * (law.means[k]! ** 2 + law.deviations[k]! ** 2),
    0,
  );
  const terms = chainBound(
    scheduleOver(schedule, timesteps),
    (mixing) => leastImageError(law, mixing),
    meanSquare,
    variance,
  );
  return {
    data: name,
    schedule,
    timesteps,
    variance,
    ...terms,
    gap: terms.total - mixtureEntropy(law),
  };
}

/** A schedule of other lengths than 1,000 with as much noise in all. */
function scheduleOver(name: ScheduleName, timesteps: number) {
  const longer = 1000 / timesteps;
  return noiseSchedule(name, timesteps, {
    first: 1e-4 * longer,
    last: Math.min(0.9, 0.02 * longer),
  });
}

/** The greatest distance of -ELBO from H + KL(q(x_T) || p) over all schedules: zero but for roundings. */
export function identityError(timesteps: number): number {
  return Math.max(...schedules.map((name) => {
    const schedule = scheduleOver(name, timesteps);
    const { law } = normalData;
    const [mean, deviation] = [law.means[0]!, law.deviations[0]!]; // one component
    const { total } = chainBound(
      schedule,
      (mixing) => leastImageError(law, mixing),
      mean ** 2 + deviation ** 2,
      "best",
    );
    const { signal, spread } = mixingAt(schedule, timesteps - 1);
    const variance = (signal * deviation) ** 2 + spread ** 2;
    const kl = (variance + (signal * mean) ** 2 - 1 - Math.log(variance)) / 2;
    return Math.abs(total - mixtureEntropy(law) - kl);
  }));
}

/** Signal, weights and consistency terms along the chain, at 200 timesteps evenly spaced in their logarithm. */
export function alongChain(timesteps: number): readonly TimestepPoint[] {
  const places = Array.from(
    { length: 200 },
    (_, i) => Math.round((timesteps - 1) ** (i / 199)),
  );
  const linear = noiseSchedule("linear", timesteps);
  return [...new Set(places)].map((timestep) => {
    const mixing = mixingAt(linear, timestep);
    const snr = Object.fromEntries(
      schedules.map((name) => [
        name,
        logSnr(noiseSchedule(name, timesteps), timestep),
      ]),
    ) as TimestepPoint["logSnr"]; // one for each
    const ofImage = (prediction: Prediction) =>
      1 / imageErrorFactor(prediction, mixing);
    return {
      timestep,
      logSnr: snr,
      weights: {
        "noise": ofImage("noise"),
        "image": ofImage("image"),
        "velocity": ofImage("velocity"),
        "bound": lossWeight("bound", "image", linear, timestep),
        "min-SNR 5": lossWeight("min-snr", "image", linear, timestep),
      },
      consistency: consistencyTerm(
        linear,
        timestep,
        leastImageError(normalData.law, mixing),
        "smaller",
      ),
    };
  });
}
