/**
 * The command that writes reports: `deno task report RUN...`.
 * @module
 */
import { writeAtomically } from "../../core/run/disk/atomic_file.ts";
import { runsFolder } from "../../core/run/new_record.ts";
import { REPORT_PAGE } from "../../core/run/report_page.ts";
import { print } from "../../core/run/terminal.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { text, toggle } from "../../core/task/fields.ts";
import { complete, type Flags } from "../../core/task/flags.ts";
import { printHelp } from "../../core/task/print_help.ts";
import { UsageError } from "../../core/task/usage_error.ts";
import { whereGranted } from "../../core/task/where_granted.ts";
import { splitWords } from "../split_words.ts";
import { type LoadTask, taskFinder } from "../known_task.ts";
import { viewRun } from "../run_view.ts";
import { reportPage } from "./report_page.ts";
import { runsReport } from "./runs_report.ts";

interface ReportConfig {
  readonly out: string;
  readonly help: boolean;
}

const flags: Flags<ReportConfig> = {
  out: text("", "the file to write"),
  help: toggle("show this text"),
};

const HELP =
  `report: Writes one page about a run, or about several side by side.

Usage: deno task report FOLDER [FOLDER ...] [--out FILE]

One run: FOLDER/${REPORT_PAGE}, as the run itself leaves it at its end.
Several: ${REPORT_PAGE} in the folder of all runs; settings that differ come first, \
and curves lie over one another.`;

/**
 * Runs the command, and ends the process.
 *
 * @param load Finds a task by its name, for its bands and defaults.
 * @param args The arguments: folders of runs, and flags.
 * @returns Never.
 */
export async function report(
  load: LoadTask,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("report", () => start(load, args));
}

async function start(
  load: LoadTask,
  args: readonly string[],
): Promise<number> {
  const { words: folders, given } = splitWords(flags, args);
  const { out, help } = complete(flags, given, "full");
  if (help) {
    printHelp(HELP);
    return 0;
  }
  if (folders.length === 0) {
    throw new UsageError("Expected the folder of a run first");
  }
  const [first = ""] = folders; // there is one
  const isOne = folders.length === 1;
  const file = out || `${isOne ? first : runsFolder()}/${REPORT_PAGE}`;
  const page = isOne
    ? await reportPage(await viewRun(first, taskFinder(load)))
    : await runsReport(file, folders, load);
  await whereGranted(
    file,
    ["report", ...args],
    () => writeAtomically(file, page),
  );
  print(`Wrote ${file}`);
  return 0;
}
