import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  createDiscriminator,
  createGenerator,
  perceptronSpecs,
  perceptronStateSpecs,
} from "../../models/gan.ts";
import {
  countParameters,
  listParameters,
} from "../../models/parameters/parameters.ts";
import { drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

Deno.test("the published generator has 1,510,032 parameters, the discriminator 533,505", () => {
  const widths = [100, 128, 256, 512, 1024, 784];
  assertEquals(
    countParameters(perceptronSpecs({ widths, norm: "batch" })),
    1_510_032,
  );
  assertEquals(
    countParameters(perceptronSpecs({ widths: [784, 512, 256, 1] })),
    533_505,
  );
  // mean and variance of 256, 512 and 1024 channels
  assertEquals(
    countParameters(perceptronStateSpecs({ widths, norm: "batch" })),
    2 * 1792,
  );
});

Deno.test("batch norms follow the hidden layers from the second on, spectral norms all layers", () => {
  const names = (norm: "none" | "batch" | "spectral") =>
    listParameters(perceptronStateSpecs({ widths: [2, 3, 4, 5, 1], norm })).map(
      ({ name }) => name,
    );
  assertEquals(names("none"), []);
  assertEquals(names("batch"), [
    "statistics/1/mean",
    "statistics/1/variance",
    "statistics/2/mean",
    "statistics/2/variance",
  ]);
  assertEquals(names("spectral"), [
    "singular/0",
    "singular/1",
    "singular/2",
    "singular/3",
  ]);
});

Deno.test("a perceptron of one hidden layer is worked by hand", () => {
  const values: Record<string, number[]> = {
    "layers/0/weight": [1, -1],
    "layers/0/bias": [0, 1],
    "layers/1/weight": [2, 5],
    "layers/1/bias": [0.5],
  };
  using player = createDiscriminator(
    { widths: [1, 2, 1] },
    ({ name }) => Float32Array.from(values[name]!),
  );
  const x = tf.tensor2d([[3], [-2]]);
  // 3: (3, -2) -> (3, -0.4) -> 6 - 2 + 0.5; -2: (-2, 3) -> (-0.4, 3) -> -0.8 + 15 + 0.5
  for (const y of [player.evaluate(x), player.train(x, {}).y]) {
    assertClose(y, [[4.5], [14.7]], { roundings: 8 });
  }
});

Deno.test("a generator gives numbers in (-1, 1); after many passes of one batch evaluation agrees with training", () => {
  using player = createGenerator({ widths: [3, 8, 8, 4] }, drawWave);
  const noise = wave<tf.Rank.R2>([64, 3], 0.4);
  const { y } = player.train(noise, player.state);
  let state = player.train(noise, player.state).state;
  for (let i = 0; i < 150; i++) state = player.train(noise, state).state;
  for (const [name, variable] of Object.entries(player.state)) {
    variable.assign(state[name]!);
  }
  assertEquals(y.abs().max().dataSync()[0]! < 1, true);
  // 0.9^150 is 1e-7; the unbiased variance is 64 / 63 of the batch's, which moves numbers by 0.8 %
  assertClose(player.evaluate(noise), Array.from(y.dataSync()), {
    roundings: 0.008 * 2 ** 24,
  });
});

Deno.test("spectral norms leave every layer with norm 1 after some passes", () => {
  using player = createDiscriminator(
    { widths: [3, 4, 4, 1], norm: "spectral" },
    drawWave,
  );
  const x = wave<tf.Rank.R2>([16, 3], 0.4);
  let state = player.train(x, player.state).state;
  for (let i = 0; i < 50; i++) state = player.train(x, state).state;
  for (const [name, variable] of Object.entries(player.state)) {
    variable.assign(state[name]!);
  }
  // a function of slope at most 1, whatever its weights
  const [a, b] = [x, x.add(0.1) as tf.Tensor2D];
  const rise = player.evaluate(a).sub(player.evaluate(b)).abs().max()
    .dataSync()[0]!;
  assertEquals(rise <= 0.1 * Math.sqrt(3) * (1 + 1e-5), true);
  assertClose(
    player.evaluate(x),
    Array.from(player.train(x, state).y.dataSync()),
    { roundings: 64 },
  );
});

Deno.test("a gain multiplies the output, and comes before tanh", () => {
  const x = wave<tf.Rank.R2>([4, 3], 0.4);
  const of = (
    options: { readonly gain?: number; readonly output?: "tanh" },
  ) => {
    using player = createDiscriminator(
      { widths: [3, 4, 1], ...options },
      drawWave,
    );
    return player.evaluate(x);
  };
  const plain = of({});
  assertClose(of({ gain: 3 }), Array.from(plain.mul(3).dataSync()), {
    roundings: 8,
  });
  const bent = of({ gain: 3, output: "tanh" });
  assertClose(bent, Array.from(plain.mul(3).tanh().dataSync()), {
    roundings: 8,
  });
});

Deno.test("a perceptron needs an input and an output", () => {
  assertThrows(
    () => createDiscriminator({ widths: [3] }, drawWave),
    RangeError,
    "Expected widths of an input and an output but found 1",
  );
});

Deno.test("players have the published widths unless others are given", () => {
  const draw = ({ shape }: { readonly shape: readonly number[] }) =>
    new Float32Array(shape.reduce((product, side) => product * side, 1));
  using generator = createGenerator({}, draw);
  using discriminator = createDiscriminator({}, draw);
  const sizes = [generator, discriminator].map(({ variables }) =>
    Object.values(variables).reduce((sum, { size }) => sum + size, 0)
  );
  assertEquals(sizes, [1_510_032, 533_505]);
});
