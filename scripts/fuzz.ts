/**
 * Feeds each parser of files and flags with many inputs that pass its syntax and reach its schema.
 *
 * A seed that is found to be read wrong, or refused without its rule, belongs into `tests/faults/fuzz/corpus.json`.
 *
 * ```bash
 * deno task fuzz --inputs 100000 --from 0
 * ```
 * @module
 */
import { print, printAside } from "../pipelines/core/run/terminal.ts";
import { count } from "../pipelines/core/task/fields.ts";
import type { Flags } from "../pipelines/core/task/flags.ts";
import { fuzz, seedsFrom } from "../tests/faults/fuzz/fuzz.ts";
import { targets } from "../tests/faults/fuzz/targets.ts";
import { scriptFlags } from "./script_flags.ts";

interface FuzzConfig {
  readonly inputs: number;
  readonly from: number;
}

const flags: Flags<FuzzConfig> = {
  inputs: count(100_000, "inputs for each parser"),
  from: count(0, "the first seed", { min: 0 }),
};

const { inputs, from } = scriptFlags(
  "fuzz",
  "Feeds each parser with inputs that reach its schema.",
  flags,
);
let faults = 0;
for (const target of targets) {
  try {
    const found = await fuzz(target, seedsFrom(from, inputs));
    const { taken, refused } = found;
    print(
      `${target.name}: ${found.inputs} inputs, ${taken} taken, ${refused} refused`,
    );
  } catch (error) {
    faults++;
    printAside(Deno.inspect(error));
  }
}
Deno.exit(faults === 0 ? 0 : 1);
