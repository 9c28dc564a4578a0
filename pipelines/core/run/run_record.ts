/**
 * What `run.json` says of a run: everything needed to repeat it, and how it went.
 * @module
 */
import type { Device } from "../../../compile/types.ts";
import type { Json } from "../context.ts";
import { writeAtomically } from "./disk/atomic_file.ts";
import { readIfThere } from "./disk/read_text.ts";
import { parseJson } from "./parse_json.ts";
import { recordSchema } from "./schemas.ts";

/** How a run stands; one whose process was killed stays `running`. */
export type RunStatus = "running" | "finished" | "failed" | "interrupted";

/** The content of `run.json`, version 1. */
export interface RunRecord {
  /** Version of this layout. */
  readonly schemaVersion: 1;
  /** The task's name, or the outermost stage's. */
  readonly task: string;
  /** Every setting that shapes the numbers, by name. */
  readonly config: Readonly<Record<string, Json>>;
  /** From which every random number derives. */
  readonly seed: number;
  /** Where compiled functions ran. */
  readonly device: Device;
  /** CPU threads of compiled functions. */
  readonly threads: number;
  /** What stages said: the dataset with its SHA-256, the binarization, the adapter. */
  readonly facts: Readonly<Record<string, Json>>;
  /** Versions of the package, the runtime, V8, TypeScript and what `deno.json` imports. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where the package is a git checkout: the commit, and whether tracked files differ from git's index. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  /** The machine. */
  readonly system: {
    readonly os: string;
    readonly arch: string;
    readonly cores: number;
  };
  /** What was typed. */
  readonly commandLine: readonly string[];
  /** How the run stands. */
  readonly status: RunStatus;
  /** What a failed run stumbled over. */
  readonly error: string | null;
  /** Message with causes and stacks, for whoever repairs it. */
  readonly trace: string | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** ISO 8601, UTC; null until then. */
  readonly endedAt: string | null;
  /** Spent running, up to the end or the newest checkpoint; over all processes of a resumed run. */
  readonly seconds: number;
  /** The most memory that a process of the run held. */
  readonly peakMemoryBytes: number;
}

/**
 * Reads the record of a run.
 *
 * @param folder The run's folder.
 * @returns The record.
 * @throws {Error} If the folder holds no run.
 * @throws {SyntaxError} If the record breaks the layout, naming the file and the rule.
 */
export async function readRecord(folder: string): Promise<RunRecord> {
  const path = recordPath(folder);
  const text = readIfThere(path);
  if (text === undefined) {
    throw new Error(
      `Expected ${folder} to be the folder of a run but found no run.json`,
    );
  }
  return await parseJson(text, path, recordSchema) as RunRecord; // `z.json` gives mutable JSON
}

/**
 * Writes the record of a run, whole or not at all.
 *
 * @param folder The run's folder.
 * @param record The record.
 */
export function writeRecord(folder: string, record: RunRecord): void {
  writeAtomically(recordPath(folder), `${JSON.stringify(record, null, 2)}\n`);
}

/** The file that makes a folder the folder of a run. */
export function recordPath(folder: string): string {
  return `${folder}/run.json`;
}
