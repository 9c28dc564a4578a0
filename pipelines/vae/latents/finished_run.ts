/**
 * A run that has ended, as comparisons see it.
 * @module
 */
import type { Json, MetricRecord } from "../../core/context.ts";
import type { Summary } from "../../core/run/summary.ts";

/** What can be compared of a run, wherever it was made. */
export interface FinishedRun {
  /** Equal for runs that differ in nothing but the seed. */
  readonly label: string;
  /** From which its random numbers derive. */
  readonly seed: number;
  /** The data's name. */
  readonly dataset: string;
  /** How grey became black and white, or "none". */
  readonly binarization: string;
  /** Settings of the run by name. */
  readonly config: Readonly<Record<string, Json>>;
  /** Numbers of the run by name. */
  readonly summary: Summary;
  /** Measurements of the run in order. */
  readonly history: readonly MetricRecord[];
}
