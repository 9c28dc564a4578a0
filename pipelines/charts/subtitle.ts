/**
 * The line below a figure's title.
 * @module
 */
import type { RunContext } from "../core/context.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";

/**
 * Names the data and the run, loudly where built-in data stands in for the real one.
 *
 * @param dataset The data.
 * @param context Of the stage that draws.
 * @returns Such as "vae-k3 on mnist".
 */
export function subtitleOf(
  { name, builtIn }: DatasetInfo,
  { path }: RunContext,
): string {
  const data = builtIn ? `built-in ${name}, NOT real data` : name;
  return `${path[0]} on ${data}`;
}
