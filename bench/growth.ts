/**
 * How the time of a VAE's step grows with its batch and its width: `deno task bench-growth`, with `--quick` for a
 * rough figure. Draws `growth.png` and `growth.svg` beside this file.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import {
  lineChart,
  type LineSeries,
} from "../pipelines/render/charts/line_chart.ts";
import { deno } from "./comparisons.ts";
import { note, print } from "./print.ts";
import { median } from "./statistics.ts";
import { takeTurns, type Turns } from "./turns.ts";

const { quick: isQuick } = parseArgs(Deno.args, { boolean: ["quick"] });
const turns: Turns = isQuick
  ? { rounds: 1, milliseconds: 50 }
  : { rounds: 5, milliseconds: 150 };
const [usualBatch, usualWidth] = [128, 500];
const works = [["vae", "one step"], [
  "products",
  "its matrix products",
]] as const;

/** Two lines of one panel: times by size, in ms. */
async function growth(
  panel: string,
  sizes: readonly number[],
  batchAndWidth: (size: number) => readonly [number, number],
): Promise<readonly LineSeries[]> {
  const series = works.map(([, label]) => ({
    label,
    panel,
    points: [] as { readonly x: number; readonly y: number }[],
  }));
  for (const size of sizes) {
    const numbers = [2, 8, ...batchAndWidth(size)].map(String);
    const commands = works.map(([work, label]) =>
      deno(label, "ours.ts", work, ...numbers)
    );
    const timings = await takeTurns(commands, turns);
    for (const [i, { times }] of timings.entries()) {
      series[i]!.points.push({ x: size, y: median(times) }); // a series for each work
    }
    note(`${panel}: ${size}`);
  }
  return series;
}

const batches = [1, 4, 16, 64, 256, 1024, 4096];
const widths = [64, 128, 256, 512, 1024, 2048, 4096];
const series = [
  ...await growth(
    `batch, at width ${usualWidth}`,
    batches,
    (batch) => [batch, usualWidth],
  ),
  ...await growth(
    `width of the hidden layers, at batch ${usualBatch}`,
    widths,
    (width) => [usualBatch, width],
  ),
];
for (const { panel, label, points } of series) {
  const times = points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`);
  print(`${panel}, ${label}, ms: ${times.join(", ")}`);
}
const { png, svg } = await lineChart({
  name: "growth",
  title: "A step of the VAE 784-H-20-H-784 with Adam",
  x: { title: "batch, or width H", scale: "log" },
  y: { title: "ms for one step", scale: "log" },
  series,
});
await Deno.writeFile(`${import.meta.dirname}/growth.png`, png);
await Deno.writeTextFile(`${import.meta.dirname}/growth.svg`, svg);
