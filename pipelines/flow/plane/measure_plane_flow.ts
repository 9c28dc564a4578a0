/**
 * The stage that measures a flow over the plane against the density that it learned.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { VectorFlow } from "../../../models/flows/vector_flow.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import { historyPoints } from "../../charts/history_points.ts";
import { split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { Training } from "../../training/training.ts";
import { rowMap } from "../row_map.ts";
import { gridCells, LATENT_GRID, VIEW_CELLS } from "./plane_grids.ts";
import type { PlaneCase } from "./plane_case.ts";
import { type PlaneMeasures, planeMeasures } from "./plane_settings.ts";
import { type PlaneTargetName, planeTargets } from "./plane_targets.ts";
import { logProbs } from "./train_plane_flow.ts";

/** Points of each kind that are drawn. */
const DRAWN = 1500;

/** Cells along each side of the grid of the integral. */
const INTEGRAL_CELLS = 400;

/** Measures divergence, integral and inverse, and what pictures need. */
export const measurePlaneFlow: Stage<
  Partial<PlaneMeasures> & {
    readonly target: PlaneTargetName;
    readonly flow: Owned<VectorFlow>;
    readonly training: Training;
  },
  { readonly planeCase: PlaneCase }
> = stage("measure", {
  needs: ["target", "flow", "training"],
  settings: planeMeasures,
  adds: { planeCase: "divergence, integral, inverse, densities and grids" },
}, async ({ target, flow, training, testPoints }, context) => {
  const { sample, logProb, entropy, view, whole } = planeTargets[target];
  const [testKey, noiseKey] = split(context.key, 2);
  using density = await rowMap(2, flow.logProb, context);
  using back = await rowMap(2, flow.sample, context);
  using around = await rowMap(
    2,
    (x) => flow.inverse(flow.forward(x).value).sub(x).abs(),
    context,
  );
  using layers = await rowMap(2, (z) => afterEach(flow, z), context);
  const points = sample(testKey, testPoints);
  const truth = logProbs(logProb, points);
  const found = await density.run(points);
  const errors = await around.run(points);
  const box = gridCells(whole, INTEGRAL_CELLS);
  const overBox = await density.run(box.points);
  const inView = gridCells(view, VIEW_CELLS);
  const learned = await density.run(inView.points);
  const exact = logProbs(logProb, inView.points);
  const shapes = await layers.run(LATENT_GRID);
  return {
    planeCase: {
      target,
      entropy,
      crossEntropy: meanAndError(found.map((log) => -log)),
      kl: meanAndError(truth.map((log, i) => log - found[i]!)),
      integral: overBox.reduce((sum, log) => sum + Math.exp(log), 0) * box.area,
      inverseError: errors.reduce((most, error) => Math.max(most, error), 0),
      history: historyPoints(training.history, "validation/kl"),
      densities: [Float32Array.from(exact, Math.exp), learned.map(Math.exp)],
      points: [
        points.slice(0, 2 * DRAWN),
        await back.run(normal(noiseKey, 2 * DRAWN)),
      ],
      grids: unstacked(shapes, flow.layers.length + 1),
    },
  };
});

/** Latents, and what they become after each layer on the way to the data, [row, layer + 1, 2]. */
function afterEach(flow: VectorFlow, z: tf.Tensor2D): tf.Tensor {
  const shapes: tf.Tensor[] = [z];
  for (const layer of flow.layers.toReversed()) {
    shapes.push(layer.inverse(shapes.at(-1)!)); // at least one
  }
  return tf.stack(shapes, 1);
}

/** Rows of [layer, 2] as one array of [row, 2] for each layer. */
function unstacked(rows: Float32Array, layers: number): Float32Array[] {
  const count = rows.length / (2 * layers);
  return Array.from({ length: layers }, (_, layer) =>
    Float32Array.from(
      { length: 2 * count },
      (_, i) => rows[((i >> 1) * layers + layer) * 2 + i % 2]!, // as stacked
    ));
}
