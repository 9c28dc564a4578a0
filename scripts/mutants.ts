/**
 * Changes operators, constants, arguments and sentences of what computes, measures and tells, one at a time, and lists
 * the changes that no test notices.
 *
 * A sample of places is drawn by `--seed`. Each change is made in a copy of the project, type-checked, and then the
 * tests that reach the file run, near and cheap ones first, until one fails; a test that takes too long has noticed,
 * too. Whole tasks, faults on purpose and the software graphics driver are left out: they repeat what nearer tests
 * should say. A second call with the same `--out` goes on where the first one stopped, without another type check;
 * `--again` repeats survivors.
 *
 * ```bash
 * deno task mutants --seed 0 --count 300 --out runs/mutants
 * ```
 * @module
 */
import { join } from "@std/path";
import { print, printAside } from "../pipelines/core/run/terminal.ts";
import { count, text, toggle } from "../pipelines/core/task/fields.ts";
import type { Flags } from "../pipelines/core/task/flags.ts";
import { sourceFiles, textFiles } from "../tests/house/project_files.ts";
import { refusedByTypes } from "./mutants/check_types.ts";
import { type Copy, copyProject } from "./mutants/copies.ts";
import { type Equal, whyEqual } from "./mutants/equal.ts";
import { appendLine, readLines } from "./mutants/json_lines.ts";
import { knownTests } from "./mutants/known_tests.ts";
import {
  type Distances,
  importersOf,
  nearest,
  testsThatReach,
} from "./mutants/module_graph.ts";
import { linesOf, type Mutant } from "./mutants/mutant.ts";
import { sitesOf } from "./mutants/mutations.ts";
import { planTests, type Seconds } from "./mutants/plan_tests.ts";
import { reportOf, scoreLine, scoreOf } from "./mutants/report.ts";
import { type Outcome, runMutant } from "./mutants/run_mutant.ts";
import { sample } from "./mutants/sample.ts";
import { scriptFlags } from "./script_flags.ts";
import { isInScope, matches } from "./mutants/scope.ts";

interface MutantsConfig {
  readonly seed: number;
  readonly count: number;
  readonly files: string;
  readonly out: string;
  readonly limit: number;
  readonly jobs: number;
  readonly again: boolean;
}

const flags: Flags<MutantsConfig> = {
  seed: count(0, "seed of the sample", { min: 0 }),
  count: count(300, "mutants that pass the type checker"),
  files: text("**", "which files, as a glob"),
  out: text("runs/mutants", "folder of the record and the report"),
  limit: count(120, "seconds of tests for each mutant"),
  jobs: count(1, "mutants at a time"),
  again: toggle("repeat what has survived before"),
};

/** Tests that start whole programs, or are about something else. */
const LEFT_OUT =
  /^tests\/(tasks|faults|package|bench|browser|stand_ins|scripts)\//;

/** How many of the nearest tests may run for a mutant. */
const MOST = 80;

/** How far tests of all sources are from each. */
const FAR = 3;

/** Changes that the type checker sees together, for each that is wanted: about half of them pass. */
const CHECKED_AT_ONCE = 2;

const config = scriptFlags(
  "mutants",
  "Changes what computes, measures and tells, and lists what no test notices.",
  flags,
);
await Deno.mkdir(config.out, { recursive: true });
const record = join(config.out, "mutants.jsonl");
const isAsked = matches(config.files);
const sources = new Map(
  textFiles.filter(({ path }) => isInScope(path) && isAsked(path))
    .map(({ path, text }) => [path, text]),
);
const sites = [...sources].flatMap(([path, text]) => sitesOf(path, text));
const equal: readonly Equal[] = JSON.parse(
  await Deno.readTextFile(new URL("./mutants/equal.json", import.meta.url)),
);
printAside(`${sites.length} places in ${sources.size} files`);

const tests = sourceFiles.map(({ path }) => path)
  .filter((path) => /_test\.ts$/.test(path) && !LEFT_OUT.test(path));
/** Tests that look at the text of every source. */
const HOUSE: Distances = new Map(
  tests.filter((path) => path.startsWith("tests/house/"))
    .map((path) => [path, FAR] as const),
);
const copies: Copy[] = [];
for (let i = 0; i < config.jobs; i++) copies.push(await copyProject());
const [copy] = copies as [Copy]; // at least one
const list = await listAll(copy);
const info = await copy.run(["info", "--json", list], 1800);
await copy.erase(list);
const importers = importersOf(info.output, copy.url);
const earlier = new Map(
  readLines<Outcome>(record).map((one) => [nameOf(one), one]),
);
const checkedFile = join(config.out, "checked.jsonl");
const checks = new Map(
  readLines<{ readonly name: string; readonly isValid: boolean }>(checkedFile)
    .map(({ name, isValid }) => [name, isValid]),
);
const mutants = await drawValid();
const known = knownTests(
  join(config.out, "tests.jsonl"),
  (test, said) => printAside(`Left out, it fails: ${test}\n${said}`),
);
const outcomes: Outcome[] = [];
let next = 0;
await Promise.all(copies.map(work));
for (const copy of copies) await copy.remove();
const ordered = outcomes.toSorted((a, b) => a.path < b.path ? -1 : 1);
await Deno.writeTextFile(
  join(config.out, "report.md"),
  reportOf(ordered, config.seed),
);
print(scoreLine(scoreOf(ordered), config.seed));

/** The first mutants of the sample that pass the type checker. */
async function drawValid(): Promise<readonly Mutant[]> {
  const drawn = sample(sites, sites.length, config.seed);
  const atOnce = CHECKED_AT_ONCE * config.count;
  const valid: Mutant[] = [];
  for (let from = 0; from < drawn.length && valid.length < config.count;) {
    const some = drawn.slice(from, from + atOnce);
    const fresh = some.filter((mutant) => !checks.has(nameIn(mutant)));
    const refused = await refusedByTypes(fresh, sources, copy);
    for (const mutant of fresh) {
      const one = { name: nameIn(mutant), isValid: !refused.has(mutant) };
      checks.set(one.name, one.isValid);
      await appendLine(checkedFile, one);
    }
    valid.push(...some.filter((mutant) => checks.get(nameIn(mutant))));
    from += atOnce;
  }
  return valid.slice(0, config.count);
}

/** The name of a mutant by the lines that it changes. */
function nameIn(mutant: Mutant): string {
  const lines = linesOf(sources.get(mutant.path) ?? "", mutant);
  return nameOf({ ...mutant, ...lines });
}

/** Takes one mutant after the other. */
async function work(copy: Copy): Promise<void> {
  while (next < mutants.length) {
    const mutant = mutants[next++]!; // below its length
    outcomes.push(await outcomeOf(mutant, copy));
  }
}

async function outcomeOf(mutant: Mutant, copy: Copy): Promise<Outcome> {
  const source = sources.get(mutant.path) ?? "";
  const { path, kind } = mutant;
  const lines = linesOf(source, mutant);
  const before = earlier.get(nameIn(mutant));
  const why = whyEqual(equal, path, lines);
  if (why !== undefined) {
    return {
      ...{ path, kind, ...lines, status: "equal", by: why },
      ...{ tests: 0, seconds: 0 },
    };
  }
  if (before && !(config.again && before.status === "survived")) return before;
  const reach = reachOf(mutant);
  const seconds: Seconds = new Map(
    [...reach.keys()].flatMap((test) => {
      const own = known.secondsOf(test);
      return own === undefined ? [] : [[test, own] as const];
    }),
  );
  const batches = planTests(path, reach, seconds, config.limit);
  const outcome = await runMutant(mutant, source, batches, copy, known);
  await appendLine(record, outcome);
  printAside(`${outcome.status}: ${path}:${lines.line} ${lines.after}`);
  return outcome;
}

/** The tests that may notice a change. */
function reachOf({ path }: Mutant): Distances {
  if (path.endsWith(".json")) {
    return new Map(readersOf(path).map((test) => [test, 1]));
  }
  return new Map([
    ...nearest(testsThatReach(path, importers), MOST),
    ...HOUSE,
  ]);
}

function nameOf(
  { path, kind, before, after }: Pick<
    Outcome,
    "path" | "kind" | "before" | "after"
  >,
): string {
  return [path, kind, before, after].join("\n");
}

/** Tests that read the files of a folder by its name. */
function readersOf(path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return sourceFiles.filter(({ path, text }) =>
    /_test\.ts$/.test(path) && !LEFT_OUT.test(path) && text.includes(folder)
  ).map(({ path }) => path);
}

/** One file that imports every test, since a command line has an end. */
async function listAll(copy: Copy): Promise<string> {
  const list = "all_tests.ts";
  const lines = tests.map((path) => `import "./${path}";\n`);
  await copy.write(list, lines.join(""));
  return list;
}
