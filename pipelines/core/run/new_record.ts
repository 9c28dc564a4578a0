/**
 * The record of a run that begins.
 * @module
 */
import process from "node:process";
import { packageState } from "./git_state.ts";
import type { RunRecord } from "./run_record.ts";
import { versions } from "./versions.ts";

/** Names of systems and architectures as their compilers have them. */
const systems: Readonly<Record<string, string>> = { win32: "windows" };
const architectures: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
};

/** What a run is made with. */
export type RunStart = Pick<
  RunRecord,
  "task" | "config" | "seed" | "device" | "threads" | "commandLine"
>;

/**
 * Makes the record of a run that begins now, on this machine.
 *
 * @param start What the run is made with.
 * @returns The record.
 */
export function newRecord(start: RunStart): RunRecord {
  const { task, config, seed, device, threads, commandLine } = start;
  return {
    schemaVersion: 1,
    task,
    config,
    seed,
    device,
    threads,
    facts: {},
    versions: versions(),
    git: packageState(),
    system: {
      os: systems[process.platform] ?? process.platform,
      arch: architectures[process.arch] ?? process.arch,
      cores: navigator.hardwareConcurrency,
    },
    commandLine,
    status: "running",
    error: null,
    trace: null,
    startedAt: new Date().toISOString(),
    endedAt: null,
    seconds: 0,
    peakMemoryBytes: 0,
  };
}

/**
 * Names the folder of a new run after its task, the time and chance.
 *
 * @param task The task's name.
 * @returns Such as `runs/vae-k3-20260131-093000-a1b2c3`, in UTC; in the folder that `LOWERBOUND_RUNS` names, if it does.
 */
export function newFolder(task: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")
    .replace("T", "-");
  return `${runsFolder()}/${task}-${time}-${crypto.randomUUID().slice(0, 6)}`;
}

/** Finds the folder of all runs: what `LOWERBOUND_RUNS` names, else `runs`, also where the environment may not be read. */
export function runsFolder(): string {
  try {
    const named = process.env["LOWERBOUND_RUNS"] || "runs";
    return named.replace(/(?<=.)[/\\]+$/, "");
  } catch {
    return "runs";
  }
}
