/**
 * The command `sweep`.
 * @module
 */
import { exitAfter } from "../core/task/exit_after.ts";
import { startSweep } from "./start_sweep.ts";
import type { SweepTools } from "./sweep_tools.ts";

/**
 * Runs the command `sweep TASK` or `sweep --sweep FOLDER`, and ends the process.
 *
 * Exit codes: 0 where all cases are finished, or were handed to Slurm; 1 after a failure, 2 for wrong usage, 124 where
 * cases were stopped by `--time`, 130 for Ctrl-C, 143 for SIGTERM.
 *
 * @param tools The program around the sweep.
 * @param args The arguments, as in `Deno.args`.
 * @returns Never.
 */
export async function sweep(
  tools: SweepTools,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("sweep", () => startSweep(tools, args));
}
