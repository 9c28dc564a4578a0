// deno-lint-ignore-file camelcase -- the names of diffusers
/**
 * Samplers as the library diffusers configures them.
 * @module
 */
import {
  type NoiseSchedule,
  noiseSchedule,
  withZeroTerminalSnr,
} from "../diffusion/noise_schedule.ts";
import type { Prediction } from "../diffusion/prediction.ts";
import type { SamplingOptions } from "./run_sampler.ts";
import { configuredSampler, type SamplerChoice } from "./configured_sampler.ts";
import type { Sampler } from "./sampler.ts";
import {
  gridAt,
  type GridEnd,
  gridNode,
  karrasGrid,
  ratioAt,
  type SamplingGrid,
} from "./sampling_grid.ts";
import { roundHalfEven, spacedTimesteps } from "./spacing.ts";
import {
  expectKnown,
  type SchedulerConfig,
  type SchedulerKind,
} from "./scheduler_config.ts";

/** A sampler, ready to run. */
export interface ConfiguredSampling
  extends Pick<SamplingOptions, "prediction" | "clip" | "clippedNoise"> {
  /** The method. */
  readonly sampler: Sampler;
  /** The noise of all timesteps. */
  readonly schedule: NoiseSchedule;
  /** The nodes. */
  readonly grid: SamplingGrid;
  /** x at the first node is standard normal noise times this. */
  readonly startScale: number;
}

const predictions: Readonly<
  Record<NonNullable<SchedulerConfig["prediction_type"]>, Prediction>
> = { epsilon: "noise", sample: "image", v_prediction: "velocity" };

const schedules = {
  linear: "linear",
  scaled_linear: "scaled-linear",
  squaredcos_cap_v2: "cosine",
} as const;

/**
 * Makes a sampler as diffusers would configure it, with its timesteps, rounded as there.
 *
 * @param kind Which method.
 * @param config Its settings.
 * @param steps Steps of the sampler.
 * @param options What is no setting of a configuration.
 * @returns The sampler with grid, prediction and clipping.
 * @throws {RangeError} If a setting is none of the kind's, or steps, timesteps and settings do not fit together.
 */
export function configuredSampling(
  kind: SchedulerKind,
  config: SchedulerConfig,
  steps: number,
  options: SamplerChoice = {},
): ConfiguredSampling {
  expectKnown(kind, config);
  const {
    num_train_timesteps: timesteps = 1000,
    beta_start: first = 1e-4,
    beta_end: last = 0.02,
    prediction_type = "epsilon",
  } = config;
  const plain = noiseSchedule(
    schedules[config.beta_schedule ?? "linear"],
    timesteps,
    { first, last },
  );
  const schedule = config.rescale_betas_zero_snr
    ? withZeroTerminalSnr(plain)
    : plain;
  const prediction = predictions[prediction_type];
  if (config.rescale_betas_zero_snr && prediction === "noise") {
    throw new RangeError(
      "Expected v_prediction or sample with rescale_betas_zero_snr but found epsilon, which tells nothing where there is no signal",
    );
  }
  const grid = gridOf(kind, config, schedule, steps);
  return {
    sampler: configuredSampler(kind, config, options),
    schedule,
    grid,
    prediction,
    ...clippingOf(kind, config),
    startScale: startScaleOf(kind, config, grid),
  };
}

const WHOLE: ReadonlySet<SchedulerKind> = new Set(["ddim", "ddpm", "pndm"]);
const MULTISTEPS: ReadonlySet<SchedulerKind> = new Set(["dpm", "unipc"]);

function gridOf(
  kind: SchedulerKind,
  config: SchedulerConfig,
  schedule: NoiseSchedule,
  steps: number,
): SamplingGrid {
  const isMultistep = MULTISTEPS.has(kind);
  const end = endOf(kind, config);
  const { noiseRatios } = schedule;
  const all = noiseRatios.length;
  if (config.use_karras_sigmas && isMultistep) {
    const isCosine = config.beta_schedule === "squaredcos_cap_v2";
    return karrasGrid(schedule, {
      steps,
      from: noiseRatios.at(-1)!, // at least two timesteps
      to: noiseRatios[0]!,
      end,
      round: isCosine ? Math.trunc : roundHalfEven,
    });
  }
  const clipped = config.lambda_min_clipped ?? -Infinity;
  const timesteps = spacedTimesteps({
    timesteps: noiseRatios.filter((r) => -Math.log(r) >= clipped).length,
    steps,
    spacing: config.timestep_spacing ??
      (WHOLE.has(kind) ? "leading" : "linspace"),
    zero: isMultistep ? "left-out" : "met",
    offset: config.steps_offset ?? 0,
    rounding: WHOLE.has(kind) || isMultistep ||
        config.timestep_spacing === "trailing"
      ? "half-even"
      : "none",
  });
  if (config.use_karras_sigmas) {
    return karrasGrid(schedule, {
      steps,
      from: ratioAt(schedule, timesteps[0]!), // at least one step
      to: ratioAt(schedule, timesteps.at(-1)!),
      end,
    });
  }
  const grid = gridAt(schedule, timesteps, end);
  const isSplit = kind === "pndm" && !config.skip_prk_steps;
  return isSplit
    ? splitSteps(schedule, grid, Math.floor(all / steps / 2))
    : grid;
}

/** Puts a node halfway through each of the first three steps, as Runge and Kutta's method needs them. */
function splitSteps(
  schedule: NoiseSchedule,
  { nodes }: SamplingGrid,
  half: number,
): SamplingGrid {
  if (half < 1 || nodes.length < 5) {
    throw new RangeError(
      `Expected from 4 steps to half as many as timesteps for Runge and Kutta's method but found ${
        nodes.length - 1
      }`,
    );
  }
  return {
    nodes: nodes.flatMap((node, i) => {
      if (i === 0 || i > 3) return [node];
      const timestep = node.timestep + half;
      return [gridNode(timestep, ratioAt(schedule, timestep)), node];
    }),
  };
}

function endOf(kind: SchedulerKind, config: SchedulerConfig): GridEnd {
  const toOne = config.set_alpha_to_one ?? kind !== "pndm";
  return toOne && config.final_sigmas_type !== "sigma_min"
    ? "clean"
    : "least-noise";
}

function clippingOf(
  kind: SchedulerKind,
  { clip_sample = true, clip_sample_range = 1 }: SchedulerConfig,
): Pick<SamplingOptions, "clip" | "clippedNoise"> {
  if ((kind !== "ddim" && kind !== "ddpm") || !clip_sample) {
    return { clip: "none" };
  }
  return {
    clip: [-clip_sample_range, clip_sample_range],
    clippedNoise: "predicted",
  };
}

/** Samplers in coordinates of exploding variance begin at the noise of the first node, without that of an image. */
function startScaleOf(
  kind: SchedulerKind,
  { timestep_spacing = "linspace" }: SchedulerConfig,
  { nodes }: SamplingGrid,
): number {
  const explodes = !WHOLE.has(kind) && !MULTISTEPS.has(kind);
  return explodes && timestep_spacing !== "leading" ? nodes[0]!.spread : 1;
}
