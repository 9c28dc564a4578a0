/**
 * The command that draws from a finished run: `deno task sample RUN --count 64`.
 * @module
 */
import { imageGrid } from "../charts/image_grid.ts";
import { writeAtomically } from "../core/run/disk/atomic_file.ts";
import { print } from "../core/run/terminal.ts";
import { exitAfter } from "../core/task/exit_after.ts";
import { text } from "../core/task/fields.ts";
import { type Flags, only } from "../core/task/settings_table.ts";
import { whereGranted } from "../core/task/where_granted.ts";
import { loadRun } from "./load_run.ts";
import { readRunCommand } from "./run_command.ts";
import { sampleRun, sampling } from "./sample_run.ts";

interface SampleConfig {
  readonly count: number;
  readonly seed: number;
  readonly length: number;
  readonly steps: number;
  readonly out: string;
}

const flags: Flags<SampleConfig> = {
  ...only(sampling, "count", "seed", "length", "steps"),
  out: text("", "the PNG file; exports/samples.png in the run unless given"),
};

const HELP = `sample: Draws from the model of a finished run.

Usage: deno task sample FOLDER [--count COUNT] [--seed SEED] [--out FILE.png]
       [--length CHARACTERS] [--steps STEPS]

Images go into a PNG file, texts of a language model to the standard output.`;

/**
 * Runs the command, and ends the process.
 *
 * @param args The arguments: the folder of a run, and flags.
 * @returns Never.
 */
export async function sampleCommand(args: readonly string[]): Promise<never> {
  return await exitAfter("sample", () => start(args));
}

async function start(args: readonly string[]): Promise<number> {
  const line = readRunCommand(args, flags, HELP);
  if (line === undefined) return 0;
  const { folder, config: { out, ...options } } = line;
  using run = await loadRun(folder);
  const samples = await sampleRun(run, options);
  if (samples.kind === "texts") {
    print(samples.texts.join(`\n${"-".repeat(40)}\n`));
    return 0;
  }
  const { rows, columns } = samples.image;
  const figure = await imageGrid({
    name: "samples",
    title: `Samples of ${run.record.task}, seed ${options.seed}`,
    imageShape: [rows, columns],
    grids: [{
      images: samples.grey,
      columns: Math.ceil(Math.sqrt(options.count)),
    }],
  });
  const path = out || `${folder}/exports/samples.png`;
  await whereGranted(
    path,
    ["sample", ...args],
    () => writeAtomically(path, figure.png),
  );
  print(path);
  return 0;
}
