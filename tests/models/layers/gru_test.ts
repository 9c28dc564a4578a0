import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  gru,
  gruCell,
  type GruParameters,
} from "../../../models/layers/gru.ts";
import { linear } from "../../../models/layers/linear.ts";
import bigru from "../../golden/translation/bigru.json" with { type: "json" };
import cell from "../../golden/translation/gru_cell.json" with { type: "json" };
import { tensorOf, transposed } from "../../golden/translation/tensor.ts";
import { assertClose } from "../assert_close.ts";

/** Two products of up to four terms and three functions in a row, for each of up to four steps. */
const roundings = 64;

for (const [i, golden] of cell.cases.entries()) {
  Deno.test(`gruCell() has PyTorch's state and gradients, case ${i + 1}`, () => {
    const tensors = {
      x: tensorOf(golden.x),
      h: tensorOf(golden.h),
      weightInput: transposed(golden.weightInput),
      weightHidden: transposed(golden.weightHidden),
      biasInput: tensorOf(golden.biasInput),
      biasHidden: tensorOf(golden.biasHidden),
    };
    const next = () =>
      gruCell(
        linear(tensors.x, {
          weight: tensors.weightInput,
          bias: tensors.biasInput,
        }),
        tensors.h,
        { weight: tensors.weightHidden, bias: tensors.biasHidden },
      );
    assertClose(next(), golden.y.data, { roundings });
    const { gradients } = valueAndGradients(
      () => next().square().sum().asScalar(),
      tensors,
    );
    const expected = golden.gradientsOfSumOfSquares;
    const flat = (name: keyof typeof expected) =>
      name.startsWith("weight")
        ? transposed(expected[name])
        : tensorOf(expected[name]);
    for (const name of Object.keys(tensors) as (keyof typeof expected)[]) {
      assertClose(gradients[name]!, Array.from(flat(name).dataSync()), {
        roundings,
        name,
      });
    }
  });
}

Deno.test("gruCell() by hand: one unit with weights of zero moves half the way to tanh of the bias", () => {
  const hidden = { weight: tf.zeros([1, 3]), bias: tf.zeros([3]) };
  const next = gruCell(tf.tensor2d([[0, 0, 2]]), tf.tensor2d([[1]]), hidden);
  assertClose(next, [(Math.tanh(2) + 1) / 2], { roundings });
});

const [golden] = bigru.cases;
const { weights } = golden!;
const parametersOf = (ending: "l0" | "l0_reverse"): GruParameters => ({
  input: {
    weight: transposed(weights[`weight_ih_${ending}`]),
    bias: tensorOf(weights[`bias_ih_${ending}`]),
  },
  hidden: {
    weight: transposed(weights[`weight_hh_${ending}`]),
    bias: tensorOf(weights[`bias_hh_${ending}`]),
  },
});

Deno.test("gru() in both directions reads packed sequences as PyTorch does, whatever padding holds", () => {
  const clean = tensorOf(golden!.x);
  const isToken = tf.tensor2d([[1, 1, 1, 1], [1, 1, 0, 0]]);
  const junk = tf.fill([2, 4, 3], 9).mul(tf.sub(1, isToken.expandDims(2)));
  for (const x of [clean, clean.add(junk)]) {
    const forward = gru(x, isToken, parametersOf("l0"), "forward");
    const backward = gru(x, isToken, parametersOf("l0_reverse"), "backward");
    const outputs = tf.concat([
      tf.stack([...forward.outputs], 1),
      tf.stack([...backward.outputs], 1),
    ], 2);
    assertClose(outputs, golden!.outputs.data, { roundings });
    const last = tf.stack([forward.last, backward.last]);
    assertClose(last, golden!.finalStates.data, { roundings });
  }
});
