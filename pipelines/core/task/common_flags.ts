/**
 * The flags of every task.
 * @module
 */
import type { DeviceChoice } from "../run/choose_device.ts";
import { partsOf, type Stage } from "../stage.ts";
import { count, oneOf, real, text, toggle } from "./fields.ts";
import type { Flags } from "./flags.ts";

/** What every task can be told. */
export interface CommonConfig {
  /** Data by name or path. */
  readonly data: string;
  /** MiB that a data file given by path may hold, without gzip. */
  readonly dataLimit: number;
  /** From which every random number derives. */
  readonly seed: number;
  /** Where compiled functions run. */
  readonly device: DeviceChoice;
  /** CPU threads of compiled functions. */
  readonly threads: number;
  /** A new folder for the run; empty for one under `runs/`. */
  readonly out: string;
  /** The folder of a run to go on with; empty for a new run. */
  readonly resume: string;
  /** Minutes between checkpoints, beside those at each validation. */
  readonly checkpointMinutes: number;
  /** Minutes after which the run saves a checkpoint and stops; 0 for no limit. */
  readonly time: number;
  /** Takes finished trainings from the cache, and keeps them there. */
  readonly cache: boolean;
  /** Runs the whole pipeline small. */
  readonly smoke: boolean;
  /** Shows the stages without running them. */
  readonly plan: boolean;
  /** Shows warnings and results only. */
  readonly quiet: boolean;
  /** Prints the summary in JSON. */
  readonly json: boolean;
  /** Shows the flags. */
  readonly help: boolean;
}

/** The setting of what is loaded. */
export const dataRequest: Flags<Pick<CommonConfig, "data">> = {
  data: text("auto", "data by name or path; auto falls back on built-in data", {
    form: "NAME|PATH",
  }),
};

/** A field for each flag that every task has. */
export const commonFlags: Flags<CommonConfig> = {
  ...dataRequest,
  dataLimit: count(
    1024,
    "the most MiB of a data file given by path, without gzip",
  ),
  seed: count(0, "seed of every random number", { min: 0 }),
  device: oneOf(
    ["auto", "cpu", "webgpu", "tfjs"],
    "where compiled functions run",
  ),
  threads: count(
    Math.min(2, navigator.hardwareConcurrency),
    "CPU threads of compiled functions",
    { max: 256 },
  ),
  out: text("", "new folder for the run; under runs/ unless given", {
    form: "FOLDER",
  }),
  resume: text("", "go on with the run in this folder, with its settings", {
    form: "FOLDER",
  }),
  checkpointMinutes: real(
    10,
    "minutes between checkpoints, beside those at each validation",
    { min: 0 },
  ),
  time: real(0, "minutes until the run is kept and stopped; 0: no limit", {
    min: 0,
  }),
  cache: toggle("train anew, even where the cache has the same training", {
    fallback: true,
  }),
  smoke: toggle("run the whole pipeline small, in under 30 s"),
  plan: toggle("show the stages and the settings without running"),
  quiet: toggle("show warnings and results only"),
  json: toggle("print the summary in JSON, and only it, on stdout"),
  help: toggle("show this text, as -h does"),
};

/** Flags that a task has no use for if its stages compile nothing, or keep no checkpoints. */
export type Ignorable = "device" | "threads" | "checkpointMinutes";

/** What decides which common flags a task has. */
export interface Offering {
  /** What the task runs. */
  readonly pipeline: Stage<never, object>;
  /** Flags that its stages have no use for. */
  readonly ignores?: readonly Ignorable[];
}

/** The flags that have no use where nothing is loaded. */
const ofData: readonly string[] = ["data", "dataLimit"];

/**
 * The common flags that a task has use for.
 *
 * @param task The task.
 * @returns All; without those of data where it loads none, without that of the cache where it trains nothing, without those
 * that it ignores.
 */
export function commonFlagsOf(
  { pipeline, ignores = [] }: Offering,
): Partial<Flags<CommonConfig>> {
  const useless: readonly string[] = [
    ...ignores,
    ...pipeline.needs.includes("data") ? [] : ofData,
    ...hasCached(pipeline) ? [] : ["cache"],
  ];
  return Object.fromEntries(
    Object.entries(commonFlags).filter(([name]) => !useless.includes(name)),
  );
}

/** Whether a stage is kept in the cache, or one that it is made of or may run. */
export function hasCached(stage: Stage<never, object>): boolean {
  return stage.cached === true || partsOf(stage).some(hasCached);
}
