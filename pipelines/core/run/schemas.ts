/**
 * The schemas of the files in a run's folder.
 * @module
 */
import type { ZodType } from "zod";
import type { Zod } from "./parse_json.ts";

/** The schema of `run.json`. */
export function recordSchema(z: Zod["z"]): ZodType {
  const amount = z.number().nonnegative();
  const texts = z.record(z.string(), z.string());
  const values = z.record(z.string(), z.json());
  return z.object({
    schemaVersion: z.literal(1),
    task: z.string(),
    config: values,
    seed: z.int().nonnegative(),
    device: z.enum(["cpu", "webgpu", "tfjs"]),
    threads: z.int().positive(),
    facts: values,
    versions: texts,
    git: z.object({ commit: z.string(), dirty: z.boolean() }).nullable(),
    system: z.object({ os: z.string(), arch: z.string(), cores: amount }),
    commandLine: z.array(z.string()),
    status: z.enum(["running", "finished", "failed", "interrupted"]),
    error: z.string().nullable(),
    trace: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    seconds: amount,
    peakMemoryBytes: amount,
  });
}

/** The schema of `summary.json`. */
export function summarySchema(
  z: Zod["z"],
): ZodType<Record<string, string | number>> {
  return z.object({
    task: z.string(),
    dataset: z.string(),
    device: z.string(),
    seed: z.int().nonnegative(),
  }).catchall(z.number());
}

/** The schema of a line of `metrics.jsonl`. */
export function lineSchema(
  z: Zod["z"],
): ZodType<{ step: number; epoch: number } & Record<string, number>> {
  const step = z.int().nonnegative();
  return z.object({ step, epoch: z.number().nonnegative() })
    .catchall(z.number());
}
