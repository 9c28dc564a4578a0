/**
 * The stage that builds a flow over the plane and trains it on points of a density.
 * @module
 */
import {
  createVectorFlow,
  type VectorFlow,
} from "../../../models/flows/vector_flow.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import type { Training } from "../../training/training.ts";
import { fitVectorFlow } from "../fit_vector_flow.ts";
import type { FlowTraining } from "../flow_settings.ts";
import { rowMap } from "../row_map.ts";
import {
  type PlaneSizes,
  planeSizes,
  planeTraining,
} from "./plane_settings.ts";
import { type PlaneTargetName, planeTargets } from "./plane_targets.ts";

/** Points of each validation. */
const VALIDATION = 8000;

/** Trains by maximum likelihood with Adam, on new points at each update, and keeps the last weights. */
export const trainPlaneFlow: Stage<
  Partial<PlaneSizes & FlowTraining> & { readonly target: PlaneTargetName },
  { readonly flow: Owned<VectorFlow>; readonly training: Training }
> = stage("train", {
  needs: ["target"],
  settings: { ...planeSizes, ...planeTraining },
  cached: true,
  adds: {
    flow: "a density of points of the plane, with variables of its own",
    training: "records of the training",
  },
}, async ({ target, couplings, hidden, ...config }, context) => {
  const [weightKey, key, validationKey] = split(context.key, 3);
  const { sample, logProb } = planeTargets[target];
  const flow = createVectorFlow(
    { size: 2, couplings, hidden },
    sampleParameter(weightKey),
  );
  using density = await rowMap(2, flow.logProb, context);
  const held = sample(validationKey, VALIDATION);
  const truth = logProbs(logProb, held);
  const training = await fitVectorFlow({
    ...config,
    flow,
    size: 2,
    sample,
    key,
    record: (logProb) => ({ "train/crossEntropy": -logProb }),
    validate: async () => {
      const found = await density.run(held);
      const kl = meanAndError(truth.map((log, i) => log - found[i]!));
      return { "validation/kl": kl.mean };
    },
  }, context);
  return { flow, training };
});

/** Log densities of points [point, 2], in double precision. */
export function logProbs(
  logProb: (x: number, y: number) => number,
  points: Float32Array,
): Float64Array {
  return Float64Array.from(
    { length: points.length / 2 },
    (_, i) => logProb(points[2 * i]!, points[2 * i + 1]!), // pairs
  );
}
