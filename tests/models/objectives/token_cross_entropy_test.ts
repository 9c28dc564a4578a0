import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { Categorical } from "../../../models/distributions/categorical.ts";
import { tokenCrossEntropy } from "../../../models/objectives/token_cross_entropy.ts";
import golden from "../../golden/token_cross_entropy.json" with {
  type: "json",
};
import { classes, wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

const SHAPE: [number, number, number] = [2, 3, 7];
const roundings = 7 * 4; // seven tokens: exponential, sum, logarithm, difference

Deno.test("tokenCrossEntropy() of equal logits is log 27 nats, and smoothing keeps it", () => {
  const targets = tf.tensor1d([0, 26], "int32");
  for (const labelSmoothing of [0, 0.1]) {
    const nats = tokenCrossEntropy(tf.fill([2, 27], 5), targets, {
      labelSmoothing,
    });
    assertClose(nats, [Math.log(27), Math.log(27)], { roundings: 27 });
  }
});

Deno.test("tokenCrossEntropy() is the negative log probability of Categorical", () => {
  const [logits, targets] = [
    wave<tf.Rank.R3>(SHAPE, 1.5, 4),
    classes([2, 3], 7),
  ];
  const nats = tokenCrossEntropy(logits, targets);
  const expected = new Categorical(logits).logProb(targets).neg();
  assertClose(nats, [...expected.dataSync()], { roundings });
});

for (const device of ["tfjs", "cpu"] as const) {
  for (
    const [name, labelSmoothing] of [["plain", 0], ["smoothed", 0.1]] as const
  ) {
    Deno.test(`tokenCrossEntropy(), ${name}, and two derivatives agree with PyTorch, ${device}`, async () => {
      const weights = wave<tf.Rank.R2>([2, 3], 0.4);
      const vector = wave<tf.Rank.R3>(SHAPE, 2.2);
      using step = await compile(({ logits, targets }) => {
        const nats = (x: tf.Tensor) =>
          tokenCrossEntropy(x, targets, { labelSmoothing });
        const gradient = tf.grad((x: tf.Tensor) => nats(x).mul(weights).sum());
        const along = (x: tf.Tensor) => gradient(x).mul(vector).sum();
        return {
          nats: nats(logits),
          gradient: gradient(logits),
          hessianTimesVector: tf.grad(along)(logits),
        };
      }, {
        inputs: {
          logits: { shape: SHAPE },
          targets: { shape: [2, 3], dtype: "int32" },
        },
        device,
      });
      const outputs = await step.run({
        logits: wave<tf.Rank.R3>(SHAPE, 0.5, 3).dataSync() as Float32Array,
        targets: classes<tf.Rank.R2>([2, 3], 7).dataSync() as Int32Array,
      });
      for (const [key, expected] of Object.entries(golden[name])) {
        const { data } = outputs[key as keyof typeof outputs]; // the same keys
        assertClose(data, expected, { roundings, name: key });
      }
    });
  }
}

Deno.test("tokenCrossEntropy() of large logits stays finite, and so does its gradient", () => {
  const logits = tf.tensor2d([[1e4, -1e4, 0]]);
  const target = tf.tensor1d([1], "int32");
  assertEquals(tokenCrossEntropy(logits, target).dataSync()[0], 2e4);
  const gradient = tf.grad((x: tf.Tensor) =>
    tokenCrossEntropy(x, target).sum()
  )(logits);
  assertEquals([...gradient.dataSync()], [1, -1, 0]);
});

Deno.test("tokenCrossEntropy() trains a vocabulary of 10,000", async () => {
  const [rows, vocabulary] = [600, 10_000]; // 24 MB: more than a graph may hold as a constant
  const bias = tf.variable(tf.zeros([vocabulary]));
  using step = await compile(({ targets }) => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = tf.broadcastTo(bias, [rows, vocabulary]);
      return tokenCrossEntropy(logits, targets).mean().asScalar();
    }, [bias]);
    const gradient = grads[bias.name]!; // one variable
    return { loss: value, at: gradient.slice(0, 3), sum: gradient.sum() };
  }, { inputs: { targets: { shape: [rows], dtype: "int32" } }, device: "cpu" });
  const { loss, at, sum } = await step.run({
    targets: new Int32Array(rows).fill(1),
  });
  bias.dispose();
  assertClose(loss.data, [Math.log(vocabulary)], { roundings: vocabulary });
  assertClose(at.data, [1e-4, 1e-4 - 1, 1e-4], { roundings: rows });
  assertClose(sum.data, [0], { roundings: vocabulary });
});

Deno.test("tokenCrossEntropy() refuses other types, shapes and shares", () => {
  const [logits, targets] = [tf.zeros([2, 3]), tf.zeros([2], "int32")];
  assertThrows(
    () => tokenCrossEntropy(logits, tf.zeros([2])),
    TypeError,
    "Expected targets to be int32 but found float32",
  );
  assertThrows(
    () => tokenCrossEntropy(logits, tf.zeros([3], "int32")),
    RangeError,
    "Expected targets of shape [2] for logits of shape [2,3] but found [3]",
  );
  assertThrows(
    () => tokenCrossEntropy(logits, targets, { labelSmoothing: 1 }),
    RangeError,
    "Expected label smoothing in [0, 1) but found 1",
  );
});
