/**
 * What a run's folder holds, for other programs.
 * @module
 */
import fs from "node:fs";
import type { MetricRecord } from "../context.ts";
import { readIfThere } from "../run/disk/read_text.ts";
import { readMetrics } from "../run/metrics/read_metrics.ts";
import { readRecord, type RunRecord } from "../run/run_record.ts";
import { numbersOf, readSummary, type Summary } from "../run/summary.ts";

/** A run's record, numbers and pictures. */
export interface RunContent {
  /** Everything that is recorded of the run. */
  readonly record: RunRecord;
  /** What was measured. */
  readonly metrics: readonly MetricRecord[];
  /** The numbers it ended with; none before its end. */
  readonly summary: Summary;
  /** Figures as PNG files, by name. */
  readonly figures: readonly {
    readonly name: string;
    readonly png: Uint8Array<ArrayBuffer>;
  }[];
  /** The text of `report.txt`, where it left one. */
  readonly report: string | undefined;
}

/**
 * Reads what a run left, finished or not.
 *
 * @param folder The run's folder.
 * @returns Its content.
 * @throws {Error} If the folder holds no run.
 * @throws {SyntaxError} If a file breaks the layout.
 */
export async function readContent(folder: string): Promise<RunContent> {
  const record = await readRecord(folder);
  const has = (name: string) => fs.existsSync(`${folder}/${name}`);
  const figures = has("figures") ? fs.readdirSync(`${folder}/figures`) : [];
  return {
    record,
    metrics: has("metrics.jsonl")
      ? await readMetrics(`${folder}/metrics.jsonl`)
      : [],
    summary: has("summary.json") ? numbersOf(await readSummary(folder)) : {},
    figures: figures.filter((name) => name.endsWith(".png")).sort().map(
      (name) => ({
        name: name.slice(0, -".png".length),
        png: new Uint8Array(fs.readFileSync(`${folder}/figures/${name}`)),
      }),
    ),
    report: readIfThere(`${folder}/report.txt`),
  };
}
