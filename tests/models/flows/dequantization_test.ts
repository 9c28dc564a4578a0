import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  dequantizedBound,
  uniformDequantization,
  variationalDequantization,
} from "../../../models/flows/dequantization.ts";
import { reshaped } from "../../../models/flows/reshaping.ts";
import { assertClose } from "../assert_close.ts";

const images = tf.tensor2d([[0, 255, 7], [128, 1, 2]]);

Deno.test("a density that is uniform on [0, 1] costs 8 bits for each grey pixel", () => {
  const noise = tf.tensor2d([[0, 0.5, 0.25], [0.125, 0.75, 0]]);
  const bound = dequantizedBound(
    images,
    noise,
    uniformDequantization,
    () => tf.zeros([2]),
  );
  assertClose(bound, [-3 * Math.log(256), -3 * Math.log(256)], {
    roundings: 4,
  });
  const { value } = uniformDequantization.apply(images, noise);
  assertClose(value, [
    0,
    255.5 / 256,
    7.25 / 256,
    128.125 / 256,
    1.75 / 256,
    2 / 256,
  ], {
    roundings: 2,
  });
});

Deno.test("variational dequantization whose flow is the identity adds sigmoids of normal numbers", () => {
  const dequantization = variationalDequantization(() => reshaped([3], [3]));
  const noise = tf.tensor2d([[0, 0, 0], [1, -2, 0.5]]);
  const { value, logDensity } = dequantization.apply(images, noise);
  assertEquals(dequantization.noise, "normal");
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  assertClose(
    value,
    [0.5, 255.5, 7.5, 128 + sigmoid(1), 1 + sigmoid(-2), 2 + sigmoid(0.5)]
      .map((x) => x / 256),
    { roundings: 4 },
  );
  const logNormal = (x: number) => -(x * x + Math.log(2 * Math.PI)) / 2;
  const logDensityOf = (x: number) =>
    logNormal(x) - Math.log(sigmoid(x) * sigmoid(-x));
  const total = (xs: number[]) =>
    xs.map(logDensityOf).reduce((sum, x) => sum + x);
  assertClose(logDensity, [total([0, 0, 0]), total([1, -2, 0.5])], {
    roundings: 16,
  });
});

Deno.test("variational dequantization shows its flow the images from -1 to 1", () => {
  let seen: readonly number[] = [];
  variationalDequantization((images) => {
    seen = [...images.dataSync()];
    return reshaped([3], [3]);
  }).apply(images, tf.zeros([2, 3]));
  const expected = [
    -1,
    1,
    7 / 127.5 - 1,
    128 / 127.5 - 1,
    1 / 127.5 - 1,
    2 / 127.5 - 1,
  ];
  assertClose(seen, expected, { roundings: 2 });
});
