/**
 * Runs small runs one after another, each disturbed by kills, signals, a full disk or a second writer, and compares the
 * bytes of each with those of a run that was left alone; every task of the package takes part once.
 *
 * ```bash
 * deno task soak --minutes 60 --seed 0
 * ```
 * @module
 */
import { print, printAside } from "../pipelines/core/run/terminal.ts";
import {
  count,
  list,
  oneOf,
  real,
  toggle,
} from "../pipelines/core/task/fields.ts";
import type { Flags } from "../pipelines/core/task/flags.ts";
import { type Random, randomFrom } from "../tests/faults/fuzz/random.ts";
import { scriptFlags } from "./script_flags.ts";
import { soakedTasks, soakTasks } from "./soak/soak_tasks.ts";
import { type Disturbance, disturbances } from "./soak/disturbances.ts";
import { type Program, programs } from "./soak/programs.ts";

interface SoakConfig {
  readonly minutes: number;
  readonly seed: number;
  readonly tasks: boolean;
  readonly only: readonly string[];
}

const known = soakedTasks();
const [first = "", ...others] = known.keys();

const flags: Flags<SoakConfig> = {
  minutes: real(60, "how long small runs are disturbed", { min: 0 }),
  seed: count(0, "seed of what happens when", { min: 0 }),
  tasks: toggle("also every task of the package, once", { fallback: true }),
  only: list([], oneOf([first, ...others], "of the tasks; all unless given")),
};

/** What happened, by its name. */
type Tally = Map<string, number>;

const { minutes, seed, tasks, only } = scriptFlags(
  "soak",
  "Disturbs runs, and compares their bytes with those of runs that were left alone.",
  flags,
);
const folder = await Deno.makeTempDir({ prefix: "soak-" });
const tally: Tally = new Map();
const lost: string[] = [];
const random = randomFrom(seed);

if (tasks) {
  const taken = only.length === 0
    ? known
    : new Map([...known].filter(([name]) => only.includes(name)));
  for await (const { task, fault } of soakTasks(folder, random, taken)) {
    add(tally, "tasks killed once and compared");
    if (fault !== undefined) lost.push(`${task}: ${fault}`);
  }
}
const all = await programs(folder);
const end = performance.now() + 60_000 * minutes;
for (let run = 0; performance.now() < end; run++) {
  const program = random.pick(all);
  const fault = await disturb(program, `${folder}/${run}`, random);
  add(tally, "runs");
  if (fault !== undefined) lost.push(`run ${run}: ${fault}`);
}
for (const [name, number] of tally) print(`${name}: ${number}`);
print(`lost: ${lost.length}`);
for (const line of lost) printAside(line);
await Deno.remove(folder, { recursive: true });
Deno.exit(lost.length === 0 ? 0 : 1);

/** Disturbs a run up to four times, lets it end, and compares it; tells what was wrong. */
async function disturb(
  program: Program,
  run: string,
  random: Random,
): Promise<string | undefined> {
  const happened: string[] = [];
  for (let left = 1 + random.below(4); left > 0; left--) {
    const disturbance: Disturbance = random.pick(disturbances);
    const fault = await disturbance.happen(program, run, random);
    happened.push(disturbance.name);
    add(tally, disturbance.name);
    if (fault !== undefined) return `${fault} after ${happened.join(", ")}`;
  }
  const fault = await program.finish(run);
  if (fault === undefined) await Deno.remove(run, { recursive: true });
  return fault && `${fault} after ${happened.join(", ")}; see ${run}`;
}

function add(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}
