/**
 * Families of models, and what a finished run of each tells.
 * @module
 */
import type { Json } from "../core/context.ts";
import type { Summary } from "../core/run/summary.ts";
import type { Task } from "../core/task/task.ts";
import type { LengthSetting } from "./training_length.ts";

/** What a family says of the likelihood of a test image. */
export interface FamilyBound {
  /** Name of the number in `summary.json`. */
  readonly name: string;
  /** In nats per image, which a bound of log p(x) is, or in bits for each pixel. */
  readonly unit: "nats" | "bits";
  /** What an image is to the model. */
  readonly data:
    | "black and white by threshold"
    | "black and white by chance"
    | "256 grey levels";
}

/** Kinds of likelihoods that runs tell. */
export const bounds: Readonly<
  Record<"threshold" | "chance" | "flow" | "diffusion", FamilyBound>
> = {
  /** An estimate of log p(x) of black and white images by threshold. */
  threshold: {
    name: "test/logLikelihood",
    unit: "nats",
    data: "black and white by threshold",
  },
  /** An estimate of log p(x) of black and white images by chance. */
  chance: {
    name: "test/logLikelihood",
    unit: "nats",
    data: "black and white by chance",
  },
  /** A flow's bound of images of 256 grey levels, by dequantization. */
  flow: { name: "test/bitsPerDim", unit: "bits", data: "256 grey levels" },
  /** A diffusion model's bound of images of 256 grey levels, given their classes. */
  diffusion: { name: "bound/bits", unit: "bits", data: "256 grey levels" },
};

/** One row of the table. */
export interface Family {
  /** The name of its folder. */
  readonly name: string;
  /** For a reader. */
  readonly title: string;
  /** What is run where no finished run is found. */
  readonly task: Task;
  /** Settings that are not the task's defaults. */
  readonly settings: Readonly<Record<string, Json>>;
  /** None for families without a likelihood. */
  readonly bound?: FamilyBound;
  /** What is changed so that all train for the same time. */
  readonly length: LengthSetting;
}

/** Lengths in whole passes over the training images. */
const epochs: LengthSetting = { name: "epochs", isWhole: true };

/**
 * Describes a row of the table.
 *
 * @param title For a reader; in small letters and with hyphens the name of the folder.
 * @param task What is run where no finished run is found.
 * @param own Settings that are not the task's defaults; what its run says of likelihoods, if anything; the setting to
 * which the time of its training is proportional, `epochs` unless given.
 */
export function family(
  title: string,
  task: Task,
  { settings = {}, bound, length = epochs }: Partial<
    Pick<Family, "settings" | "bound" | "length">
  > = {},
): Family {
  const name = title.toLowerCase().replaceAll(" ", "-");
  const row = { name, title, task, settings, length };
  return bound ? { ...row, bound } : row;
}

/** Samples as they lie in a run's folder. */
export interface FoundSamples {
  /** Bytes from 0 (paper) to 255 (ink), [count, rows, columns]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** How many. */
  readonly count: number;
  /** What they are. */
  readonly made: string;
  /** Samples a second, where that was measured. */
  readonly perSecond: number | undefined;
  /** Numbers that were learned, where the record tells them. */
  readonly parameters: number | undefined;
}

/** A finished run of a family. */
export interface FamilyRun {
  /** Which family. */
  readonly title: string;
  /** As in the folder of the run. */
  readonly name: string;
  /** What it says of likelihoods. */
  readonly bound?: FamilyBound;
  /** The numbers of `summary.json`. */
  readonly summary: Summary;
  /** Seconds of the whole run: loading, training, measuring, drawing. */
  readonly seconds: number;
  /** Seconds of its training, where the record tells them. */
  readonly trainingSeconds: number | undefined;
  /** What it left. */
  readonly samples: FoundSamples;
}
