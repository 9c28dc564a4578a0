/**
 * The command that writes a run for other programs: `deno task export RUN --to tensorboard`.
 * @module
 */
import { readContent } from "../core/exports/run_content.ts";
import { toCsv } from "../core/exports/to_csv.ts";
import { toTensorBoard } from "../core/exports/to_tensorboard.ts";
import { writeAtomically } from "../core/run/disk/atomic_file.ts";
import { print } from "../core/run/terminal.ts";
import { exitAfter } from "../core/task/exit_after.ts";
import { oneOf, text } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import { whereGranted } from "../core/task/where_granted.ts";
import { exportOnnxRun } from "./export_onnx_run.ts";
import { loadRun } from "./load_run.ts";
import type { NamedFile } from "./named_file.ts";
import { readRunCommand } from "./run_command.ts";

type Target = "tensorboard" | "csv" | "onnx";

interface ExportConfig {
  readonly to: Target;
  readonly out: string;
}

const flags: Flags<ExportConfig> = {
  to: oneOf(["tensorboard", "csv", "onnx"], "for which program"),
  out: text("", "a folder; exports/ in the run unless given", {
    form: "FOLDER",
  }),
};

const HELP = `export: Writes a run for other programs.

Usage: deno task export FOLDER --to tensorboard|csv|onnx [--out FOLDER]

tensorboard  an event file: scalars, figures, texts, settings with results
csv          metrics.csv: a row for each step, a column for each number
onnx         the model of a finished run, for batches of any size`;

/**
 * Runs the command, and ends the process.
 *
 * @param args The arguments: the folder of a run, and flags.
 * @returns Never.
 */
export async function exportCommand(args: readonly string[]): Promise<never> {
  return await exitAfter("export", () => start(args));
}

async function start(args: readonly string[]): Promise<number> {
  const line = readRunCommand(args, flags, HELP);
  if (line === undefined) return 0;
  const { folder, config: { to, out } } = line;
  const place = out || `${folder}/exports/${to}`;
  for (const [name, bytes] of await filesOf(folder, to)) {
    const path = `${place}/${name}`;
    await whereGranted(
      path,
      ["export", ...args],
      () => writeAtomically(path, new Uint8Array(bytes)),
    );
    print(path);
  }
  return 0;
}

async function filesOf(
  folder: string,
  to: Target,
): Promise<readonly NamedFile[]> {
  switch (to) {
    case "tensorboard": {
      const { name, bytes } = toTensorBoard(await readContent(folder));
      return [[name, bytes]];
    }
    case "csv": {
      const { metrics } = await readContent(folder);
      return [["metrics.csv", new TextEncoder().encode(toCsv(metrics))]];
    }
    case "onnx": {
      using run = await loadRun(folder);
      return await exportOnnxRun(run);
    }
  }
}
