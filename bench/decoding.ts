/**
 * How the time of a translation grows with its length: `deno task bench-decoding`, with `--quick` for rough figures.
 *
 * What is counted is the time of the processor, on one thread, which other programs change less than the time of the
 * clock. Draws `decoding_length.png` beside this file.
 * @module
 */
import process from "node:process";
import { parseArgs } from "@std/cli/parse-args";
import { lineChart } from "../pipelines/charts/line_chart.ts";
import { fitLine } from "../pipelines/statistics/fit_line.ts";
import { note, print } from "./print.ts";
import { median } from "./statistics.ts";
import {
  cachedDecoding,
  type Decoding,
  LONGEST,
  recurrentDecoding,
  repeatedDecoding,
} from "./work/decoding.ts";

const { quick: isQuick } = parseArgs(Deno.args, { boolean: ["quick"] });
const rounds = isQuick ? 1 : 5;
const works = [
  { make: cachedDecoding, label: "transformer, keys and values kept" },
  { make: repeatedDecoding, label: "transformer, all positions anew" },
  { make: recurrentDecoding, label: "GRU with attention" },
];
const batches = [1, 8];
const lengths = [8, 16, 32, 64, LONGEST];

/** Milliseconds of the processor for a call, after one that is not counted. */
async function processorTime(decode: Decoding): Promise<number> {
  await decode();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    await decode();
    const { user, system } = process.cpuUsage(start); // microseconds
    times.push((user + system) / 1000);
  }
  return median(times);
}

const series = [];
for (const batch of batches) {
  const panel = batch === 1 ? "one sentence" : `${batch} sentences at once`;
  for (const { make, label } of works) {
    const points: { readonly x: number; readonly y: number }[] = [];
    for (const length of lengths) {
      const decode = await make({ batch, length });
      points.push({ x: length, y: await processorTime(decode) });
      note(`${panel}, ${label}, ${length} tokens`);
    }
    const { slope, slopeError } = fitLine(
      points.map(({ x }) => Math.log(x)),
      points.map(({ y }) => Math.log(y)),
    );
    const times = points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`);
    print(
      `${panel}, ${label}, ms: ${times.join(", ")}; exponent ${
        slope.toFixed(2)
      } ± ${slopeError.toFixed(2)}`,
    );
    series.push({ label, panel, points });
  }
}
const { png } = await lineChart({
  name: "decoding_length",
  title: "Time of a translation against its length, sources of 16 tokens",
  x: { title: "tokens written", scale: "log" },
  y: { title: "ms of the processor", scale: "log" },
  series,
});
await Deno.writeFile(`${import.meta.dirname}/decoding_length.png`, png);
