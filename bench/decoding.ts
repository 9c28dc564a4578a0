/**
 * How the time of a translation grows with its length: `deno task bench-decoding`, with `--quick` for rough figures of one sentence.
 * Draws `decoding_length.png` beside this file.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { lineChart } from "../pipelines/charts/line_chart.ts";
import { fitLine } from "../pipelines/statistics/fit_line.ts";
import { deno } from "./comparisons.ts";
import { note, print } from "./print.ts";
import { median } from "./statistics.ts";
import { takeTurns, type Turns } from "./turns.ts";
import { LONGEST } from "./work/decoding.ts";

const { quick: isQuick } = parseArgs(Deno.args, { boolean: ["quick"] });
const turns: Turns = isQuick
  ? { rounds: 1, milliseconds: 50 }
  : { rounds: 5, milliseconds: 300 };
const THREADS = 1;
const works = [
  { work: "decode-cached", label: "transformer, keys and values kept" },
  { work: "decode-again", label: "transformer, all positions anew" },
  { work: "decode-recurrent", label: "GRU with attention" },
] as const;
const batches = isQuick ? [1] : [1, 8];
const lengths = [8, 16, 32, 64, LONGEST];

const series = batches.flatMap((batch) =>
  works.map((one) => ({
    ...one,
    batch,
    panel: batch === 1 ? "one sentence" : `${batch} sentences side by side`,
    points: [] as { readonly x: number; readonly y: number }[],
  }))
);
for (const batch of batches) {
  for (const length of lengths) {
    const own = series.filter((one) => one.batch === batch);
    const sizes = [THREADS, 1, batch, length].map(String);
    const timings = await takeTurns(
      own.map(({ label, work }) => deno(label, "ours.ts", work, ...sizes)),
      turns,
    );
    for (const [i, { times, facts }] of timings.entries()) {
      if (times.length === 0) note(`${own[i]!.label}: ${facts}`); // a timing for each
      else own[i]!.points.push({ x: length, y: median(times) }); // likewise
    }
    note(`${batch} sentences, ${length} tokens`);
  }
}
for (const { label, panel, points } of series) {
  const times = points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`);
  const { slope, slopeError } = fitLine(
    points.map(({ x }) => Math.log(x)),
    points.map(({ y }) => Math.log(y)),
  );
  print(
    `${panel}, ${label}, ms: ${times.join(", ")}; exponent ${
      slope.toFixed(2)
    } ± ${slopeError.toFixed(2)}`,
  );
}
const { png } = await lineChart({
  name: "decoding_length",
  title: "Time of a translation against its length, sources of 16 tokens",
  x: { title: "tokens written", scale: "log" },
  y: { title: "ms", scale: "log" },
  series,
});
await Deno.writeFile(`${import.meta.dirname}/decoding_length.png`, png);
