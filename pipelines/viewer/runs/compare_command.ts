/**
 * The command that compares runs: `deno task compare RUN RUN...`.
 * @module
 */
import { print } from "../../core/run/terminal.ts";
import { readRun } from "../../core/runs/read_run.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { toggle } from "../../core/task/fields.ts";
import { complete, type Flags } from "../../core/task/flags.ts";
import { printHelp } from "../../core/task/print_help.ts";
import { UsageError } from "../../core/task/usage_error.ts";
import { joinNumbers } from "../joined_numbers.ts";
import { type LoadTask, taskFinder } from "../known_task.ts";
import { splitWords } from "../split_words.ts";
import { type ComparedRun, comparisonText } from "./comparison_text.ts";

interface CompareConfig {
  readonly all: boolean;
  readonly help: boolean;
}

const flags: Flags<CompareConfig> = {
  all: toggle("also the settings that are the same"),
  help: toggle("show this text"),
};

const HELP =
  `compare: Lays runs beside one another: the settings that differ, then the numbers.

Usage: deno task compare FOLDER FOLDER [FOLDER ...] [--all]

Of two runs, the difference is shown with its standard error, for errors that are \
independent. deno task report FOLDER FOLDER writes the same as a page, with curves.`;

/**
 * Runs the command, and ends the process.
 *
 * @param load Finds a task by its name, for its units.
 * @param args The arguments: folders of runs, and flags.
 * @returns Never.
 */
export async function compare(
  load: LoadTask,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("compare", () => start(load, args));
}

async function start(
  load: LoadTask,
  args: readonly string[],
): Promise<number> {
  const { words: folders, given } = splitWords(flags, args);
  const { all, help } = complete(flags, given, "full");
  if (help) {
    printHelp(HELP);
    return 0;
  }
  if (folders.length < 2) {
    throw new UsageError("Expected the folders of two runs or more");
  }
  const find = taskFinder(load);
  const runs: ComparedRun[] = [];
  for (const folder of folders) {
    const run = await readRun(folder);
    const { record } = run;
    const numbers = joinNumbers(run, await find(record.task));
    runs.push({ name: folder, record, numbers });
  }
  print(comparisonText(runs, all ? "all" : "differing"));
  return 0;
}
