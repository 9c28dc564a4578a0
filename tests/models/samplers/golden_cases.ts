/**
 * Trajectories of diffusers in float64, and the models along which they went.
 * @module
 */
import {
  type NoiseSchedule,
  noiseSchedule,
} from "../../../models/diffusion/noise_schedule.ts";
import type { Prediction } from "../../../models/diffusion/prediction.ts";
import type { SchedulerConfig } from "../../../models/samplers/scheduler_config.ts";

/** One trajectory. */
export interface GoldenCase {
  readonly kind: string;
  readonly config: SchedulerConfig;
  readonly step?: { readonly eta?: number; readonly order?: number };
  readonly begin?: number;
  readonly start?: readonly number[];
  readonly steps: number;
  readonly model: "analytic" | "mixture";
  readonly timesteps: readonly [count: number, sum: number];
  readonly sigmas: readonly [count: number, sum: number] | null;
  readonly calls: number;
  readonly first: readonly number[];
  readonly middle: readonly number[];
  readonly last: readonly number[];
  readonly mean: readonly number[];
}

/** The timesteps of a scheduler. */
export interface GoldenTimesteps {
  readonly scheduler: string;
  readonly steps: number;
  readonly spacing: "linspace" | "leading" | "trailing";
  readonly "steps_offset": number;
  readonly count: number;
  readonly head: readonly number[];
  readonly tail: readonly number[];
  readonly sum: number;
}

interface Golden {
  readonly mixture: {
    readonly weights: readonly number[];
    readonly means: readonly (readonly number[])[];
    readonly std: readonly number[];
  };
  readonly start: readonly number[];
  readonly noise: readonly (readonly number[])[];
  readonly cases: readonly GoldenCase[];
  readonly timesteps: readonly GoldenTimesteps[];
  readonly tables: readonly {
    readonly schedule: "linear" | "scaled_linear" | "cosine";
    readonly "beta_start": number;
    readonly "beta_end": number;
    readonly T: number;
    readonly index: readonly number[];
    readonly beta: readonly number[];
    readonly "alphas_cumprod": readonly number[];
    readonly sigma: readonly number[];
    readonly "log_snr": readonly number[];
    readonly "alphas_cumprod_zero_snr": readonly number[];
  }[];
}

const packed = Deno.readFileSync(
  new URL("../../golden/diffusion/samplers.json.gz", import.meta.url),
);

/** All that diffusers gave. */
export const golden: Golden = await new Response(
  new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")),
).json();

/** What the optimal network for a mixture of two normal laws in two dimensions predicts at x. */
export function mixturePrediction(
  prediction: Prediction,
  x: Float64Array,
  alphaBar: number,
): Float64Array {
  const { weights, means, std } = golden.mixture;
  const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  const out = new Float64Array(x.length);
  for (let point = 0; point < x.length; point += 2) {
    const parts = weights.map((weight, k) => {
      const variance = alphaBar * std[k]! ** 2 + 1 - alphaBar;
      const d = [0, 1].map((j) => x[point + j]! - signal * means[k]![j]!);
      const square = d[0]! ** 2 + d[1]! ** 2;
      const log = Math.log(weight / variance) - square / (2 * variance);
      return { log, d, variance, k };
    });
    const most = Math.max(...parts.map(({ log }) => log));
    const total = parts.reduce((sum, { log }) => sum + Math.exp(log - most), 0);
    for (const j of [0, 1]) {
      let noise = 0;
      let image = 0;
      for (const { log, d, variance, k } of parts) {
        const responsibility = Math.exp(log - most) / total;
        noise += responsibility * spread * d[j]! / variance;
        image += responsibility *
          (means[k]![j]! + signal * std[k]! ** 2 * d[j]! / variance);
      }
      out[point + j] = prediction === "noise"
        ? noise
        : prediction === "image"
        ? image
        : signal * noise - spread * image;
    }
  }
  return out;
}

/** alphaBar at a timestep, from noise ratios on lines between whole ones. */
export function alphaBarAt(schedule: NoiseSchedule, timestep: number): number {
  const { alphaBars, noiseRatios } = schedule;
  const below = Math.floor(timestep);
  if (below === timestep) return alphaBars[below]!;
  const [low, high] = [noiseRatios[below]!, noiseRatios[below + 1]!];
  return 1 / (1 + (low + (timestep - below) * (high - low)) ** 2);
}

/** The schedule of a table. */
export function tableSchedule(
  { schedule, beta_start: first, beta_end: last, T }: Golden["tables"][number],
): NoiseSchedule {
  const name = {
    linear: "linear",
    scaled_linear: "scaled-linear",
    cosine: "cosine",
  } as const;
  return noiseSchedule(name[schedule], T, { first, last });
}
