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

/** Keeps the metrics, checkpoints, artifacts and facts of one run. */
export interface Store {
  /** Measurements in order. */
  readonly metrics: Metrics;
  /** The states of stages. */
  readonly checkpoints: Checkpoints;
  /** Figures, models and texts. */
  readonly artifacts: Artifacts;
  /** Adds facts to the run's record. */
  readonly describe: RunContext["describe"];
}
