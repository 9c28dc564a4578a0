import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { additiveScores } from "../../../models/attention/additive.ts";
import { attend } from "../../../models/attention/attend.ts";
import { locationScores } from "../../../models/attention/location.ts";
import { multiplicativeScores } from "../../../models/attention/multiplicative.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { linear } from "../../../models/layers/linear.ts";
import additive from "../../golden/translation/bahdanau.json" with {
  type: "json",
};
import multiplicative from "../../golden/translation/luong.json" with {
  type: "json",
};
import { tensorOf } from "../../golden/translation/tensor.ts";
import { assertClose } from "../assert_close.ts";

/** A product, a hyperbolic tangent, a product, a softmax and a mean, of up to four terms each. */
const roundings = 32;

for (const [i, golden] of additive.cases.entries()) {
  Deno.test(`additive attention has PyTorch's weights, context and gradients, case ${i + 1}`, () => {
    const query = tensorOf(golden.query).expandDims(1); // [batch, 1, width]
    const memory = tensorOf(golden.memory);
    const isToken = tf.tensor2d(golden.mask);
    const gather = () => {
      const keys = linear(memory, { weight: tensorOf(golden.U) });
      const scores = additiveScores(query, keys, {
        query: { weight: tensorOf(golden.W) },
        key: { weight: tensorOf(golden.U) },
        score: { weight: tensorOf(golden.v).expandDims(1) },
      });
      return { scores, ...attend(scores, isToken, memory) };
    };
    const { scores, weights, context } = gather();
    const shown = tf.mul(scores.squeeze([1]), isToken);
    const wanted = tensorOf(golden.scores).mul(isToken);
    assertClose(shown, Array.from(wanted.dataSync()), { roundings });
    assertClose(weights, golden.weights.data, { roundings });
    assertClose(context, golden.context.data, { roundings });
    const { gradients } = valueAndGradients(
      () => gather().context.square().sum().asScalar(),
      { query, memory },
    );
    const expected = golden.gradientsOfSumOfSquares;
    assertClose(gradients["query"]!, expected.query.data, { roundings });
    assertClose(gradients["memory"]!, expected.memory.data, { roundings });
  });
}

for (const [i, golden] of multiplicative.cases.entries()) {
  const query = tensorOf(golden.query).expandDims(1);
  const memory = tensorOf(golden.memory);
  const keys = linear(memory, { weight: tf.transpose(tensorOf(golden.W)) });
  const width = memory.shape[2]!;
  const kinds = {
    dot: multiplicativeScores(query, memory),
    general: multiplicativeScores(query, keys),
    "scaled dot": multiplicativeScores(query, memory, width ** -0.5),
  };
  for (const [kind, scores] of Object.entries(kinds)) {
    Deno.test(`multiplicative attention (${kind}) has PyTorch's weights and context, case ${i + 1}`, () => {
      const expected = golden.results[kind as keyof typeof kinds];
      const found = attend(scores, tf.tensor2d(golden.mask), memory);
      assertClose(found.weights, expected.weights.data, { roundings });
      assertClose(found.context, expected.context.data, { roundings });
    });
  }
}

Deno.test("padding gets a weight of exactly 0, however high its score", () => {
  const scores = tf.tensor3d([[[0, 0, 1e4]]]);
  const isToken = tf.tensor2d([[1, 1, 0]]);
  const { weights } = attend(scores, isToken, tf.ones([1, 3, 1]));
  assertEquals(Array.from(weights.dataSync()), [0.5, 0.5, 0]);
});

Deno.test("attention by location scores positions without a look at the source, by hand", () => {
  const queries = tf.tensor3d([[[1, 2]]]);
  const parameters = {
    weight: tf.tensor2d([[1, 0, 5], [0, 3, 5]]),
    bias: tf.tensor1d([0, 1, 5]),
  };
  assertClose(locationScores(queries, 2, parameters), [1, 7], { roundings });
  assertThrows(
    () => locationScores(queries, 4, parameters),
    RangeError,
    "Expected at most 3 source positions but found 4",
  );
});
