import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { stopGradient } from "../../../models/gradients/stop_gradient.ts";

Deno.test("stopGradient() makes a factor of a product constant", () => {
  const x = tf.scalar(3);
  const gradient = tf.grad((x) => x.mul(stopGradient(x)))(x); // 3 instead of 6
  assertEquals(gradient.dataSync()[0], 3);
});
