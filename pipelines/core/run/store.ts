/**
 * Where a run keeps what its stages hand over.
 * @module
 */
import type {
  Artifacts,
  Checkpoints,
  Metrics,
  RunContext,
} from "../context.ts";
import type { Summary } from "./summary.ts";

/** Keeps the metrics, checkpoints, artifacts, facts and numbers of one run. */
export interface Store {
  /** Measurements in order. */
  readonly metrics: Metrics;
  /** The states of stages. */
  readonly checkpoints: Checkpoints;
  /** Figures, models and texts. */
  readonly artifacts: Artifacts;
  /** Adds facts to the run's record. */
  readonly describe: RunContext["describe"];
  /** Keeps the run's numbers. */
  readonly summarize: (summary: Summary) => void;
}
