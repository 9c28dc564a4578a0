/**
 * The stage that trains a linear model whose bound, likelihood and posterior have closed forms.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { lossAndGradients } from "../../../models/gradients/loss_and_gradients.ts";
import type { LinearGaussian } from "../../../models/linear_gaussian.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { GapHistory, GapPoint } from "./elbo_gap_entries.ts";
import type { Vectors } from "./vectors.ts";
import { readWeights } from "../../training/weights.ts";
import { gapPoint, gapValues } from "./gap_point.ts";
import { linearGaps } from "./linear_gaps.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** Moments at which the gap is computed. */
const MOMENTS = 60;
const LEARNING_RATE = 0.01;

/** How long the linear model learns. */
export interface LinearTraining {
  /** Weight updates of the linear model, each with all vectors. */
  readonly linearUpdates: number;
}

/** The setting of `LinearTraining`, with its default and rule. */
export const linearTraining: Flags<LinearTraining> = {
  linearUpdates: count(2000, "weight updates of the linear model", {
    smoke: 300,
  }),
};

/** Maximizes the exact bound with Adam, and follows log p(x), the bound and the gap in closed form. */
export const trainLinearGaussian: Stage<
  Partial<LinearTraining> & {
    readonly linear: Owned<LinearGaussian>;
    readonly vectors: Vectors;
  },
  { readonly linearGap: GapHistory }
> = stage("train-linear", {
  needs: ["linear", "vectors"],
  settings: linearTraining,
  adds: {
    linearGap: "log p(x), ELBO and gap at moments of training, nats per vector",
  },
}, async ({ linear, vectors, linearUpdates }, context) => {
  using optimizer = adam(linear.variables);
  using step = await compile(({ observed, learningRate }) => {
    const { terms, gradients } = lossAndGradients(() => {
      const { elbo } = linear.exactElbo(observed);
      return { loss: elbo.mean<tf.Scalar>().neg() };
    }, linear.variables);
    optimizer.apply(gradients, learningRate);
    return terms;
  }, {
    inputs: { learningRate: { shape: [] } },
    tables: {
      observed: {
        data: vectors.values,
        shape: [vectors.count, vectors.length],
      },
    },
    device: context.device,
    threads: context.threads,
  });
  const linearGap: GapPoint[] = [];
  const look = async (at: number) => {
    await step.sync();
    const weights = await readWeights(linear.variables);
    const point = gapPoint(at, linearGaps(weights, vectors));
    context.metrics.record({
      step: at,
      epoch: at, // each update sees all vectors
      values: gapValues("linear", point),
    });
    linearGap.push(point);
  };
  await look(0);
  const moments = momentsOf(linearUpdates);
  for (let at = 1; at <= linearUpdates; at++) {
    context.signal.throwIfAborted();
    await step.run({ learningRate: LEARNING_RATE });
    if (moments.has(at)) await look(at);
  }
  return { linearGap };
});

/** Numbers of updates in a geometric sequence, the last one among them. */
function momentsOf(updates: number): ReadonlySet<number> {
  return new Set(
    Array.from(
      { length: MOMENTS },
      (_, i) => Math.round(updates ** (i / (MOMENTS - 1))),
    ),
  );
}
