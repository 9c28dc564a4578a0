/**
 * The stage that reads finished runs, to be compared with what this run measures.
 * @module
 */
import type { Json } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import {
  readMetrics,
  refuseTorn,
} from "../../core/run/metrics/read_metrics.ts";
import { readRecord, type RunRecord } from "../../core/run/run_record.ts";
import { numbersOf, readSummary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { FinishedRun } from "./finished_run.ts";
import type { BinaryImages } from "../../images/images.ts";
import { expectComparable } from "./group_runs.ts";

/**
 * Reads the runs in the given folders, and refuses those whose likelihoods are of other pixels than this run's.
 *
 * @throws {RangeError} If a run is not finished, or has other data or another binarization.
 * @throws {NotFoundError} If a folder holds no run.
 */
export const readRuns: Stage<
  {
    readonly runs: readonly string[];
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  { readonly finished: readonly FinishedRun[] }
> = stage("read-runs", {
  needs: ["runs", "images", "dataset"],
  adds: { finished: "runs read from disk, with settings and numbers" },
}, async ({ runs, images, dataset }) => {
  const read = await Promise.all(runs.map(readRun));
  const labels = labelsOf(read);
  const finished = read.map((run, i) => ({ ...run, label: labels[i]! })); // one for each
  const { binarization } = images;
  const own = { label: "this run", dataset: dataset.name, binarization };
  expectComparable([own, ...finished]);
  return { finished };
});

async function readRun(
  folder: string,
): Promise<Omit<FinishedRun, "label"> & { readonly task: string }> {
  const record = await readRecord(folder);
  const { task, seed, config, facts, status } = record;
  if (status !== "finished") {
    throw new RangeError(
      `Expected the run in ${folder} to be finished but found it ${status}`,
    );
  }
  const summary = numbersOf(await readSummary(folder));
  const history = await readMetrics(`${folder}/metrics.jsonl`, refuseTorn);
  const binarization = String(facts["binarization"] ?? "none");
  const dataset = datasetOf(record);
  return { task, seed, config, summary, history, binarization, dataset };
}

function datasetOf({ facts: { dataset } }: RunRecord): string {
  const isNamed = typeof dataset === "object" && dataset !== null &&
    "name" in dataset;
  return isNamed ? String(dataset.name) : "none";
}

/** The task of each run, and the settings in which it differs from other runs of that task. */
function labelsOf(
  runs: readonly {
    readonly task: string;
    readonly config: Readonly<Record<string, Json>>;
  }[],
): readonly string[] {
  return runs.map(({ task, config }) => {
    const others = runs.filter((run) => run.task === task);
    const differing = Object.keys(config).filter((name) =>
      new Set(others.map((run) => JSON.stringify(run.config[name]))).size > 1
    );
    const settings = differing.map((name) => `${name} ${config[name]}`);
    return [task, ...settings].join(", ");
  });
}
