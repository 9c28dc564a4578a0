/**
 * The settings of a task's run, from flags or from the record of an earlier run.
 * @module
 */
import type { Json } from "../context.ts";
import type { DeviceChoice } from "../run/choose_device.ts";
import type { RunRecord } from "../run/run_record.ts";
import type { Wanted } from "../run/same_run.ts";
import {
  type CommonConfig,
  commonFlags,
  commonFlagsOf,
} from "./common_flags.ts";
import { complete, type Flags, kebab, readFlags, type Size } from "./flags.ts";
import type { Task } from "./task.ts";
import { UsageError } from "./usage_error.ts";

/** Entries by name. */
export type Config = Readonly<Record<string, Json>>;

/** Everything that shapes a run's numbers. */
export interface Settings {
  /** The pipeline's own, with `data`. */
  readonly config: Config;
  /** From which every random number derives. */
  readonly seed: number;
  /** Where compiled functions run. */
  readonly device: DeviceChoice;
  /** CPU threads of compiled functions. */
  readonly threads: number;
}

/** A command line, read. */
export interface CommandLine {
  /** The flags of every task, complete. */
  readonly common: CommonConfig;
  /** Flags of every task that were given. */
  readonly given: Partial<CommonConfig>;
  /** The task's own that were given. */
  readonly own: Config;
  /** As it was typed. */
  readonly args: readonly string[];
}

/**
 * Reads a task's command line.
 *
 * @param task The task.
 * @param args The arguments, as in `Deno.args`.
 * @returns What was given.
 * @throws {UsageError} If it cannot be meant.
 */
export function readCommandLine(
  task: Task,
  args: readonly string[],
): CommandLine {
  const flags = { ...commonFlagsOf(task), ...task.flags } as Flags<Config>; // some are left out
  const read = Object.entries(readFlags(flags, args));
  const of = (table: object) =>
    Object.fromEntries(read.filter(([name]) => name in table));
  const given = of(commonFlags) as Partial<CommonConfig>; // read by `commonFlags`
  const common = complete(commonFlags, given, "full");
  if (common.out !== "" && common.resume !== "") {
    throw new UsageError("Expected --out or --resume but found both");
  }
  return { common, given, own: of(task.flags) as Config, args }; // read by `task.flags`
}

/**
 * Fills in what was not given with defaults.
 *
 * @param task The task.
 * @param line The command line.
 * @returns The settings of a new run.
 */
export function newSettings(
  task: Task,
  { common, own }: CommandLine,
): Settings {
  const { data, seed } = common;
  const { device, threads } = task.ignores.includes("device")
    ? { device: "cpu", threads: 1 } as const // the same on any machine
    : common;
  const rest = complete<Config>(task.flags, own, sizeOf(common));
  const config = { ...loadsData(task) ? { data } : {}, ...rest };
  return { config, seed, device, threads };
}

/**
 * Takes the settings of an earlier run.
 *
 * @param task The task.
 * @param record The earlier run's record.
 * @returns Its settings.
 * @throws {RangeError} If the task has other flags by now, or a recorded value breaks a flag's rule.
 */
export function recordedSettings(task: Task, record: RunRecord): Settings {
  const { seed, device, threads } = record;
  const { data, ...own } = record.config;
  const isLoaded = loadsData(task); // an earlier version recorded the flag of every task
  const config = isLoaded && data !== undefined ? { data, ...own } : own;
  const fields = {
    ...isLoaded ? { data: commonFlags.data } : {},
    ...task.flags,
  };
  const read = Object.entries(fields).map(([name, field]) => {
    const value = config[name];
    if (value === undefined) {
      throw new RangeError(`Expected the run to have "${name}" in its record`);
    }
    return [name, field.parse(String(value))] as const; // a list is written with commas
  });
  const unknown = Object.keys(config).find((name) => !(name in fields));
  if (unknown !== undefined) {
    throw new RangeError(`Expected a flag --${kebab(unknown)} of ${task.name}`);
  }
  return { config: Object.fromEntries(read), seed, device, threads };
}

/**
 * Takes the settings of an earlier run, with what it settled: the data that `auto` found, a ratio of times.
 *
 * @param task The task.
 * @param record The earlier run's record; its fact `settled` holds values of settings, `dataset` the data.
 * @returns The settings with which the run repeats itself.
 * @throws {RangeError} As `recordedSettings`.
 */
export function repeatableSettings(task: Task, record: RunRecord): Settings {
  const { settled, dataset } = record.facts;
  const found = isTable(dataset) ? dataset["name"] : undefined;
  const isAuto = record.config["data"] === "auto" && typeof found === "string";
  const config = {
    ...record.config,
    ...isTable(settled) ? settled : {},
    ...isAuto ? { data: found } : {},
  };
  return recordedSettings(task, { ...record, config });
}

function isTable(value: Json | undefined): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Tells what a resumed run must agree with: what was given, and nothing that was left out.
 *
 * @param task The task.
 * @param line The command line.
 * @returns What must be as it was.
 */
export function wantedSettings(
  task: Task,
  { common, given, own }: CommandLine,
): Wanted {
  const { data, seed, device, threads } = given;
  const smoke = Object.entries(task.flags)
    .map(([name, field]) => [name, common.smoke ? field.smoke : undefined]);
  return {
    task: task.name,
    config: { ...Object.fromEntries(smoke), ...own, data },
    seed,
    device: device === "auto" ? undefined : device,
    threads,
  };
}

function loadsData({ pipeline }: Task): boolean {
  return pipeline.needs.includes("data");
}

function sizeOf({ smoke }: CommonConfig): Size {
  return smoke ? "smoke" : "full";
}
