/**
 * The command that writes a page to explore what a finished run has learned: `deno task explore RUN`.
 * @module
 */
import { writeAtomically } from "../../core/run/disk/atomic_file.ts";
import { print } from "../../core/run/terminal.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { text } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { whereGranted } from "../../core/task/where_granted.ts";
import { readRunCommand } from "../run_command.ts";
import { exploredPage } from "./explored_page.ts";

interface ExploreConfig {
  readonly out: string;
}

const flags: Flags<ExploreConfig> = {
  out: text("", "the HTML file; exports/explore.html in the run unless given"),
};

const HELP = `explore: Writes a page to explore what a finished run has learned.

Usage: deno task explore FOLDER [--out FILE.html]

  vae-k3, vae-k20, vae-mlp, vae-manifold, vae-conv-k20, iwae
    Sliders and a map of test images choose latents, whose image is decoded in \
the page; a digit that is drawn is encoded.
  shakespeare, prenorm-*, postnorm-*, translate-gru, translate-many
    Heat maps of attention in test texts, by text, layer and head.
  diffusion-mnist
    Digits at each step from noise: what is seen, and what is predicted of it.

The page is one file and asks for nothing.`;

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
  const { page, notes } = await exploredPage(folder);
  const path = out || `${folder}/exports/explore.html`;
  await whereGranted(
    path,
    ["explore", ...args],
    () => writeAtomically(path, page),
  );
  notes.forEach((note) => print(note));
  print(path);
  return 0;
}
