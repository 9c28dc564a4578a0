/**
 * Times the package beside others: `deno task bench --python PATH`.
 *
 * `--quick` gives a rough table within a minute or two, `--only WORD` measures the works that have the word in their
 * names, `--busy` measures a few while another process works, and `--write` puts what was measured into `README.md`,
 * work by work.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { busyProcess } from "./busy.ts";
import { note, print } from "./print.ts";
import { changeResults } from "./readme.ts";
import {
  readResults,
  type Results,
  resultsText,
  withSection,
} from "./results.ts";
import { attempt, measurements } from "./sections.ts";
import { rowLine } from "./table.ts";
import { machine } from "./versions.ts";

const flags = parseArgs(Deno.args, {
  boolean: ["quick", "write", "busy"],
  string: ["python", "only"],
  default: { python: Deno.env.get("LOWERBOUND_PYTHON") ?? "python3", only: "" },
});
const { quick: isQuick, busy: isBusy, python } = flags;
const here = isBusy
  ? `${await machine()}, another process busy all the while`
  : await machine();
const all = measurements({
  python,
  isBusy,
  turns: isQuick
    ? { rounds: 2, milliseconds: 200 }
    : { rounds: 5, milliseconds: 1000 },
  memorySteps: isQuick ? 4000 : 20_000,
});

let results: Results = { rows: [], facts: [here] };
await using _busy = isBusy ? busyProcess() : undefined;
for (const one of all) {
  if (!one.work.includes(flags.only)) continue;
  note(`${one.work} ...`);
  const section = await attempt(one);
  for (const row of section.rows) note(rowLine(row));
  results = withSection(results, section, here);
  if (!flags.write) continue;
  await changeResults(
    (old) => resultsText(withSection(readResults(old), section, here)),
    isBusy ? "busy results" : "results",
  );
}
print(resultsText(results));
