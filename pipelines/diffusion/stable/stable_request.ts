/**
 * What a person asks of a text-to-image model.
 * @module
 */
import {
  type ConfiguredSampling,
  configuredSampling,
} from "../../../models/samplers/configured_sampling.ts";
import type {
  SchedulerConfig,
  SchedulerKind,
} from "../../../models/samplers/scheduler_config.ts";
import { count, oneOf, real, text, toggle } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { StableConfig } from "./read_folder.ts";

/** Samplers by the name of a flag; `own` is the one that the model comes with. */
export type StableSampler =
  | "own"
  | "pndm"
  | "ddim"
  | "lms"
  | "euler"
  | "euler-ancestral"
  | "dpm2"
  | "dpm2-karras"
  | "dpm3"
  | "heun"
  | "unipc";

/** Everything that shapes a run. */
export interface StableRequest {
  /** Folder of the model; `auto`: `tiny-sd` in `LOWERBOUND_DATA`; `sd-1.5`: the sizes alone, for a dry run. */
  readonly model: string;
  /** What to draw. */
  readonly prompt: string;
  /** What to lead away from; `none` for an empty prompt. */
  readonly negative: string;
  /** The method. */
  readonly sampler: StableSampler;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How strongly the prompt guides. */
  readonly guidance: number;
  /** How many images. */
  readonly images: number;
  /** Whether to say what it takes, and stop. */
  readonly dryRun: boolean;
}

/** Flags of the task. */
export const stableFlags: Flags<StableRequest> = {
  model: text(
    "auto",
    "folder of a model in the layout of diffusers; auto: tiny-sd in LOWERBOUND_DATA; sd-1.5: sizes alone, for --dry-run",
    { form: "FOLDER" },
  ),
  prompt: text(
    "A photograph of an astronaut riding a horse on Mars, high resolution, high definition.",
    "what to draw",
  ),
  negative: text("none", "what to lead away from; none: an empty prompt"),
  sampler: oneOf(
    [
      ...["own", "pndm", "ddim", "lms", "euler", "euler-ancestral"] as const,
      ...["dpm2", "dpm2-karras", "dpm3", "heun", "unipc"] as const,
    ],
    "how images are drawn; own: as the model comes",
  ),
  steps: count(25, "steps of the sampler", { smoke: 5 }),
  guidance: real(7.5, "how strongly the prompt guides", { min: 0 }),
  images: count(1, "images, each from noise of its own"),
  dryRun: toggle("say what memory and time it takes, and stop"),
};

/** What all samplers take from the settings of the model's own. */
const SHARED = [
  ...["num_train_timesteps", "beta_start", "beta_end"] as const,
  ...["beta_schedule", "prediction_type"] as const,
];

/** What DDIM and PNDM take besides: leading timesteps from the offset on. */
const LEADING = ["timestep_spacing", "steps_offset"] as const;

const own: Readonly<
  Record<
    Exclude<StableSampler, "own">,
    readonly [SchedulerKind, SchedulerConfig]
  >
> = {
  "pndm": ["pndm", { "skip_prk_steps": true, "set_alpha_to_one": true }],
  "ddim": ["ddim", { "clip_sample": false }],
  "lms": ["lms", {}],
  "euler": ["euler", {}],
  "euler-ancestral": ["eulerAncestral", {}],
  "dpm2": ["dpm", {}],
  "dpm2-karras": ["dpm", { "use_karras_sigmas": true }],
  "dpm3": ["dpm", { "solver_order": 3 }],
  "heun": ["heun", {}],
  "unipc": ["unipc", {}],
};

/**
 * Makes the sampler that was asked for, on the noise of the model.
 *
 * @param sampler Its name.
 * @param scheduler The sampler that the model comes with.
 * @param steps Of the sampler.
 * @returns The sampler with its grid; latents are never clipped.
 * @throws {RangeError} If steps and timesteps do not fit.
 */
export function stableSampling(
  sampler: StableSampler,
  scheduler: StableConfig["scheduler"],
  steps: number,
): ConfiguredSampling {
  if (sampler === "own") {
    return configuredSampling(scheduler.kind, scheduler.config, steps);
  }
  const [kind, config] = own[sampler];
  const names = kind === "pndm" || kind === "ddim"
    ? [...SHARED, ...LEADING]
    : SHARED;
  const shared = Object.fromEntries(
    names.flatMap((name) => {
      const value = scheduler.config[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return configuredSampling(kind, { ...shared, ...config }, steps);
}
