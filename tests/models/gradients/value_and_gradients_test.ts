import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";

Deno.test("valueAndGradients() names the gradients of variables and of probes", () => {
  const weight = tf.variable(tf.scalar(3));
  const probe = tf.scalar(0);
  const loss = () => weight.mul(2).add(probe).square().asScalar(); // (2 w + p)^2
  const { value, gradients } = valueAndGradients(loss, { weight, probe });
  assertEquals(value.dataSync()[0], 36);
  assertEquals(gradients["weight"]!.dataSync()[0], 24);
  assertEquals(gradients["probe"]!.dataSync()[0], 12);
});

Deno.test("valueAndGradients() refuses a tensor that the loss does not depend on", () => {
  const used = tf.scalar(1);
  const unused = tf.scalar(1);
  assertThrows(() => valueAndGradients(() => used.square(), { used, unused }));
});
