/**
 * What every stage of one run may rely on: its key, and the run's services.
 * @module
 */
import type { Device } from "../../compile/types.ts";
import type { Key } from "./random/key.ts";
import type { AnyFlags } from "./task/settings_table.ts";

/** What a run hands to each of its stages. */
export interface RunContext {
  /** The stage's own key: the run's key folded with the names on the path. */
  readonly key: Key;
  /** Names from the outermost pipeline to the stage. */
  readonly path: readonly string[];
  /** Aborts the run, at the next batch or between two stages. */
  readonly signal: AbortSignal;
  /** Where compiled functions run. */
  readonly device: Device;
  /** CPU threads of compiled functions. */
  readonly threads: number;
  /** The most bytes of a data file given by path, without gzip. */
  readonly dataLimit: number;
  /** Where measurements are recorded. */
  readonly metrics: Metrics;
  /** Where a stage's state is kept, so that a killed run can go on. */
  readonly checkpoints: Checkpoints;
  /** Where figures, models and texts are kept. */
  readonly artifacts: Artifacts;
  /** What the person at the terminal sees. */
  readonly progress: Progress;
  /** Takes trainings from earlier runs; only tasks have one. */
  readonly stageCache?: StageCache;
  /** Adds a fact to the run's record: data, binarization, adapter. */
  readonly describe: (facts: Readonly<Record<string, Json>>) => void;
  /** Writes down that a stage could not be finished, and why, where the run goes on without it. */
  readonly leaveOut: (path: string, reason: string) => void;
  /** Keeps the entry `summary`, where it is among these, as the run's numbers: what follows cannot cost them. */
  readonly keepSummary: (entries: object) => void;
}

/** Follows the stages of a run, and takes those that are marked `cached` from earlier runs. */
export interface StageCache {
  /** Does the work of a stage that is no pipeline, in a context that may know its last checkpoint. */
  readonly run: <Out extends object>(
    stage: FollowedStage,
    input: object,
    context: RunContext,
    work: (context: RunContext) => Promise<Out>,
  ) => Promise<Out>;
}

/** What a cache must know of a stage. */
export interface FollowedStage {
  /** The names of the entries it reads. */
  readonly needs: readonly string[];
  /** The entries that have defaults and rules: settings. */
  readonly settings: AnyFlags;
  /** Whether a finished one is kept for runs to come. */
  readonly cached?: true;
}

/** A value that JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/** One line of `metrics.jsonl`. */
export interface MetricRecord {
  /** Weight updates so far. */
  readonly step: number;
  /** Epochs finished so far, with fractions. */
  readonly epoch: number;
  /** Measurements by name, such as `validation/elbo`; log quantities in nats per item. */
  readonly values: Readonly<Record<string, number>>;
}

/** The run's measurements, in the order in which they were made. */
export interface Metrics {
  /** Appends a record; the values must be finite. */
  readonly record: (record: MetricRecord) => void;
}

/** An array of numbers in a checkpoint. */
export interface StoredTensor {
  /** Lengths of the axes. */
  readonly shape: readonly number[];
  /** The numbers, the last axis running fastest. */
  readonly data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
}

/** The whole state of a stage at one step. */
export interface Checkpoint {
  /** Weight updates so far; orders the checkpoints. */
  readonly step: number;
  /** Arrays by name. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** Everything else. */
  readonly state: Json;
}

/** Keeps the state of a stage; records made before a checkpoint come back with it. */
export interface Checkpoints {
  /** Minutes between checkpoints, beside those at each validation. */
  readonly everyMinutes: number;
  /** Saves the state of the stage at `path`, whole or not at all. */
  readonly save: (
    path: readonly string[],
    checkpoint: Checkpoint,
  ) => Promise<void>;
  /** The newest undamaged checkpoint of the stage at `path`; the run's metrics go back to where they were then. */
  readonly restore: (
    path: readonly string[],
  ) => Promise<Checkpoint | undefined>;
}

/** A figure in three forms. */
export interface FigureFiles {
  /** The file name, without ending. */
  readonly name: string;
  /** The picture as PNG. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** The picture as SVG. */
  readonly svg: string;
  /** The Vega-Lite specification, with its data. */
  readonly spec: object;
}

/** What a run leaves beside its numbers. */
export interface Artifacts {
  /** Saves `figures/NAME.png`, `.svg` and `.vl.json`, each whole or not at all. */
  readonly figure: (figure: FigureFiles) => Promise<void>;
  /** Saves a file under the run's folder, such as `model/decoder.onnx`, whole or not at all. */
  readonly file: (
    path: string,
    content: string | Uint8Array<ArrayBuffer>,
  ) => Promise<void>;
}

/** One moment of a long stage. */
export interface Moment {
  /** Weight updates, or batches, done so far in this stage. */
  readonly step: number;
  /** How many there will be. */
  readonly steps: number;
  /** Items (images, characters) handled since the last moment. */
  readonly items: number;
  /** What is counted, for "1234 images/s". */
  readonly unit: string;
  /** Epochs done and in all, for a training. */
  readonly epochs?: readonly [done: number, all: number];
  /** Numbers to show, by short name. */
  readonly values: Readonly<Record<string, number>>;
}

/** What the person at the terminal sees; never part of the run's numbers. */
export interface Progress {
  /** A stage begins. */
  readonly stage: (path: readonly string[]) => void;
  /** Redraws the line on a terminal; prints now and then elsewhere. */
  readonly update: (moment: Moment) => void;
  /** A sentence worth keeping. */
  readonly note: (text: string) => void;
  /** A sentence not to be missed. */
  readonly warn: (text: string) => void;
}
