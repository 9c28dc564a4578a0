import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { HIDDEN_SCORE } from "../../../models/layers/mask.ts";
import { maskedSoftmax } from "../../../models/layers/masked_softmax.ts";

/** Scores of four positions, of which masks hide none, some, and all. */
const scores = Float32Array.of(0.5, -1, 2, 0, 0.5, -1, 2, 0, 0.5, -1, 2, 0);
const hidden = [0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1];

Deno.test("maskedSoftmax() gives hidden positions nothing, and equal weights where all are hidden", async () => {
  for (const device of ["cpu", "tfjs"] as const) {
    using step = await compile(({ scores, mask }) => {
      const weigh = (x: tf.Tensor) => maskedSoftmax(x.add(mask));
      const weighted = (x: tf.Tensor) =>
        weigh(x).mul(tf.range(0, 4)).square().sum().asScalar();
      return { weights: weigh(scores), gradient: tf.grad(weighted)(scores) };
    }, {
      inputs: { scores: { shape: [3, 4] }, mask: { shape: [3, 4] } },
      device,
    });
    const mask = Float32Array.from(hidden, (one) => one * HIDDEN_SCORE);
    const { weights, gradient } = await step.run({ scores, mask });
    const [all, some, none] = [0, 4, 8].map((
      at,
    ) => [...weights.data.subarray(at, at + 4)]) as [
      number[],
      number[],
      number[],
    ];
    const e = scores.slice(0, 4).map(Math.exp);
    const [sum, seen] = [e[0]! + e[1]! + e[2]! + e[3]!, e[0]! + e[2]!];
    all.forEach((w, i) => assertAlmostEquals(w, e[i]! / sum, 2e-7));
    assertAlmostEquals(some[0]!, e[0]! / seen, 2e-7);
    assertEquals([some[1], some[3]], [0, 0]); // not 1e-39
    assertEquals(none, [0.25, 0.25, 0.25, 0.25]);
    // of 4 w2^2 with w0 + w2 = 1: 8 w2 times the derivative w0 w2
    const slope = 8 * some[2]! * some[0]! * some[2]!;
    const found = [...gradient.data.subarray(4, 8)];
    [-slope, 0, slope, 0].forEach((expected, i) =>
      assertAlmostEquals(found[i]!, expected, 2e-6)
    );
  }
});
