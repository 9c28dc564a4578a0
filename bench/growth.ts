/**
 * How the time of work grows with its sizes: `deno task bench-growth`, with `--quick` for rough figures and
 * `--only WORD` for those with the word in their names. Draws `growth_*.png` beside this file.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lineChart } from "../pipelines/charts/line_chart.ts";
import { deno } from "./comparisons.ts";
import { note, print } from "./print.ts";
import { median } from "./statistics.ts";
import { takeTurns, type Turns } from "./turns.ts";

const { quick: isQuick, only } = parseArgs(Deno.args, {
  boolean: ["quick"],
  string: ["only"],
  default: { only: "" },
});
const turns: Turns = isQuick
  ? { rounds: 1, milliseconds: 50 }
  : { rounds: 5, milliseconds: 150 };
const THREADS = "2";

/** What is timed. */
interface Series {
  readonly label: string;
  readonly work: string;
  readonly stepsPerCall: number;
}

/** What grows. */
interface Growth {
  readonly name: string;
  /** Title of the figure. */
  readonly title: string;
  /** Title of the axis. */
  readonly axis: string;
  readonly sizes: readonly number[];
  /** The flag of `ours.ts` that gives the size. */
  readonly flag: string;
  readonly series: readonly Series[];
  /** Units of the work that are drawn as one, by size; 1 unless given. */
  readonly units?: (size: number) => number;
}

/** Measures the times by size and draws them. */
async function draw(
  { name, title, axis, sizes, flag, series: timed, units = () => 1 }: Growth,
): Promise<void> {
  const series = timed.map(({ label }) => ({
    label,
    points: [] as { readonly x: number; readonly y: number }[],
  }));
  for (const size of sizes) {
    const commands = timed.map(({ work, label, stepsPerCall }) =>
      deno(
        ...[label, "ours.ts", work, THREADS, `${stepsPerCall}`] as const,
        `--${flag}=${size}`,
      )
    );
    const timings = await takeTurns(commands, turns);
    for (const [i, { times, facts }] of timings.entries()) {
      if (times.length === 0) throw new Error(facts);
      const y = units(size) * median(times);
      series[i]!.points.push({ x: size, y }); // a series for each work
    }
    note(`${title}, ${axis}: ${size}`);
  }
  for (const { label, points } of series) {
    const times = points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`);
    const [from, to] = points.slice(-2).map(({ x, y }) =>
      [Math.log(x), Math.log(y)] as const
    );
    const last = (to![1] - from![1]) / (to![0] - from![0]); // two sizes at least
    print(
      `${title}, ${axis}, ${label}, ms: ${
        times.join(", ")
      }; exponent at the end ${last.toFixed(2)}`,
    );
  }
  const { png } = await lineChart({
    name,
    title,
    x: { title: axis, scale: "log" },
    y: { title: "ms", scale: "log" },
    series,
  });
  await Deno.writeFile(`${import.meta.dirname}/${name}.png`, png);
}

const vae = [
  { label: "one step", work: "vae", stepsPerCall: 8 },
  { label: "its matrix products", work: "vae-products", stepsPerCall: 8 },
];
const vaeTitle = "A step of the VAE 784-H-L-H-784 with Adam";
const growths: readonly Growth[] = [
  {
    name: "growth_batch",
    title: vaeTitle,
    axis: "images in a batch, H = 500, L = 20",
    sizes: [1, 4, 16, 64, 256, 1024, 4096],
    flag: "batch",
    series: vae,
  },
  {
    name: "growth_width",
    title: vaeTitle,
    axis: "width H, batches of 128, L = 20",
    sizes: [64, 128, 256, 512, 1024, 2048, 4096],
    flag: "width",
    series: vae,
  },
  {
    name: "growth_latents",
    title: vaeTitle,
    axis: "latent numbers L, batches of 128, H = 500",
    sizes: [2, 8, 32, 128, 512, 2048],
    flag: "latent",
    series: vae,
  },
  {
    name: "growth_length",
    title: "A step of a transformer of 4 layers of width 128, with Adam",
    axis: "tokens of a sequence, batches of 16",
    sizes: [16, 32, 64, 128, 256, 512],
    flag: "length",
    series: [{ label: "one step", work: "transformer", stepsPerCall: 1 }],
  },
  {
    name: "growth_sampling",
    title: "64 images drawn with guidance by a U-Net of 0.48 M parameters",
    axis: "diffusion steps",
    sizes: [1, 2, 5, 10, 20],
    flag: "steps",
    series: [{ label: "DDIM", work: "guided-sampling", stepsPerCall: 1 }],
    units: (steps) => steps,
  },
];
for (const growth of growths) {
  if (growth.name.includes(only)) await draw(growth);
}
