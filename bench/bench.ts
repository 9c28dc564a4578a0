/**
 * Times the package beside others: `deno task bench --python PATH`.
 *
 * `--quick` gives a rough table within a minute or two, `--only WORD` measures the comparisons whose work has the
 * word in its name, `--busy` measures a few while another process works, and `--write` puts the table into `README.md`.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { busyProcess } from "./busy.ts";
import { busyComparisons, comparisons } from "./comparisons.ts";
import { note, print } from "./print.ts";
import { writeResults } from "./readme.ts";
import {
  firstStep,
  memory,
  peakMemory,
  startUp,
  wholeTestSet,
} from "./single.ts";
import { median } from "./statistics.ts";
import { markdown, type Row, rowsOf } from "./table.ts";
import { takeTurns } from "./turns.ts";
import { machine } from "./versions.ts";
import { busyTask, quietTask, wholeTask } from "./whole_task.ts";

const flags = parseArgs(Deno.args, {
  boolean: ["quick", "write", "busy"],
  string: ["python", "only"],
  default: { python: Deno.env.get("LOWERBOUND_PYTHON") ?? "python3", only: "" },
});
const { quick: isQuick, only } = flags;
const turns = isQuick
  ? { rounds: 2, milliseconds: 200 }
  : { rounds: 5, milliseconds: 1000 };

const rows: Row[] = [];
const facts = new Set([machine()]);
if (flags.busy) facts.add("another process busy all the while");
await using _busy = flags.busy ? busyProcess() : undefined;
const compared = flags.busy ? busyComparisons : comparisons;
for (const comparison of compared(flags.python)) {
  if (!comparison.work.includes(only)) continue;
  note(`${comparison.work} ...`);
  const { ours, rivals, prepare } = comparison;
  await using _prepared = await prepare?.();
  const commands = [...ours, ...rivals.map(({ command }) => command)];
  const timings = await takeTurns(commands, turns);
  rows.push(...rowsOf(comparison, timings));
  for (const { facts: fact, times } of timings.slice(ours.length)) {
    if (times.length > 0) facts.add(`${comparison.work}: ${fact}`);
  }
  if (comparison.memory) {
    const { work, memory: peer } = comparison;
    rows.push(await peakMemory(work, ours[0]!, peer)); // there is one at least
  }
  const [mine] = timings;
  if (comparison.unit === "image" && mine) {
    rows.push(wholeTestSet(median(mine.times)));
  }
}
if (only === "" || "whole task".includes(only)) {
  note("whole task ...");
  const task = flags.busy ? busyTask : quietTask;
  const rounds = flags.busy ? Math.min(3, turns.rounds) : turns.rounds;
  rows.push(await wholeTask(flags.python, rounds, task));
}
if (only === "" && !flags.busy) {
  note("first step, start-up, memory ...");
  rows.push(await firstStep(turns.rounds));
  rows.push(await startUp(turns.rounds));
  rows.push(await memory(isQuick ? 4000 : 20_000));
}
const list = [...facts].map((fact) => `- ${fact}`).join("\n");
const results = `${markdown(rows)}\n\n${list}`;
print(results);
if (flags.write) {
  await writeResults(results, flags.busy ? "busy results" : "results");
}
