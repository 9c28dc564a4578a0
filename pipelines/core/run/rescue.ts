/**
 * Where a run's numbers go when its folder is lost.
 * @module
 */
import fs from "node:fs";
import { tmpdir } from "node:os";
import { writeAtomically } from "./disk/atomic_file.ts";
import { newFolder } from "./new_record.ts";
import { holdPlace, type Place } from "./disk/place.ts";

/**
 * Keeps what a process measured in a new folder: beside the lost one, else among the runs, else among temporary files.
 *
 * @param lost The folder that was moved, removed or changed.
 * @param task The task's name.
 * @param metrics The content of `metrics.jsonl` so far.
 * @returns The new folder.
 * @throws {Error} If none of these places can be written.
 */
export function rescue(
  lost: string,
  task: string,
  metrics: Uint8Array<ArrayBuffer>,
): Place {
  const chance = crypto.randomUUID().slice(0, 6);
  const places = [
    () => `${lost.replace(/[/\\]+$/, "")}-rescued-${chance}`,
    () => newFolder(task),
    () => `${tmpdir()}/${task}-rescued-${chance}`,
  ];
  let last: unknown;
  for (const place of places) {
    try {
      const path = place();
      fs.mkdirSync(path, { recursive: true });
      writeAtomically(`${path}/metrics.jsonl`, metrics);
      return holdPlace(path);
    } catch (error) {
      last = error; // the next place may do
    }
  }
  throw new Error("Cannot keep what was measured anywhere", { cause: last });
}
