/**
 * Several runs side by side.
 * @module
 */
import type { FinishedRun } from "./finished_run.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";

/** Runs that differ in nothing but the seed. */
export interface ComparedRuns {
  /** What they are. */
  readonly label: string;
  /** How many. */
  readonly seeds: number;
  /** Each of their common numbers, with its standard error over seeds; 0 for one seed. */
  readonly numbers: Readonly<Record<string, MeanAndError>>;
  /** The runs. */
  readonly runs: readonly FinishedRun[];
}

/** What decides whether likelihoods may be compared. */
export type Comparable = Pick<
  FinishedRun,
  "label" | "dataset" | "binarization"
>;

/**
 * Groups runs by their label, in the order of its first mention, and averages their numbers.
 *
 * @param runs At least one.
 * @returns The groups.
 * @throws {RangeError} If two runs have other data or another binarization.
 */
export function groupRuns(
  runs: readonly FinishedRun[],
): readonly ComparedRuns[] {
  expectComparable(runs);
  const labels = [...new Set(runs.map(({ label }) => label))];
  return labels.map((label) => {
    const group = runs.filter((run) => run.label === label);
    const names = Object.keys(group[0]!.summary) // a label comes from a run
      .filter((name) => group.every(({ summary }) => name in summary));
    const numbers = names.map((name) => {
      const values = group.map(({ summary }) => summary[name]!); // present in each
      return [name, meanAndError(values)] as const;
    });
    return {
      label,
      seeds: group.length,
      numbers: Object.fromEntries(numbers),
      runs: group,
    };
  });
}

/**
 * Refuses to mix likelihoods of different pixels, which are not comparable.
 *
 * @param runs What is to be compared.
 * @throws {RangeError} If two runs have other data or another binarization, naming both.
 */
export function expectComparable(runs: readonly Comparable[]): void {
  const [first, ...others] = runs;
  for (const other of others) {
    for (const name of ["dataset", "binarization"] as const) {
      if (other[name] === first![name]) continue; // there is another
      throw new RangeError(
        `Expected one ${name} in a comparison but found ${first![name]} of "${
          first!.label
        }" and ${other[name]} of "${other.label}"`,
      );
    }
  }
}
