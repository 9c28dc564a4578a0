/**
 * The command that frees the disk: `deno task clean`.
 * @module
 */
import { ask } from "../../core/run/ask.ts";
import { isNotGranted } from "../../core/run/disk/file_error.ts";
import { runsFolder } from "../../core/run/new_record.ts";
import type { RunStatus } from "../../core/run/run_record.ts";
import { print, printAside } from "../../core/run/terminal.ts";
import { cleanRun, contentOf, type Part } from "../../core/runs/clean_run.ts";
import { findRuns } from "../../core/runs/find_runs.ts";
import { readRun } from "../../core/runs/read_run.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { real, text, toggle } from "../../core/task/fields.ts";
import { complete, type Flags } from "../../core/task/flags.ts";
import { printHelp } from "../../core/task/print_help.ts";
import { UsageError } from "../../core/task/usage_error.ts";
import { whereGranted } from "../../core/task/where_granted.ts";
import { age, size } from "../readable.ts";
import { splitWords } from "../split_words.ts";
import { plainText, textTable } from "../text_table.ts";

interface CleanConfig {
  readonly failed: boolean;
  readonly interrupted: boolean;
  readonly checkpoints: boolean;
  readonly days: number;
  readonly place: string;
  readonly yes: boolean;
  readonly help: boolean;
}

const flags: Flags<CleanConfig> = {
  failed: toggle("failed runs"),
  interrupted: toggle("interrupted runs, which could be resumed"),
  checkpoints: toggle("checkpoints of finished runs"),
  days: real(0, "only what has not changed for so many days", { min: 0 }),
  place: text("", "the folder of runs; LOWERBOUND_RUNS or runs/ unless given"),
  yes: toggle("do not ask"),
  help: toggle("show this text"),
};

const HELP =
  `clean: Removes failed and interrupted runs, and the checkpoints of finished runs.

Usage: deno task clean [FILTER ...] [--failed] [--interrupted] [--checkpoints]
       [--days NUMBER] [--place FOLDER] [--yes]

It says what it would free, and asks, unless --yes is given. Without any of the first \
three flags, all three are meant. A filter is a part of a run's name. Only files that \
a run writes are removed; links are not followed, and runs in use are left alone.`;

/** Something to remove. */
interface Piece {
  readonly name: string;
  readonly path: string;
  readonly part: Part;
  readonly status: RunStatus;
  readonly bytes: number;
  /** What stays, as no run has written it. */
  readonly others: readonly string[];
  readonly lastSign: number;
}

/**
 * Runs the command, and ends the process.
 *
 * @param args The arguments: parts of names, and flags.
 * @returns Never.
 */
export async function clean(args: readonly string[]): Promise<never> {
  return await exitAfter("clean", () => start(args));
}

async function start(args: readonly string[]): Promise<number> {
  const { words, given } = splitWords(flags, args);
  const config = complete(flags, given, "full");
  if (config.help) {
    printHelp(HELP);
    return 0;
  }
  const place = config.place || runsFolder();
  const pieces = await plan(place, words, config, Date.now());
  if (pieces.length === 0) {
    print(`Nothing to remove in ${place}`);
    return 0;
  }
  print(planText(pieces, Date.now()));
  const isWanted = config.yes || await ask("Remove them");
  if (isWanted === undefined) {
    throw new UsageError("Expected --yes where nobody can be asked");
  }
  if (!isWanted) {
    print("Nothing was removed");
    return 0;
  }
  return await whereGranted(
    pieces[0]!.path, // there is one
    ["clean", ...args],
    () => remove(pieces),
  );
}

async function remove(pieces: readonly Piece[]): Promise<number> {
  let freed = 0;
  let isWhole = true;
  for (const { name, path, part, status } of pieces) {
    try {
      const bytes = await cleanRun(path, part, status);
      if (bytes === undefined) {
        printAside(plainText(`Left alone: ${name} is in use, or has changed`));
      }
      freed += bytes ?? 0;
    } catch (error) {
      if (isNotGranted(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      printAside(plainText(`Cannot remove ${name}: ${reason}`));
      isWhole = false;
    }
  }
  print(`Freed ${size(freed)}`);
  return isWhole ? 0 : 1;
}

async function plan(
  place: string,
  filters: readonly string[],
  { failed, interrupted, checkpoints, days }: CleanConfig,
  now: number,
): Promise<readonly Piece[]> {
  const isAll = !failed && !interrupted && !checkpoints;
  const parts: Readonly<Partial<Record<RunStatus, Part>>> = {
    ...isAll || failed ? { failed: "run" } : {},
    ...isAll || interrupted ? { interrupted: "run" } : {},
    ...isAll || checkpoints ? { finished: "checkpoints" } : {},
  };
  const pieces: Piece[] = [];
  for (const { name, path } of findRuns(place)) {
    if (!filters.every((filter) => name.includes(filter))) continue;
    try {
      const { record: { status }, lastSign } = await readRun(path);
      const part = parts[status];
      if (part === undefined || now - lastSign < days * 86_400_000) continue;
      const { written, others } = contentOf(path, part);
      if (written.length === 0) continue;
      const bytes = written.reduce((sum, file) => sum + file.bytes, 0);
      pieces.push({ name, path, part, status, bytes, others, lastSign });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      printAside(plainText(`Left alone: ${reason}`));
    }
  }
  return pieces;
}

function planText(pieces: readonly Piece[], now: number): string {
  const rows = pieces.map(({ name, part, status, bytes, others, lastSign }) => [
    name,
    part === "run" ? `${status} run` : "checkpoints",
    age((now - lastSign) / 1000),
    size(bytes),
    others.length === 0
      ? ""
      : `stays: ${others.slice(0, 3).join(", ")}${
        others.length > 3 ? `, and ${others.length - 3} more` : ""
      }`,
  ]);
  const sum = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  const lines = textTable(
    [["run", "what", "age", "size", ""], ...rows],
    ["left", "left", "right", "right"],
  );
  return `${lines.join("\n")}\n\n${size(sum)} in all`;
}
