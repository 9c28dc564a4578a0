/**
 * The command that lists runs: `deno task runs`.
 * @module
 */
import type { Json } from "../../core/context.ts";
import { runsFolder } from "../../core/run/new_record.ts";
import { print, printAside } from "../../core/run/terminal.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { oneOf, text, toggle } from "../../core/task/fields.ts";
import { complete, type Flags } from "../../core/task/flags.ts";
import { printHelp } from "../../core/task/print_help.ts";
import { valueText } from "../joined_numbers.ts";
import { type LoadTask, taskFinder } from "../known_task.ts";
import { age, setting, size } from "../readable.ts";
import { splitWords } from "../split_words.ts";
import { plainText, textTable } from "../text_table.ts";
import { readRows, type RunRow } from "../run_rows.ts";
import { filterRows, type Order, ORDERS, sortRows } from "../select_rows.ts";

interface RunsConfig {
  readonly sort: Order;
  readonly number: string;
  readonly place: string;
  readonly json: boolean;
  readonly help: boolean;
}

const flags: Flags<RunsConfig> = {
  sort: oneOf([...ORDERS], "what comes first"),
  number: text("", "the number that sums up a run, such as test/elbo"),
  place: text("", "the folder of runs; LOWERBOUND_RUNS or runs/ unless given"),
  json: toggle("print JSON"),
  help: toggle("show this text"),
};

const HELP = `runs: Lists runs.

Usage: deno task runs [FILTER ...] [--sort ${ORDERS.join("|")}]
       [--number NAME] [--place FOLDER] [--json]

A filter is a part of a name, or a setting: vae status=finished latent=3.
Settings are those that differ from the task's defaults.`;

/**
 * Runs the command, and ends the process.
 *
 * @param load Finds a task by its name, for its defaults and bands.
 * @param args The arguments: filters and flags.
 * @returns Never.
 */
export async function runs(
  load: LoadTask,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("runs", () => start(load, args));
}

async function start(
  load: LoadTask,
  args: readonly string[],
): Promise<number> {
  const { words, given } = splitWords(flags, args);
  const { sort, number, json, help, ...rest } = complete(flags, given, "full");
  if (help) {
    printHelp(HELP);
    return 0;
  }
  const place = rest.place || runsFolder();
  const found = await readRows(place, taskFinder(load), number || undefined);
  const rows = sortRows(filterRows(found.rows, words), sort);
  found.faults.forEach((fault) => printAside(plainText(fault)));
  if (json) print(JSON.stringify(rows.map(jsonOf), null, 2));
  else if (rows.length === 0) printAside(`No such run in ${place}`);
  else print(listText(rows, Date.now()));
  return 0;
}

/**
 * Writes a list of runs.
 *
 * @param rows The runs.
 * @param now Milliseconds since 1970.
 * @returns A line for each run, and a head.
 */
export function listText(rows: readonly RunRow[], now: number): string {
  const head = [
    "run",
    "task",
    "data",
    "status",
    "best",
    "",
    "age",
    "size",
    "settings",
  ];
  const cells = rows.map((row) => {
    const { best, settings } = row;
    return [
      row.name,
      row.task,
      row.data,
      statusText(row, now),
      best ? valueText(best.value, best.error) : "",
      best ? best.name : "",
      age((now - row.began) / 1000),
      size(row.bytes),
      Object.entries(settings).map(([name, value]) =>
        `${name} ${setting(value).replaceAll(", ", ",")}`
      ).join(", "),
    ];
  });
  const sides = [
    "left",
    "left",
    "left",
    "left",
    "right",
    "left",
    "right",
    "right",
  ] as const;
  return textTable([head, ...cells], sides).join("\n");
}

/** A run that goes on writes again and again; one that was killed stays silent. */
function statusText({ status, lastSign }: RunRow, now: number): string {
  const silent = (now - lastSign) / 1000;
  return status === "running" && silent > 600
    ? `running, silent for ${age(silent)}`
    : status;
}

function jsonOf(row: RunRow): Json {
  const { name, folder, task, data, status, settings, best, bytes } = row;
  const { record, summary } = row.run;
  return {
    name,
    folder,
    task,
    data,
    status,
    settings,
    best: best
      ? {
        name: best.name,
        value: best.value,
        error: best.error ?? null,
        unit: best.unit,
      }
      : null,
    startedAt: record.startedAt,
    lastSign: new Date(row.lastSign).toISOString(),
    seconds: row.seconds,
    bytes,
    config: record.config,
    seed: record.seed,
    device: record.device,
    threads: record.threads,
    summary,
  };
}
