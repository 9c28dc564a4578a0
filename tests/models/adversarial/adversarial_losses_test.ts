import { assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  discriminatorLoss,
  equilibrium,
  generatorLoss,
} from "../../../models/adversarial/adversarial_losses.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("discriminatorLoss() of undecided logits is log 4, whatever the target", () => {
  const logits = tf.zeros([5, 1]);
  for (const target of [1, 0.9]) {
    assertClose(discriminatorLoss(logits, logits, target), Math.log(4), {
      roundings: 8,
    });
  }
});

Deno.test("discriminatorLoss() is the cross-entropy of probabilities, one-sided", () => {
  const real = tf.tensor2d([[2], [-1]]);
  const fake = tf.tensor2d([[0.5], [3]]);
  const log = (l: number) => -Math.log1p(Math.exp(-l)); // of D
  const a = 0.9;
  const wanted =
    -(a * log(2) + (1 - a) * log(-2) + a * log(-1) + (1 - a) * log(1)) / 2 -
    (log(-0.5) + log(-3)) / 2;
  assertClose(discriminatorLoss(real, fake, a), wanted, { roundings: 16 });
});

Deno.test("both generator losses know their derivative in the logit: -(1 - D) and -D", () => {
  const logits = tf.tensor1d([-8, -1, 0, 2]);
  const d = Array.from(logits.sigmoid().dataSync());
  const slope = (kind: "saturating" | "non-saturating") =>
    tf.grad((l) => generatorLoss(l, kind).mul(4))(logits);
  assertClose(slope("saturating"), d.map((d) => -d), { roundings: 4 });
  assertClose(slope("non-saturating"), d.map((d) => d - 1), { roundings: 4 });
});

Deno.test("losses of far logits are finite", () => {
  const far = tf.tensor1d([200, -200]);
  assertClose(discriminatorLoss(far, far), 200, { roundings: 4 });
  assertClose(generatorLoss(far, "non-saturating"), 100, { roundings: 4 });
  assertClose(generatorLoss(far, "saturating"), -100, { roundings: 4 });
});

Deno.test("equilibrium() refuses a target outside of (0, 1]", () => {
  for (const target of [0, 1.1, NaN]) {
    assertThrows(
      () => equilibrium(target, "saturating"),
      RangeError,
      `Expected a target above 0 and at most 1 but found ${target}`,
    );
  }
});
