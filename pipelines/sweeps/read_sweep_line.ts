/**
 * The command line of a sweep.
 * @module
 */
import type { Json } from "../core/context.ts";
import { complete, readValue, writtenFlags } from "../core/task/flags.ts";
import type { Task } from "../core/task/task.ts";
import { UsageError } from "../core/task/usage_error.ts";
import { alternativesOf } from "./alternatives.ts";
import {
  caseFieldsOf,
  type SweepSettings,
  sweepSettings,
} from "./sweep_settings.ts";
import {
  type Alternatives,
  type CaseFields,
  combine,
  type SweepPlan,
} from "./sweep_plan.ts";

/** A command line, read. */
export interface SweepLine {
  /** The sweep's own settings, complete. */
  readonly own: SweepSettings;
  /** Alternatives of the task's settings that were given, in the order of its fields. */
  readonly alternatives: Alternatives;
  /** Whether threads were given. */
  readonly hasThreads: boolean;
}

/**
 * Reads the flags of a sweep, and those of its task with alternatives.
 *
 * @param task The task; undefined where the sweep is to go on with its own.
 * @param args The arguments after the task's name.
 * @returns What was given.
 * @throws {UsageError} If a flag is unknown, or its field refuses a value.
 */
export function readSweepLine(
  task: Task | undefined,
  args: readonly string[],
): SweepLine {
  const fields: CaseFields = task === undefined ? {} : caseFieldsOf(task);
  const all: Readonly<Record<string, CaseFields[string]>> = {
    ...fields,
    ...sweepSettings as unknown as CaseFields, // its values are JSON, too
  };
  const written = writtenFlags(all, args);
  const given: Record<string, Json> = {};
  for (const { name, flag, text } of written) {
    if (!(name in sweepSettings)) continue;
    if (name in given) throw new UsageError(`Expected --${flag} only once`);
    given[name] = readValue(flag, all[name]!, text); // unknown flags were refused
  }
  const hasThreads = "threads" in given;
  if (hasThreads && task?.ignores.includes("threads")) {
    throw new UsageError(
      `Expected no --threads: ${task.name} has no use for it`,
    );
  }
  const alternatives = Object.entries(fields).flatMap(([name, field]) => {
    const own = written.filter((one) => one.name === name);
    const [first] = own;
    if (first === undefined) return [];
    const texts = own.map(({ text }) => text);
    return [[name, alternativesOf(first.flag, field, texts)] as const];
  });
  return {
    own: complete(sweepSettings, given as Partial<SweepSettings>, "full"), // read by its fields
    alternatives: Object.fromEntries(alternatives),
    hasThreads,
  };
}

/**
 * Makes the plan that a command line asks for.
 *
 * @param task The task.
 * @param line The command line.
 * @returns The plan.
 * @throws {UsageError} If there are too many cases.
 */
export function planOf(task: Task, line: SweepLine): SweepPlan {
  return {
    schemaVersion: 1,
    task: task.name,
    threads: task.ignores.includes("threads") ? 1 : line.own.threads,
    ...combine(line.alternatives),
  };
}
