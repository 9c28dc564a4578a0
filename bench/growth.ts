/**
 * How the time of a VAE's step grows with its batch and its width: `deno task bench-growth`, with `--quick` for rough
 * figures. Draws `growth_batch.png` and `growth_width.png` beside this file.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lineChart } from "../pipelines/charts/line_chart.ts";
import { deno } from "./comparisons.ts";
import { note, print } from "./print.ts";
import { median } from "./statistics.ts";
import { takeTurns, type Turns } from "./turns.ts";

const { quick: isQuick } = parseArgs(Deno.args, { boolean: ["quick"] });
const turns: Turns = isQuick
  ? { rounds: 1, milliseconds: 50 }
  : { rounds: 5, milliseconds: 150 };
const [THREADS, STEPS_PER_CALL] = [2, 8];
const [usualBatch, usualWidth] = [128, 500];
const works = [
  { work: "vae", label: "one step" },
  { work: "products", label: "its matrix products" },
] as const;

/** What grows. */
interface Growth {
  readonly name: string;
  /** Title of the axis, and of the figure. */
  readonly title: string;
  readonly sizes: readonly number[];
  readonly batchAndWidth: (size: number) => readonly [number, number];
}

/** Measures the times by size and draws them. */
async function draw(
  { name, title, sizes, batchAndWidth }: Growth,
): Promise<void> {
  const series = works.map(({ label }) => ({
    label,
    points: [] as { readonly x: number; readonly y: number }[],
  }));
  for (const size of sizes) {
    const numbers = [THREADS, STEPS_PER_CALL, ...batchAndWidth(size)];
    const commands = works.map(({ work, label }) =>
      deno(label, "ours.ts", work, ...numbers.map(String))
    );
    const timings = await takeTurns(commands, turns);
    for (const [i, { times }] of timings.entries()) {
      series[i]!.points.push({ x: size, y: median(times) }); // a series for each work
    }
    note(`${title}: ${size}`);
  }
  for (const { label, points } of series) {
    const times = points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`);
    print(`${title}, ${label}, ms: ${times.join(", ")}`);
  }
  const { png } = await lineChart({
    name,
    title: `A step of the VAE 784-H-20-H-784 with Adam, ${title}`,
    x: { title, scale: "log" },
    y: { title: "ms", scale: "log" },
    series,
  });
  await Deno.writeFile(`${import.meta.dirname}/${name}.png`, png);
}

await draw({
  name: "growth_batch",
  title: `images in a batch, at H = ${usualWidth}`,
  sizes: [1, 4, 16, 64, 256, 1024, 4096],
  batchAndWidth: (batch) => [batch, usualWidth],
});
await draw({
  name: "growth_width",
  title: `width H, at batches of ${usualBatch}`,
  sizes: [64, 128, 256, 512, 1024, 2048, 4096],
  batchAndWidth: (width) => [usualBatch, width],
});
