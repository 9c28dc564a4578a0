/**
 * What training leaves behind.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";
import type { Weights } from "./weights.ts";

/** The weights at one moment of training. */
export interface Snapshot {
  /** Weight updates so far. */
  readonly step: number;
  /** Epochs so far. */
  readonly epoch: number;
  /** The model's weights then. */
  readonly weights: Weights;
}

/** How a training went; the model itself holds its best weights, or its last where nothing tells which are best. */
export interface Training {
  /** Every record of the training, in order. */
  readonly history: readonly MetricRecord[];
  /** The weights at the moments that were asked for, in order. */
  readonly snapshots: readonly Snapshot[];
  /** Weight updates done. */
  readonly steps: number;
  /** The weight update with the best validation value, whose weights were restored; the last where there is none. */
  readonly bestStep: number;
}
