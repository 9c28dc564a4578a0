/**
 * The command that writes a page to explore a finished VAE: `deno task explore RUN`.
 * @module
 */
import { writeAtomically } from "../../core/run/disk/atomic_file.ts";
import { print } from "../../core/run/terminal.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { text } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { whereGranted } from "../../core/task/where_granted.ts";
import { explorePage } from "../../viewer/explore/explore_page.ts";
import { type LoadedRun, loadRun } from "../load_run.ts";
import { readRunCommand } from "../run_command.ts";
import { EXPLORED } from "./dense_vae.ts";
import { exploreRun } from "./explore_run.ts";

interface ExploreConfig {
  readonly out: string;
}

const flags: Flags<ExploreConfig> = {
  out: text("", "the HTML file; exports/explore.html in the run unless given"),
};

const HELP = `explore: Writes a page to explore the model of a finished VAE.

Usage: deno task explore FOLDER [--out FILE.html]

Sliders and a map of test images choose latents, whose image is decoded in the
page; a digit that is drawn is encoded. For VAEs with dense layers: vae-k3,
vae-k20, vae-mlp, vae-manifold. The page is one file and asks for nothing.`;

/**
 * Runs the command, and ends the process.
 *
 * @param args The arguments: the folder of a run, and flags.
 * @returns Never.
 */
export async function exploreCommand(args: readonly string[]): Promise<never> {
  return await exitAfter("explore", () => start(args));
}

async function start(args: readonly string[]): Promise<number> {
  const line = readRunCommand(args, flags, HELP);
  if (line === undefined) return 0;
  const { folder, config: { out } } = line;
  using run = await load(folder);
  const explored = await exploreRun(run);
  const page = await explorePage(explored);
  const path = out || `${folder}/exports/explore.html`;
  whereGranted(path, ["explore", ...args], () => writeAtomically(path, page));
  if (typeof explored.points === "string") {
    print(`No test images on the map: ${explored.points}`);
  }
  print(path);
  return 0;
}

/** Loads a run; where it has no model, says which have. */
async function load(folder: string): Promise<LoadedRun> {
  try {
    return await loadRun(folder);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`Expected ${EXPLORED}: ${error.message}`);
  }
}
