import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  hiddenLayers,
  hiddenSpecs,
  lastWidth,
  reversed,
} from "../../../models/layers/hidden_layers.ts";
import { listParameters } from "../../../models/parameters/parameters.ts";

Deno.test("hiddenSpecs() joins each layer to the one before it", () => {
  const shapes = listParameters(hiddenSpecs(7, [5, 4, 3]))
    .map(({ name, shape }) => `${name} ${shape}`);
  assertEquals(shapes, [
    ...["hidden/weight 7,5", "hidden/bias 5"],
    ...["deeper/0/weight 5,4", "deeper/0/bias 4"],
    ...["deeper/1/weight 4,3", "deeper/1/bias 3"],
  ]);
});

Deno.test("one layer has the same parameters however its width is written", () => {
  assertEquals(hiddenSpecs(7, [5]), hiddenSpecs(7, 5));
});

Deno.test("hiddenLayers() applies layers and rectifiers in order", () => {
  const y = tf.tidy(() => {
    const identity = (bias: number[]) => ({
      weight: tf.tensor2d([[1, 0], [0, 1]]),
      bias: tf.tensor1d(bias),
    });
    const layers = { hidden: identity([-1, 0]), deeper: [identity([0, -3])] };
    const y = hiddenLayers(tf.tensor2d([[0.5, 2], [4, 5]]), layers, "relu");
    return [...y.dataSync()];
  });
  // (0.5, 2) - (1, 0) -> (0, 2) - (0, 3) -> (0, 0); (4, 5) -> (3, 5) -> (3, 2)
  assertEquals(y, [0, 0, 3, 2]);
});

Deno.test("widths have a last one, also in reverse", () => {
  assertEquals([lastWidth(5), lastWidth([5, 4])], [5, 4]);
  assertEquals([reversed(5), reversed([5, 4])], [5, [4, 5]]);
});

Deno.test("no hidden layer at all is refused", () => {
  assertThrows(
    () => hiddenSpecs(7, []),
    RangeError,
    "Expected at least one hidden layer but found none",
  );
});
