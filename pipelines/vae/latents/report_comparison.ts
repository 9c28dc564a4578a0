/**
 * The stage that puts the numbers of several runs side by side.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { FinishedRun } from "./finished_run.ts";
import { type ComparedRuns, groupRuns } from "./group_runs.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";

/** The numbers of the table, and their headings. */
const COLUMNS = {
  "test/elbo": "ELBO",
  "test/reconstruction": "reconstruction",
  "test/kl": "KL",
  "test/logLikelihood": "log p(x)",
  "test/activeUnits": "active units",
} as const;

/**
 * Groups runs that differ in nothing but the seed, and leaves a table of their means in `report.txt`.
 *
 * @throws {RangeError} If runs of different data or binarizations would be mixed.
 */
export const reportComparison: Stage<
  {
    readonly swept: readonly FinishedRun[];
    readonly finished: readonly FinishedRun[];
  },
  {
    readonly comparison: readonly ComparedRuns[];
    readonly summary: Summary;
  }
> = stage("compare", {
  needs: ["swept", "finished"],
  adds: {
    comparison: "means over seeds with standard errors, by kind of run",
    summary: "the same by name",
  },
}, async ({ swept, finished }, { artifacts }) => {
  const comparison = groupRuns([...swept, ...finished]);
  await artifacts.file("report.txt", tableOf(comparison));
  return { comparison, summary: summaryOf(comparison) };
});

/**
 * Lays the comparison out as text.
 *
 * @param comparison The groups.
 * @returns A heading, a line for each group, and what the errors are.
 */
export function tableOf(comparison: readonly ComparedRuns[]): string {
  const rows = comparison.map(({ label, seeds, numbers }) => [
    label,
    String(seeds),
    ...Object.keys(COLUMNS).map((name) => textOf(numbers[name], seeds)),
  ]);
  const table = [["run", "seeds", ...Object.values(COLUMNS)], ...rows];
  const widths = table[0]!.map((_, column) =>
    // a heading in each
    Math.max(...table.map((row) => row[column]!.length))
  );
  const lines = table.map((row) =>
    row.map((text, i) =>
      i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)
    ).join("  ")
  );
  const note = comparison.some(({ seeds }) => seeds > 1)
    ? "± is the standard error of the mean over seeds; nats per image."
    : "One seed each, hence no error over seeds; nats per image.";
  return `${lines.join("\n")}\n${note}\n`;
}

function textOf(number: MeanAndError | undefined, seeds: number): string {
  if (number === undefined) return "-";
  const mean = number.mean.toFixed(2);
  return seeds > 1 ? `${mean} ± ${number.standardError.toFixed(2)}` : mean;
}

/** `k03/elbo` for the mean of `test/elbo` of the runs labelled `k = 3`, with its error where there are seeds. */
function summaryOf(comparison: readonly ComparedRuns[]): Summary {
  return Object.fromEntries(
    comparison.flatMap(({ label, seeds, numbers }) =>
      Object.keys(COLUMNS).flatMap((name) => {
        const number = numbers[name];
        if (number === undefined) return [];
        const path = `${label.replaceAll(" = ", "")}/${name.slice(5)}`;
        const error = [`${path}StdErr`, number.standardError] as const;
        return [[path, number.mean] as const, ...(seeds > 1 ? [error] : [])];
      })
    ),
  );
}
