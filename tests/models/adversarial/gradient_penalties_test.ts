import * as tf from "@tensorflow/tfjs";
import {
  type Critic,
  gradientPenalty,
  r1Penalty,
} from "../../../models/adversarial/gradient_penalties.ts";
import { wasserstein } from "../../../models/adversarial/objective.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { activate } from "../../../models/layers/activation.ts";
import { linear } from "../../../models/layers/linear.ts";
import golden from "../../golden/gan.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const { gradientPenalty: expected } = golden;
const real = tf.tensor2d(expected.real);
const fake = tf.tensor2d(expected.fake);
const mix = tf.tensor1d(expected.e).as2D(4, 1);

/** The critic of the golden numbers, of variables. */
function critic(): {
  readonly score: Critic;
  readonly variables: Readonly<Record<"W1" | "b1" | "W2", tf.Tensor>>;
} {
  const W1 = tf.tensor2d(expected.W1);
  const b1 = tf.tensor1d(expected.b1);
  const W2 = tf.tensor2d(expected.W2);
  const score = (x: tf.Tensor) =>
    linear(activate("leaky-relu", linear(x, { weight: W1, bias: b1 })), {
      weight: W2,
    });
  return { score, variables: { W1, b1, W2 } };
}

Deno.test("gradientPenalty() agrees with PyTorch, and so do the gradients of the critic's whole loss", () => {
  const { score, variables } = critic();
  const penalty = gradientPenalty(score, real, fake, mix);
  assertClose(penalty, expected.penalty, { roundings: 32 });
  const { discriminator, penalty: weighted } = wasserstein(10);
  const { value, gradients } = valueAndGradients(
    () =>
      discriminator({ real: score(real), fake: score(fake) }).add(
        weighted!({ critic: score, real, fake, mix }),
      ),
    variables,
  );
  assertClose(value, expected.loss, { roundings: 64 });
  for (const name of ["W1", "b1", "W2"] as const) {
    // 1 / norm is 60 for a slope of 0.017, which magnifies its roundings
    assertClose(gradients[name]!, expected.gradients[name], {
      roundings: 64 * 60,
      name,
    });
  }
});

Deno.test("gradientPenalty() of a linear critic is (norm of its weight - 1)^2, whatever the batch", () => {
  const score: Critic = (x) => x.matMul(tf.tensor2d([[3], [0], [4]]));
  assertClose(gradientPenalty(score, real, fake, mix), 16, { roundings: 8 });
  const two = [real, fake, mix].map((x) => x.slice([0], [2])) as [
    tf.Tensor2D,
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  assertClose(gradientPenalty(score, ...two), 16, { roundings: 8 });
});

Deno.test("gradientPenalty() of a constant critic is 1, with finite gradients", () => {
  const weight = tf.zeros([3, 1]);
  const { value, gradients } = valueAndGradients(
    () => gradientPenalty((x) => x.matMul(weight), real, fake, mix),
    { weight },
  );
  assertClose(value, (1 - 1e-6) ** 2, { roundings: 4 });
  assertClose(gradients["weight"]!, [[0], [0], [0]], { roundings: 0 });
});

Deno.test("r1Penalty() of x^T A x / 2 is the mean of |A x|^2, and its gradient in A is 2 A x x^T", () => {
  const a = tf.tensor2d([[2, 1], [1, 3]]);
  const x = tf.tensor2d([[1, -1], [0.5, 2]]);
  const score: Critic = (x) => x.matMul(a).mul(x).sum(1).div(2);
  const penalty = r1Penalty(score, x);
  // A (1, -1) = (1, -2), A (0.5, 2) = (3, 6.5)
  assertClose(penalty, (5 + 51.25) / 2, { roundings: 8 });
});

Deno.test("the gradient of a penalty is that of its closed form, through two hidden layers", () => {
  const first = wave<tf.Rank.R2>([3, 4], 0.4);
  const second = wave<tf.Rank.R2>([4, 4], 1.4);
  const third = wave<tf.Rank.R2>([4, 1], 2.4);
  const tensors = { first, second, third };
  const layers = (x: tf.Tensor) => {
    const one = linear(x, { weight: first });
    const two = linear(activate("leaky-relu", one), { weight: second });
    return { one, two };
  };
  const score: Critic = (x) =>
    linear(activate("leaky-relu", layers(x).two), { weight: third });
  // the slope of a piecewise linear critic: W1 diag(s1) W2 diag(s2) w3, with slopes 1 or 0.2
  const slopeOf = (x: tf.Tensor) => tf.step(x).mul(0.8).add(0.2);
  const squared = (x: tf.Tensor2D) => {
    const { one, two } = layers(x);
    const top = slopeOf(two).mul(third.as1D());
    const bottom = top.matMul(second.transpose()).mul(slopeOf(one));
    return bottom.matMul(first.transpose()).square().sum(1);
  };
  const between = fake.add<tf.Tensor2D>(real.sub(fake).mul(mix));
  const closed = valueAndGradients(
    () =>
      squared(between).sqrt().sub(1).square().mean<tf.Scalar>()
        .add(squared(real).mean()),
    tensors,
  );
  const found = valueAndGradients(
    () => gradientPenalty(score, real, fake, mix).add(r1Penalty(score, real)),
    tensors,
  );
  assertClose(found.value, closed.value.dataSync()[0]!, { roundings: 64 });
  for (const name of ["first", "second", "third"] as const) {
    // products of three matrices of 4, twice
    assertClose(
      found.gradients[name]!,
      Array.from(closed.gradients[name]!.dataSync()),
      { roundings: 128, name },
    );
  }
});
