/**
 * What a task file calls: from flags to an exit code.
 * @module
 */
import process from "node:process";
import { newFolder } from "../run/new_record.ts";
import type { ReportPage } from "../run/report_page.ts";
import {
  createRun,
  type FolderHost,
  resumeRun,
  type RunFolder,
} from "../run/run_folder.ts";
import { readRecord, type RunRecord } from "../run/run_record.ts";
import { expectSameRun } from "../run/same_run.ts";
import {
  outputScreen,
  print,
  printAside,
  terminalWidth,
} from "../run/terminal.ts";
import { whereGranted } from "./where_granted.ts";
import { exitAfter } from "./exit_after.ts";
import { helpText } from "./help.ts";
import { chooseProgress, perform } from "./perform.ts";
import { dataText, planText } from "./plan.ts";
import { printResult } from "./print_result.ts";
import {
  type CommandLine,
  newSettings,
  readCommandLine,
  recordedSettings,
  type Settings,
  wantedSettings,
} from "./settings.ts";
import type { Task } from "./task.ts";
import { fold } from "./wrap.ts";

/** What is done with a run beside its numbers. */
export interface MainOptions {
  /** Makes the page that the run leaves as `report.html`; none unless given. */
  readonly report?: ReportPage;
}

/**
 * Runs a task as its command line says, and ends the process.
 *
 * Exit codes: 0 for success, 1 for a failure, 2 for wrong usage, 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP, 138 for
 * SIGUSR1, 124 for the end of `--time`.
 *
 * @param task The task.
 * @param args The arguments: those of the process unless given.
 * @param options What is done with the run beside its numbers.
 * @returns Never.
 */
export async function main(
  task: Task,
  args: readonly string[] = process.argv.slice(2),
  options: MainOptions = {},
): Promise<never> {
  return await exitAfter(task.name, () => start(task, args, options));
}

async function start(
  task: Task,
  args: readonly string[],
  options: MainOptions,
): Promise<number> {
  const line = readCommandLine(task, args);
  const { common } = line;
  if (common.help) {
    print(helpText(task, terminalWidth()));
    return 0;
  }
  const record = common.resume === ""
    ? undefined
    : await readRecord(common.resume);
  if (record) expectSameRun(record, wantedSettings(task, line));
  const settings = record
    ? recordedSettings(task, record)
    : newSettings(task, line);
  if (common.plan) {
    const { config, ...others } = settings;
    const data = await dataText(
      task.pipeline,
      String(config["data"] ?? "auto"),
      config,
    );
    const plan = planText(task.pipeline, { ...config, ...others });
    const text = data === undefined ? plan : `${data}\n\n${plan}`;
    print(fold(text, outputScreen().width, 4));
    return 0;
  }
  if (record?.status === "finished") {
    printAside(`${common.resume} is finished: nothing was changed`);
    await printResult(task, common.resume, common);
    return 0;
  }
  return await run(task, line, settings, record, options);
}

async function run(
  task: Task,
  line: CommandLine,
  settings: Settings,
  record: RunRecord | undefined,
  { report }: MainOptions,
): Promise<number> {
  const { common } = line;
  const progress = chooseProgress(common.quiet ? "quiet" : "normal");
  const { checkpointMinutes } = common;
  const host: FolderHost = { checkpointMinutes, warn: progress.warn };
  const performed = await perform({
    task,
    settings,
    progress,
    minutes: common.time,
    cache: common.cache ? "used" : "unused",
    dataLimit: common.dataLimit * 2 ** 20,
    report,
    open: ({ device }) => {
      const { config, seed, threads } = settings;
      const start = { task: task.name, config, seed, device, threads };
      const folder = common.resume || common.out || newFolder(task.name);
      const commandLine = ["deno", "task", task.name, ...line.args];
      return whereGranted<RunFolder>(
        folder,
        commandLine.slice(2),
        () =>
          record
            ? resumeRun(folder, start, host)
            : createRun(folder, { ...start, commandLine }, host),
      );
    },
  });
  if (performed.status === "stopped") return performed.exitCode;
  await printResult(task, performed.folder, common);
  return 0;
}
