/**
 * The training of a flow over vectors on new points at each update.
 * @module
 */
import type { VectorFlow } from "../../models/flows/vector_flow.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { fold, type Key } from "../core/random/key.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train, type Values } from "../training/fit.ts";
import { learningRateAt } from "../training/learning_rate.ts";
import type { Training } from "../training/training.ts";
import { compileDensityUpdate } from "./density_update.ts";
import type { FlowTraining } from "./flow_settings.ts";

/** What to train, and on what. */
export interface VectorFit extends FlowTraining {
  /** What is trained. */
  readonly flow: Owned<VectorFlow>;
  /** Numbers of a vector. */
  readonly size: number;
  /** Independent vectors, [count, size], by key. */
  readonly sample: (key: Key, count: number) => Float32Array;
  /** Decides the vectors. */
  readonly key: Key;
  /** Names what is recorded of a mean log density in nats. */
  readonly record: (logProb: number) => Values;
  /** Measures now and then. */
  readonly validate: () => Promise<Values>;
}

/**
 * Trains by maximum likelihood with Adam, and keeps the last weights.
 *
 * @param fit What to train, and how.
 * @param context Of the stage that trains.
 * @returns How it went.
 */
export async function fitVectorFlow(
  { flow, size, sample, key, record, validate, ...config }: VectorFit,
  context: RunContext,
): Promise<Training> {
  const { batch, updates, recordEvery, validateEvery, clip } = config;
  const schedule = { ...config, steps: updates };
  using optimizer = adam(flow.variables);
  using update = await compileDensityUpdate(
    {
      variables: flow.variables,
      optimizer,
      inputs: { points: { shape: [batch, size] } },
      feeds: (first, count) => {
        const points = new Float32Array(count * batch * size);
        for (let i = 0; i < count; i++) {
          const ofStep = sample(fold(key, first + i), batch);
          points.set(ofStep, i * batch * size);
        }
        return { points };
      },
      logProb: ({ points }) => flow.logProb(points!),
      learningRate: (step) => learningRateAt(step, schedule),
      clip,
    },
    recordEvery,
    context,
  );
  return await train({
    steps: updates,
    stepsPerEpoch: updates,
    recordEvery,
    items: { perStep: batch, unit: "points" },
    weights: flow.variables,
    slots: optimizer.slots,
    sync: update.sync,
    update: async (first, count) => {
      const terms = await update.run(first, count);
      return {
        ...record(meanAndError(terms.logProb).mean),
        "train/gradientNorm": meanAndError(terms.gradientNorm).mean,
      };
    },
    validateEvery,
    validate,
    patience: 0,
    snapshotSteps: [],
  }, context);
}
