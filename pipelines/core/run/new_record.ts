/**
 * The record of a run that begins.
 * @module
 */
import { gitState } from "./git_state.ts";
import type { RunRecord } from "./run_record.ts";
import { versions } from "./versions.ts";

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
    git: gitState(),
    system: {
      os: Deno.build.os,
      arch: Deno.build.arch,
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
 * @returns Such as `runs/vae-k3-20260131-093000-a1b2c3`, in UTC.
 */
export function newFolder(task: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")
    .replace("T", "-");
  return `runs/${task}-${time}-${crypto.randomUUID().slice(0, 6)}`;
}
