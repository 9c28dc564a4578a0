/**
 * Removes what runs have written, and nothing else.
 * @module
 */
import fs from "node:fs";
import { partOf } from "../run/disk/atomic_file.ts";
import { tryLock } from "../run/disk/folder_lock.ts";
import { statOf } from "../run/disk/place.ts";
import { readRecord, type RunStatus } from "../run/run_record.ts";
import { entriesOf } from "./folder_bytes.ts";

/** What is removed: the whole run, or the states from which it could go on. */
export type Part = "run" | "checkpoints";

/** What is in a run's folder. */
export interface Content {
  /** Files that a run writes, as paths below the folder. */
  readonly written: readonly WrittenFile[];
  /** What no run writes, links among them, as paths below the folder. */
  readonly others: readonly string[];
}

/** A file that a run writes. */
export interface WrittenFile {
  /** The path below the folder. */
  readonly name: string;
  /** Its length. */
  readonly bytes: number;
}

/** Names that runs write, by their folder below the run's; checkpoints lie deeper. */
const WRITTEN: readonly RegExp[] = [
  /^(run|summary)\.json$/,
  /^metrics\.jsonl$/,
  /^report\.(html|txt)$/,
  /^(samples|translations)\.txt$/,
  /^table\.md$/,
  /^\.lock$/,
  /^figures\/[^/]+\.(png|svg|vl\.json)$/,
  /^model\/[^/]+\.(onnx|safetensors|json|txt)(\.sha256)?$/,
  /^samples\/[^/]+-ubyte$/,
  /^checkpoints\/(.+\/)?step-\d+\.safetensors(\.sha256)?$/,
];

/**
 * Lists what is in a run's folder. Links are not followed.
 *
 * @param folder The run's folder.
 * @param part Which part of the run.
 * @returns What the run wrote, and what it did not.
 */
export function contentOf(folder: string, part: Part): Content {
  const written: WrittenFile[] = [];
  const others: string[] = [];
  const search = (prefix: string) => {
    for (const entry of entriesOf(`${folder}/${prefix}`)) {
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) search(`${name}/`);
      else if (isWritten(name, entry)) {
        const bytes = statOf(`${folder}/${name}`)?.size ?? 0;
        written.push({ name, bytes });
      } else others.push(name);
    }
  };
  search(part === "run" ? "" : "checkpoints/");
  return { written, others };
}

function isWritten(name: string, entry: fs.Dirent): boolean {
  if (!entry.isFile()) return false;
  const last = partOf(entry.name) ?? entry.name; // what a killed process left
  const whole = name.slice(0, name.length - entry.name.length) + last;
  return WRITTEN.some((pattern) => pattern.test(whole));
}

/**
 * Removes a run, or its checkpoints, while no process uses it. Files that no run writes stay, with their folders.
 *
 * @param folder The run's folder.
 * @param part What to remove.
 * @param status The status that the run must still have.
 * @returns Bytes that were freed; undefined where a process uses the run, or its status has changed.
 */
export async function cleanRun(
  folder: string,
  part: Part,
  status: RunStatus,
): Promise<number | undefined> {
  if (
    !statOf(folder)?.isDirectory() ||
    statOf(`${folder}/.lock`)?.isSymbolicLink()
  ) {
    return undefined;
  }
  using lock = tryLock(`${folder}/.lock`);
  if (lock === undefined) return undefined;
  if ((await readRecord(folder)).status !== status) return undefined;
  const { written } = contentOf(folder, part);
  let freed = 0;
  const record = ({ name }: WrittenFile) => name === "run.json";
  const last = written.filter(record); // it makes the folder a run: a clean that is stopped can be repeated
  for (
    const { name, bytes } of [...written.filter((w) => !record(w)), ...last]
  ) {
    fs.unlinkSync(`${folder}/${name}`);
    freed += bytes;
  }
  removeEmpty(part === "run" ? folder : `${folder}/checkpoints`);
  return freed;
}

/** Removes the folders that are empty, the inner ones first. */
function removeEmpty(folder: string): void {
  for (const entry of entriesOf(folder)) {
    if (entry.isDirectory()) removeEmpty(`${folder}/${entry.name}`);
  }
  const isThere = statOf(folder)?.isDirectory() ?? false;
  if (isThere && entriesOf(folder).length === 0) fs.rmdirSync(folder);
}
