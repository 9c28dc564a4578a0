/**
 * A finished run as a script of one's own finds it: settings, numbers, weights and the model.
 * @module
 */
import type { Json, MetricRecord } from "../core/context.ts";
import { escaped, numbersTable, shownAs } from "../core/notebook.ts";
import { readMetrics } from "../core/run/metrics/read_metrics.ts";
import { readRecord, type RunRecord } from "../core/run/run_record.ts";
import { numbersOf, readSummary, type Summary } from "../core/run/summary.ts";
import type { Weights } from "../training/weights.ts";
import type { LoadedModel } from "./loaded_model.ts";
import { readModel } from "./read_model.ts";

/** A run, with its model; dispose it when the model is no longer used. */
export interface LoadedRun extends Disposable {
  /** The folder. */
  readonly folder: string;
  /** Everything that is recorded of the run. */
  readonly record: RunRecord;
  /** Every setting that shaped the numbers, by name. */
  readonly settings: Readonly<Record<string, Json>>;
  /** The numbers it ended with. */
  readonly summary: Summary;
  /** What was measured while it trained. */
  readonly metrics: readonly MetricRecord[];
  /** The final weights by name. */
  readonly weights: Weights;
  /** What else the run told of its weights, such as the vocabulary of a language model. */
  readonly told: Readonly<Record<string, string>>;
  /** The model with these weights; `undefined` where its family is not one of this package. */
  readonly model: LoadedModel | undefined;
}

/**
 * Loads a finished run that keeps one model.
 *
 * @param folder The run's folder.
 * @returns The run.
 * @throws {RangeError} If the run has not finished, or keeps no single model, such as a study of many trainings; the error says why.
 * @throws {Error} If the folder holds no run.
 *
 * @example Two lines to a trained model
 * ```ts
 * import { loadRun } from "@lowerbound/lowerbound";
 *
 * async function show(folder: string) {
 *   using run = await loadRun(folder); // such as runs/vae-k3-20260131-093000-a1b2c3
 *   if (run.model?.kind === "vae") console.log(run.settings, run.model.vae.decode);
 * }
 * ```
 */
export async function loadRun(folder: string): Promise<LoadedRun> {
  const record = await readRecord(folder);
  if (record.status !== "finished") {
    throw new RangeError(
      `Expected a finished run in ${folder} but it is ${record.status}`,
    );
  }
  const left = await readModel(folder, record);
  const summary = numbersOf(await readSummary(folder));
  const metrics = await readMetrics(`${folder}/metrics.jsonl`);
  const { config } = record;
  const { rebuild } = await import("./loaded_model.ts"); // all families: only when one is loaded
  const { model, [Symbol.dispose]: dispose } = await rebuild(config, left);
  const run: LoadedRun = {
    folder,
    record,
    settings: config,
    summary,
    metrics,
    ...left,
    model,
    [Symbol.dispose]: dispose,
  };
  return shownAs(run, () => ({
    "text/html": `<p>${escaped(`${record.task} in ${folder}`)}</p>${
      numbersTable(summary)
    }`,
    "text/plain": `${record.task} in ${folder}`,
  }));
}
