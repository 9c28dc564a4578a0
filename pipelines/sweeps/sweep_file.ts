/**
 * `sweep.json`, which says what a sweep consists of: written once, then compared.
 * @module
 */
import type { ZodType } from "zod";
import { writeAtomically } from "../core/run/disk/atomic_file.ts";
import { readIfThere } from "../core/run/disk/read_text.ts";
import { parseJson, type Zod } from "../core/run/parse_json.ts";
import type { SweepPlan } from "./sweep_plan.ts";
import { counted } from "../words/counted.ts";

/**
 * Reads `sweep.json`.
 *
 * @param folder The sweep's folder.
 * @returns What it consists of; undefined where there is no such file.
 * @throws {SyntaxError} If the file breaks the layout, naming it and the rule.
 */
export async function readPlan(folder: string): Promise<SweepPlan | undefined> {
  const path = planPath(folder);
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  return await parseJson(text, path, planSchema) as SweepPlan; // `z.json` gives mutable JSON
}

/** Writes `sweep.json`, whole or not at all. */
export function writePlan(folder: string, plan: SweepPlan): void {
  writeAtomically(planPath(folder), `${JSON.stringify(plan, null, 2)}\n`);
}

/**
 * Refuses to go on with another sweep than a folder holds.
 *
 * @param folder The sweep's folder.
 * @param before What it holds.
 * @param now What was asked for.
 * @throws {RangeError} If task, threads or cases differ.
 */
export function expectSamePlan(
  folder: string,
  before: SweepPlan,
  now: SweepPlan,
): void {
  const wrong = differenceOf(before, now);
  if (wrong === undefined) return;
  throw new RangeError(
    `Expected the sweep that ${
      planPath(folder)
    } describes but found ${wrong}; go on without flags of the task, or choose another --sweep`,
  );
}

function differenceOf(before: SweepPlan, now: SweepPlan): string | undefined {
  if (before.task !== now.task) return `${now.task} in place of ${before.task}`;
  if (before.threads !== now.threads) {
    return `${counted(now.threads, "thread")} in place of ${before.threads}`;
  }
  if (before.cases.length !== now.cases.length) {
    return `${
      counted(now.cases.length, "case")
    } in place of ${before.cases.length}`;
  }
  const text = (value: unknown) => JSON.stringify(value);
  for (const [i, { settings }] of now.cases.entries()) {
    const old = before.cases[i]!.settings; // as many
    if (text(settings) !== text(old)) {
      return `${text(settings)} in place of ${text(old)}`;
    }
  }
  return undefined;
}

function planPath(folder: string): string {
  return `${folder}/sweep.json`;
}

/** The schema of `sweep.json`. A name is one of a folder inside, and nowhere else. */
function planSchema(z: Zod["z"]): ZodType {
  const name = z.string().regex(/^[a-z][\w.+=-]*$/i);
  return z.object({
    schemaVersion: z.literal(1),
    task: z.string(),
    threads: z.int().positive(),
    varied: z.array(z.string()),
    cases: z.array(
      z.object({ name, settings: z.record(z.string(), z.json()) }),
    ).min(1),
  });
}
