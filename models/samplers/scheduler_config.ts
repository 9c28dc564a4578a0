// deno-lint-ignore-file camelcase -- the names of diffusers
/**
 * The settings of samplers by the names of diffusers.
 * @module
 */
import type { Spacing } from "./spacing.ts";

/** The kinds of samplers, and what diffusers calls their classes. */
export const schedulerClasses = {
  ddim: "DDIMScheduler",
  ddpm: "DDPMScheduler",
  dpm: "DPMSolverMultistepScheduler",
  euler: "EulerDiscreteScheduler",
  eulerAncestral: "EulerAncestralDiscreteScheduler",
  heun: "HeunDiscreteScheduler",
  lms: "LMSDiscreteScheduler",
  pndm: "PNDMScheduler",
  unipc: "UniPCMultistepScheduler",
} as const;

/** A kind of sampler. */
export type SchedulerKind = keyof typeof schedulerClasses;

/** The settings of a sampler, by the names of diffusers; what is absent has the default of its class. */
export interface SchedulerConfig {
  /** T; 1000 unless given. */
  readonly num_train_timesteps?: number;
  /** First beta; 1e-4 unless given. */
  readonly beta_start?: number;
  /** Last beta; 0.02 unless given. */
  readonly beta_end?: number;
  /** `linear` unless given. */
  readonly beta_schedule?: "linear" | "scaled_linear" | "squaredcos_cap_v2";
  /** `epsilon` unless given. */
  readonly prediction_type?: "epsilon" | "sample" | "v_prediction";
  /** `leading` for DDIM, DDPM and PNDM, else `linspace`, unless given. */
  readonly timestep_spacing?: Spacing;
  /** Added to leading timesteps; 0 unless given. */
  readonly steps_offset?: number;
  /** Whether DDIM and DDPM clip the image; yes unless given. */
  readonly clip_sample?: boolean;
  /** The bound of the clipped image; 1 unless given. */
  readonly clip_sample_range?: number;
  /** Whether the last step of DDIM and PNDM ends without noise; for DDIM yes, for PNDM no unless given. */
  readonly set_alpha_to_one?: boolean;
  /** Whether PNDM begins without Runge and Kutta's steps; no unless given. */
  readonly skip_prk_steps?: boolean;
  /** The variance of DDPM; `fixed_small` unless given. */
  readonly variance_type?: "fixed_small" | "fixed_large";
  /** Whether the last timestep has no signal; no unless given. */
  readonly rescale_betas_zero_snr?: boolean;
  /** Order of DPM-Solver++ and UniPC; 2 unless given. */
  readonly solver_order?: number;
  /** Kind of DPM-Solver++ or UniPC. */
  readonly solver_type?: "midpoint" | "heun" | "bh1" | "bh2";
  /** `dpmsolver++` unless given. */
  readonly algorithm_type?: "dpmsolver++" | "sde-dpmsolver++";
  /** Whether few steps end with lower orders; yes unless given. */
  readonly lower_order_final?: boolean;
  /** Whether the last step has order 1; no unless given. */
  readonly euler_at_final?: boolean;
  /** Where the last step ends; `zero` unless given. */
  readonly final_sigmas_type?: "zero" | "sigma_min";
  /** Whether noise ratios follow Karras et al.; no unless given. */
  readonly use_karras_sigmas?: boolean;
  /** Half log SNR below which DPM-Solver++ does not begin. */
  readonly lambda_min_clipped?: number;
}

/** Settings of every kind, then those of some. */
const COMMON = [
  ...["num_train_timesteps", "beta_start", "beta_end", "beta_schedule"],
  ...["prediction_type", "timestep_spacing", "steps_offset"],
];
const KARRAS = ["use_karras_sigmas"];
const FINAL = ["final_sigmas_type", "rescale_betas_zero_snr"];
const MULTISTEP = [
  ...["solver_order", "solver_type", "lower_order_final", ...KARRAS],
  ...FINAL,
];
const CLIP = ["clip_sample", "clip_sample_range"];
const allowed: Readonly<Record<SchedulerKind, readonly string[]>> = {
  ddim: [...CLIP, "set_alpha_to_one", "rescale_betas_zero_snr"],
  ddpm: [...CLIP, "variance_type", "rescale_betas_zero_snr"],
  dpm: [
    ...MULTISTEP,
    "algorithm_type",
    "euler_at_final",
    "lambda_min_clipped",
  ],
  euler: [...KARRAS, ...FINAL],
  eulerAncestral: ["rescale_betas_zero_snr"],
  heun: [...KARRAS],
  lms: [...KARRAS],
  pndm: ["skip_prk_steps", "set_alpha_to_one"],
  unipc: MULTISTEP,
};

/** The names of all settings of a kind of sampler. */
export function schedulerSettings(kind: SchedulerKind): readonly string[] {
  return [...COMMON, ...allowed[kind]];
}

/**
 * Refuses settings that a kind of sampler does not have.
 *
 * @param kind Which method.
 * @param config Its settings.
 * @throws {RangeError} If a setting is none of the kind's, naming those that are.
 */
export function expectKnown(
  kind: SchedulerKind,
  config: SchedulerConfig,
): void {
  const known = schedulerSettings(kind);
  const unknown = Object.keys(config).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new RangeError(
    `Expected settings of ${schedulerClasses[kind]} (${
      known.join(", ")
    }) but found "${unknown}"`,
  );
}
