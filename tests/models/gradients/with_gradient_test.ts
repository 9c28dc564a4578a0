import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { withGradient } from "../../../models/gradients/with_gradient.ts";

/** x * y, with three times the gradient for x and none for y. */
function product(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return withGradient([x, y], {
    value: (x, y) => x.mul(y),
    gradient: (dy, _, y) => [dy.mul(y).mul(3), tf.zerosLike(y)],
  });
}

Deno.test("withGradient() uses the gradient that it is given, also for tensors made on the way", () => {
  const f = (x: tf.Tensor, y: tf.Tensor) => product(x.mul(2), y.add(1));
  const [dx, dy] = tf.grads(f)([tf.scalar(5), tf.scalar(6)]);
  assertEquals(f(tf.scalar(5), tf.scalar(6)).dataSync()[0], 70);
  assertEquals(dx!.dataSync()[0], 2 * 3 * 7);
  assertEquals(dy!.dataSync()[0], 0);
});

Deno.test("withGradient() can be differentiated twice", () => {
  // the gradient for x is 3 y, whose own derivative for y is 3
  const slope = (y: tf.Tensor) => tf.grad((x) => product(x, y))(tf.scalar(5));
  assertEquals(tf.grad(slope)(tf.scalar(6)).dataSync()[0], 3);
});
