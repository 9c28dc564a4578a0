import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  annealedPoint,
  pointsBySize,
} from "../../../../pipelines/vae/estimators/estimate_points.ts";

const weights = [1, 3, 2, 2]; // of one image; their mean is 2
const logWeights = Float32Array.from(weights, Math.log);
const truth = Float64Array.of(Math.log(2));

Deno.test("pointsBySize() measures each group against the truth, and predicts by the delta method", () => {
  const [one, two] = pointsBySize(
    { estimator: "encoder", logWeights, images: 1, truth },
    [1, 2],
  );
  const squares = weights.map((w) => Math.log(w / 2) ** 2);
  const error = Math.sqrt(squares.reduce((a, b) => a + b) / 4);
  assertAlmostEquals(one!.error!, error, 1e-6); // float32
  assertAlmostEquals(two!.error!, 0, 1e-6); // both pairs have mean 2
  assertAlmostEquals(two!.bound, Math.log(2), 1e-6);
  // variance 2/3 over a mean of 2
  assertAlmostEquals(one!.predictedError, Math.sqrt(2 / 3) / 2, 1e-6);
  assertAlmostEquals(two!.predictedError, Math.sqrt(1 / 3) / 2, 1e-6);
  assertAlmostEquals(one!.effectiveSampleSize, 64 / 18, 1e-6);
  assertEquals([one!.evaluations, two!.evaluations], [1, 2]);
});

Deno.test("pointsBySize() has no error without a truth", () => {
  const [point] = pointsBySize(
    { estimator: "prior", logWeights, images: 1 },
    [1],
  );
  assertEquals("error" in point!, false);
});

Deno.test("annealedPoint() makes one estimate of all chains of an image", () => {
  const point = annealedPoint({
    logWeights: Float64Array.from(weights, Math.log),
    images: 1,
    distributions: 7,
    evaluations: 60,
    truth: Float64Array.of(0),
  });
  assertAlmostEquals(point.bound, Math.log(2), 1e-15);
  assertAlmostEquals(point.error!, Math.log(2), 1e-15);
  assertEquals([point.size, point.evaluations], [7, 60]);
});
