/**
 * The stage that measures how well flows are undone, layer by layer.
 * @module
 */
import { chain } from "../../../models/flows/bijector.ts";
import type { Point } from "../../charts/thin_points.ts";
import { fold, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import { rowMap } from "../row_map.ts";
import { type RandomFlows, randomFlows } from "./question_settings.ts";
import { randomFlow } from "./random_flow.ts";

/** How well the first layers of a flow are undone in single precision. */
export interface InverseErrors {
  /** The greatest |log scale| of a coupling. */
  readonly bound: number;
  /** The largest error of a number (y) through so many couplings and back (x). */
  readonly errors: readonly Point[];
}

/** Numbers of a vector. */
const SIZE = 16;

/** Size of raw log scales, of which a bound cuts a part. */
const RAW = 0.35;

/** Sends normal vectors through the first 1, 2, ... couplings of flows with random weights, and back. */
export const measureInverses: Stage<
  Partial<RandomFlows>,
  { readonly inverses: readonly InverseErrors[] }
> = stage("inverses", {
  needs: [],
  settings: only(randomFlows, "depth", "bounds", "width", "vectors"),
  adds: { inverses: "largest errors by depth, for each bound" },
}, async ({ depth, bounds, width, vectors }, context) => {
  const [weightKey, vectorKey] = split(context.key, 2);
  const x = normal(vectorKey, vectors * SIZE);
  const inverses: InverseErrors[] = [];
  for (const bound of bounds) {
    const sizes = { size: SIZE, couplings: depth, width, bound, raw: RAW };
    using flow = randomFlow(sizes, fold(weightKey, "flow"));
    const errors: Point[] = [];
    for (let layers = 1; layers <= depth; layers++) {
      const part = chain(flow.layers.slice(0, layers));
      using around = await rowMap(
        SIZE,
        (x) => part.inverse(part.forward(x).value).sub(x).abs(),
        context,
      );
      const found = await around.run(x);
      const largest = found.reduce((most, one) => Math.max(most, one), 0);
      errors.push({ x: layers, y: largest });
    }
    inverses.push({ bound, errors });
  }
  return { inverses };
});
