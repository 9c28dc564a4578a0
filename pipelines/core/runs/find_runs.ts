/**
 * The runs below a folder.
 * @module
 */
import fs from "node:fs";
import { entriesOf } from "./folder_bytes.ts";

/** Folders inside one another: `runs/SWEEP/CASE` is 2 deep. */
const DEEPEST = 4;

/** A folder with a `run.json`. */
export interface FoundRun {
  /** The path below the place that was searched, with `/` between folders. */
  readonly name: string;
  /** The path of the folder. */
  readonly path: string;
}

/**
 * Finds runs, also those in folders of a sweep. Links are not followed, and hidden folders are not entered.
 *
 * @param place The folder to search, such as `runs`.
 * @returns The runs by name; none where there is no such folder.
 */
export function findRuns(place: string): readonly FoundRun[] {
  const found: FoundRun[] = [];
  const search = (folder: string, prefix: string, depth: number) => {
    for (const entry of entriesOf(depth === 1 ? targetOf(folder) : folder)) {
      if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
      const run = {
        name: `${prefix}${entry.name}`,
        path: `${folder}/${entry.name}`,
      };
      if (isRun(run.path)) found.push(run);
      else if (depth < DEEPEST) search(run.path, `${run.name}/`, depth + 1);
    }
  };
  search(place, "", 1);
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

function isRun(folder: string): boolean {
  const found = fs.lstatSync(`${folder}/run.json`, { throwIfNoEntry: false });
  return found?.isFile() ?? false;
}

/** The place itself may be a link, such as to a larger disk. */
function targetOf(place: string): string {
  try {
    return fs.realpathSync(place);
  } catch {
    return place; // there is none
  }
}
