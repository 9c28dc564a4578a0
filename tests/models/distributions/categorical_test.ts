import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Categorical } from "../../../models/distributions/categorical.ts";
import golden from "../../golden/distributions.json" with { type: "json" };
import { classes, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const categorical = new Categorical(wave([4, 6], 0.5, 3));
const roundings = 6 * 4; // six classes: exponential, sum, logarithm, difference

Deno.test("Categorical of equal logits gives each of 27 classes -log 27 nats", () => {
  const uniform = new Categorical(tf.fill([2, 27], 5));
  const logProb = uniform.logProb(tf.tensor([0, 26], [2], "int32"));
  const expected = -Math.log(27);
  assertClose(logProb, [expected, expected], { roundings: 27 });
  assertClose(uniform.entropy(), [-expected, -expected], { roundings: 54 });
});

Deno.test("Categorical agrees with PyTorch", () => {
  const logProb = categorical.logProb(classes([4], 6));
  assertClose(logProb, golden.categoricalLogProb, { roundings });
  assertClose(categorical.entropy(), golden.categoricalEntropy, { roundings });
});

Deno.test("Categorical.logProb() takes classes on any leading axes", () => {
  const sequences = new Categorical(wave([2, 2, 6], 0.5, 3));
  const logProb = sequences.logProb(classes([2, 2], 6));
  assertEquals(logProb.shape, [2, 2]);
  assertClose(logProb, golden.categoricalLogProb, { roundings });
});

Deno.test("Categorical.sample() inverts the cumulated probabilities", () => {
  const fair = new Categorical(tf.log(tf.tensor([[0.25, 0.25, 0, 0.5]])));
  const sample = (noise: number) => fair.sample(tf.tensor([noise])).dataSync();
  assertEquals(
    [0, 0.24, 0.26, 0.49, 0.51, 1 - 2 ** -24].flatMap((noise) => [
      ...sample(noise),
    ]),
    [0, 0, 1, 1, 3, 3],
  );
});

Deno.test("Categorical.sample() never takes a class of probability zero", () => {
  // the rounded sum of these probabilities is below one, where the greatest noise could fall past the end
  const logits = [...Array(50).fill(0.1), ...Array(7).fill(-1e9)];
  const sample = new Categorical(tf.tensor([logits]))
    .sample(tf.tensor([1 - 2 ** -24]));
  assertEquals([...sample.dataSync()], [49]);
});

Deno.test("Categorical.sample() takes noise on any leading axes", () => {
  const rows = [[[0.5, 0.5, 0], [0, 0.25, 0.75]]];
  const several = new Categorical(tf.log(tf.tensor(rows)).tile([2, 1, 1]));
  const found = several.sample(tf.tensor([[0.4, 0.2], [0.6, 0.3]]));
  assertEquals(found.shape, [2, 2]);
  assertEquals([...found.dataSync()], [0, 1, 1, 2]);
});
