/**
 * The state of a training, and how it is kept in checkpoints.
 * @module
 */
import type { Variables } from "../../models/parameters/parameters.ts";
import type { Json, MetricRecord, RunContext } from "../core/context.ts";
import type { Snapshot } from "./training.ts";
import {
  assignWeights,
  prefixed,
  readWeights,
  type Weights,
  withPrefix,
} from "./weights.ts";

/** Everything that a killed training needs to go on. */
export interface Progression {
  step: number;
  best: { readonly step: number; readonly value: number } | undefined;
  bestWeights: Weights;
  waited: number;
  /** Whether the validation of this step is still to be done. */
  isDue: boolean;
  readonly history: MetricRecord[];
  readonly snapshots: Snapshot[];
  /** What the last update of this process measured. */
  values?: Readonly<Record<string, number>>;
}

/** The variables whose values a checkpoint keeps. */
export interface Kept {
  /** The model's variables. */
  readonly weights: Variables;
  /** The optimizer's variables. */
  readonly slots: Variables;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
}

const SLOT = "slot/";
const BEST = "best/";
const WEIGHT = "weight/";

/** Saves the state of a training and its variables. */
export async function save(
  now: Progression,
  kept: Kept,
  context: RunContext,
): Promise<void> {
  await kept.sync();
  const { step, best, waited, isDue, history } = now;
  const moments = now.snapshots.map(({ step, epoch }) => ({ step, epoch }));
  await context.checkpoints.save(context.path, {
    step,
    tensors: {
      ...prefixed(WEIGHT, await readWeights(kept.weights)),
      ...prefixed(SLOT, await readWeights(kept.slots)),
      ...prefixed(BEST, now.bestWeights),
      ...Object.assign(
        {},
        ...now.snapshots.map(({ weights }, i) => prefixed(`${i}/`, weights)),
      ),
    },
    state: {
      best: best ?? null,
      waited,
      isDue,
      history,
      moments,
    } as unknown as Json, // plain data by its types
  });
}

/** Goes back to the newest checkpoint, if there is one. */
export async function restore(
  kept: Kept,
  context: RunContext,
): Promise<Progression | undefined> {
  const found = await context.checkpoints.restore(context.path);
  if (!found) return undefined;
  const { best, waited, isDue, history, moments } = found.state as unknown as {
    readonly best: { readonly step: number; readonly value: number } | null;
    readonly waited: number;
    readonly isDue: boolean;
    readonly history: readonly MetricRecord[];
    readonly moments: readonly Omit<Snapshot, "weights">[];
  }; // written by `save`, and guarded by the checkpoint's checksum
  assignWeights(kept.weights, withPrefix(WEIGHT, found.tensors));
  assignWeights(kept.slots, withPrefix(SLOT, found.tensors));
  return {
    step: found.step,
    best: best ?? undefined,
    bestWeights: withPrefix(BEST, found.tensors),
    waited,
    isDue,
    history: [...history],
    snapshots: moments.map((moment, i) => ({
      ...moment,
      weights: withPrefix(`${i}/`, found.tensors),
    })),
  };
}
