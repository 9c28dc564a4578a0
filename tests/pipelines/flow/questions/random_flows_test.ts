import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { chain } from "../../../../models/flows/bijector.ts";
import { fold, split } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { logAbsDet } from "../../../../pipelines/flow/questions/log_abs_det.ts";
import { measureInverses } from "../../../../pipelines/flow/questions/measure_inverses.ts";
import { measureJacobians } from "../../../../pipelines/flow/questions/measure_jacobians.ts";
import { randomFlow } from "../../../../pipelines/flow/questions/random_flow.ts";
import { inContext } from "../../in_context.ts";
import { turnsOf, withClock } from "../../scripted_clock.ts";

Deno.test("measureInverses() sends vectors of 16 numbers through couplings with raw log scales of size 0.35", async () => {
  await inContext(async (context) => {
    const request = { depth: 3, bounds: [0.5, 4], width: 6, vectors: 40 };
    const { inverses } = await measureInverses.run(request, {
      ...context,
      device: "tfjs",
    });
    const [weightKey, vectorKey] = split(context.key, 2);
    const x = tf.tensor2d(normal(vectorKey, 40 * 16), [40, 16]);
    const wanted = [0.5, 4].map((bound) => {
      const sizes = { size: 16, couplings: 3, width: 6, bound, raw: 0.35 };
      using flow = randomFlow(sizes, fold(weightKey, "flow"));
      const errors = [1, 2, 3].map((layers) => {
        const part = chain(flow.layers.slice(0, layers));
        const error = part.inverse(part.forward(x).value).sub(x).abs().max();
        return { x: layers, y: error.dataSync()[0]! };
      });
      return { bound, errors };
    });
    assertEquals(inverses, wanted);
  });
});

Deno.test("measureJacobians() takes the least of five and of two turns, and tells what the determinants differ by", async () => {
  await inContext(async (context) => {
    const measure = async () =>
      await measureJacobians.run({ sizes: [2, 4], width: 5 }, {
        ...context,
        device: "tfjs",
      });
    const turns = [
      ...[...[9, 8, 6, 7, 8], ...[30, 20]],
      ...[...[3, 4, 5, 6, 2], ...[40, 50]],
    ];
    const [{ jacobians }, read] = await withClock(
      "measure_jacobians.ts",
      turnsOf(turns),
      measure,
    );
    assertEquals(read, 28);
    assertEquals(
      jacobians.map(({ size, triangularMs, generalMs }) => [
        ...[size, triangularMs, generalMs],
      ]),
      [[2, 6, 20], [4, 2, 40]],
    );
    const [weightKey, vectorKey] = split(context.key, 2);
    for (const { size, difference } of jacobians) {
      const sizes = { size, couplings: 4, width: 5, bound: 2, raw: 0.1 };
      using flow = randomFlow(sizes, fold(weightKey, size));
      const x = tf.tensor2d(normal(fold(vectorKey, size), size), [1, size]);
      const sum = flow.forward(x).logDet.dataSync()[0]!;
      const rows = Array.from({ length: size }, (_, i) => {
        const direction = tf.oneHot(i, size).toFloat();
        const along = (x: tf.Tensor) =>
          flow.forward(x).value.mul(direction).sum().asScalar();
        return [...tf.grad(along)(x).dataSync()];
      });
      const found = Math.abs(sum - logAbsDet(rows.flat()));
      assertAlmostEquals(difference, found, 1e-15);
    }
  });
});
