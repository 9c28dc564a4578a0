import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { clipByGlobalNorm } from "../../../models/optimizers/clip_by_global_norm.ts";
import { assertClose } from "../assert_close.ts";

const gradients = { a: tf.tensor([3, 0]), b: tf.tensor([[0], [4]]) }; // length 5

Deno.test("clipByGlobalNorm() shortens all gradients by one factor", () => {
  const { gradients: clipped, norm } = clipByGlobalNorm(gradients, 2);
  assertEquals(norm.dataSync()[0], 5);
  assertClose(clipped["a"]!, [1.2, 0], { roundings: 3 });
  assertClose(clipped["b"]!, [0, 1.6], { roundings: 3 });
});

Deno.test("clipByGlobalNorm() leaves short and vanishing gradients alone", () => {
  const { gradients: short } = clipByGlobalNorm(gradients, 5.5);
  assertEquals([...short["a"]!.dataSync()], [3, 0]);
  const { gradients: zero } = clipByGlobalNorm({ a: tf.zeros([2]) }, 1);
  assertEquals([...zero["a"]!.dataSync()], [0, 0]);
});
