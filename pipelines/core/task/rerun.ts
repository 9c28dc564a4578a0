/**
 * Repeats a run from its record, and says whether it came out the same.
 * @module
 */
import process from "node:process";
import { newFolder } from "../run/new_record.ts";
import type { ReportPage } from "../run/report_page.ts";
import { createRun } from "../run/run_folder.ts";
import { readRecord } from "../run/run_record.ts";
import { print } from "../run/terminal.ts";
import { compareRuns } from "./compare_runs.ts";
import { exitAfter } from "./exit_after.ts";
import { text, toggle } from "./fields.ts";
import { complete, type Flags, readFlags } from "./flags.ts";
import { chooseProgress, perform } from "./perform.ts";
import { printHelp } from "./print_help.ts";
import { repeatableSettings } from "./settings.ts";
import type { Task } from "./task.ts";
import { whereGranted } from "./where_granted.ts";
import { UsageError } from "./usage_error.ts";

interface RerunConfig {
  readonly out: string;
  readonly quiet: boolean;
  readonly help: boolean;
}

const flags: Flags<RerunConfig> = {
  out: text("", "new folder for the repeated run; under runs/ unless given"),
  quiet: toggle("show warnings and results only"),
  help: toggle("show this text"),
};

const HELP =
  `rerun: Repeats a run with its settings, data, seed, device and threads, and compares the numbers bit for bit.

Usage: deno task rerun FOLDER [--out FOLDER] [--quiet]

Exit code 0: the summary and the metrics agree; 1: they differ, or the run failed.`;

/**
 * Runs the command `rerun FOLDER`, and ends the process.
 *
 * @param load Finds the task of that name.
 * @param reportOf Makes the page that a run of a task leaves; none unless given.
 * @param args The arguments: `Deno.args` unless given.
 * @returns Never.
 */
export async function rerun(
  load: (name: string) => Promise<Task>,
  reportOf: ((task: Task) => ReportPage) | undefined = undefined,
  args: readonly string[] = process.argv.slice(2),
): Promise<never> {
  return await exitAfter("rerun", () => start(load, reportOf, args));
}

async function start(
  load: (name: string) => Promise<Task>,
  reportOf: ((task: Task) => ReportPage) | undefined,
  args: readonly string[],
): Promise<number> {
  const [first = "", ...rest] = args;
  const isFolder = first !== "" && !first.startsWith("-");
  const given = readFlags(flags, isFolder ? rest : args);
  const { out, quiet, help } = complete(flags, given, "full");
  if (help) {
    printHelp(HELP);
    return 0;
  }
  if (!isFolder) throw new UsageError("Expected the folder of a run first");
  const record = await readRecord(first);
  if (record.status !== "finished") {
    throw new RangeError(
      `Expected a finished run but ${first} is ${record.status}`,
    );
  }
  const task = await load(record.task);
  const settings = repeatableSettings(task, record);
  const progress = chooseProgress(quiet ? "quiet" : "normal");
  const performed = await perform({
    task,
    settings,
    progress,
    minutes: 0,
    cache: "unused", // a repetition must compute
    report: reportOf?.(task),
    open: ({ device }) => {
      const { config, seed, threads } = settings;
      const commandLine = ["deno", "task", "rerun", ...args];
      const start = { task: task.name, config, seed, device, threads };
      const host = {
        checkpointMinutes: 10,
        warn: progress.warn,
        expected: record.facts, // other data would be refused before any work
      };
      const folder = out || newFolder(task.name);
      return whereGranted(
        folder,
        ["rerun", ...args],
        () => createRun(folder, { ...start, commandLine }, host),
      );
    },
  });
  if (performed.status === "stopped") return performed.exitCode;
  const { isSame, lines } = await compareRuns(first, performed.folder);
  print([...lines, `Files in ${performed.folder}`].join("\n"));
  return isSame ? 0 : 1;
}
