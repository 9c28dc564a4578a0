import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { lossAndGradients } from "../../../models/gradients/loss_and_gradients.ts";
import { groupNorm } from "../../../models/unet/group_norm.ts";
import {
  countParameters,
  createParameters,
} from "../../../models/parameters/parameters.ts";
import { unet, unetSpecs } from "../../../models/unet.ts";
import {
  doubleByRepeating,
  halveByMean,
} from "../../../models/unet/resample.ts";
import { residualBlock } from "../../../models/unet/residual_block.ts";
import { timeFeatures } from "../../../models/unet/time_features.ts";
import golden from "../../golden/unet.json" with { type: "json" };
import { classes, drawWave, wave } from "../../golden/waves.ts";
import { assertClose, type Nested } from "../assert_close.ts";
import { projections } from "../projections.ts";

const sizes = {
  side: 8,
  channels: 8,
  timeWidth: 8,
  embeddingWidth: 6,
  classes: 3,
};

const inputs = {
  images: wave<tf.Rank.R2>([2, 64], 1.1),
  time: tf.tensor2d(timeFeatures([3, 957.375], 8), [2, 8]),
  classes: classes<tf.Rank.R1>([2], 4),
};

// eleven blocks of at most 9 * 64 products each on a path, whose norms keep the scale
const roundings = 11 * 9 * 64;

Deno.test("a U-Net has PyTorch's output and gradients", () => {
  using parameters = createParameters(unetSpecs(sizes), drawWave);
  const run = () => unet(inputs.images, inputs, parameters.tree, sizes);
  assertClose(run(), golden.output, { roundings });
  const { gradients } = lossAndGradients(
    () => ({ loss: run().square().mean<tf.Scalar>() }),
    parameters.variables,
  );
  const expected: Record<string, Nested> = golden.gradients;
  assertEquals(Object.keys(gradients).sort(), Object.keys(expected).sort());
  for (const [name, gradient] of Object.entries(gradients)) {
    assertClose(projections(gradient), expected[name]!, { roundings, name });
  }
});

Deno.test("a compiled U-Net learns as an eager one does", async () => {
  using parameters = createParameters(unetSpecs(sizes), drawWave);
  const step = (given: typeof inputs) => {
    const { terms, gradients } = lossAndGradients(() => {
      const output = unet(given.images, given, parameters.tree, sizes);
      return { loss: output.square().mean<tf.Scalar>() };
    }, parameters.variables);
    return { loss: terms.loss, ...gradients };
  };
  using compiled = await compile(step, {
    inputs: {
      images: { shape: [2, 64] },
      time: { shape: [2, 8] },
      classes: { shape: [2], dtype: "int32" },
    },
    device: "cpu",
    threads: 1,
  });
  const found = await compiled.run({
    images: Float32Array.from(inputs.images.dataSync()),
    time: Float32Array.from(inputs.time.dataSync()),
    classes: Int32Array.from(inputs.classes.dataSync()),
  });
  for (const [name, expected] of Object.entries(step(inputs))) {
    const { data } = found[name as keyof typeof found]!;
    assertClose(data, [...expected.dataSync()], { roundings, name });
  }
});

Deno.test("the U-Net of the default sizes has half a million parameters and begins as zero", () => {
  assertEquals(countParameters(unetSpecs({})), 483_681); // PyTorch's 483,745 without 64 key biases, which do nothing
  using parameters = createParameters(unetSpecs(sizes), (spec) => {
    const { initial } = spec;
    return initial.kind === "constant"
      ? new Float32Array(tf.util.sizeFromShape([...spec.shape]))
        .fill(initial.value)
      : drawWave(spec);
  });
  const output = unet(inputs.images, inputs, parameters.tree, sizes);
  assertEquals(Math.max(...output.abs().dataSync()), 0);
});

Deno.test("a group norm has means 0 and variances 1, also far from zero", () => {
  const scale = tf.ones([4]);
  const shift = tf.zeros([4]);
  for (const offset of [0, 10, 3000]) {
    const x = wave<tf.Rank.R4>([2, 3, 5, 4], 0.4).add<tf.Tensor4D>(offset);
    const y = groupNorm(x, { scale, shift }, { groups: 2 });
    const grouped = y.reshape([2, 15, 2, 2]);
    const { mean, variance } = tf.moments(grouped, [1, 3]);
    // the mean itself is rounded to its digits; 1e-5 is added to the variance
    const tolerance = 3e-5 + 15 * 2 ** -24 * (1 + offset / 0.5);
    mean.dataSync().forEach((m) => assertAlmostEquals(m, 0, tolerance));
    variance.dataSync().forEach((v) => assertAlmostEquals(v, 1, tolerance));
  }
  // without variance there is no division by zero
  const flat = groupNorm(tf.fill([1, 2, 2, 4], 1000), { scale, shift }, {
    groups: 2,
  });
  assertEquals(flat.dataSync().every(Number.isFinite), true);
});

Deno.test("a number that is added to a channel before a group norm has the value and the gradients of a sum", () => {
  const x = wave<tf.Rank.R4>([2, 3, 5, 4], 0.4);
  const [scale, shift] = [wave([4], 0.9), wave([4], 0.3)];
  for (const images of [1, 2]) {
    const offset = wave([images, 4], 1.7);
    const weights = wave([2, 3, 5, 4], 2.3);
    const apart = (x: tf.Tensor, offset: tf.Tensor) =>
      groupNorm(x.as4D(2, 3, 5, 4), { scale, shift }, { groups: 2, offset })
        .mul(weights);
    const added = (x: tf.Tensor, offset: tf.Tensor) => {
      const sum = x.add(offset.reshape([images, 1, 1, 4]));
      return groupNorm(sum.as4D(2, 3, 5, 4), { scale, shift }, { groups: 2 })
        .mul(weights);
    };
    const inputs = [x, offset];
    const found = [apart, added].map((fn) => [
      fn(x, offset),
      ...tf.grads(fn)(inputs),
    ]);
    found[0]!.forEach((tensor, i) => {
      const expected = found[1]![i]!.dataSync(); // as many
      tensor.dataSync().forEach((value, k) =>
        assertAlmostEquals(value, expected[k]!, 1e-5) // sums of 30 numbers of some units
      );
    });
  }
});

Deno.test("a doubled image has the gradient of a sum over its pixels", () => {
  const x = wave<tf.Rank.R4>([2, 2, 3, 4], 0.4);
  const weights = wave<tf.Rank.R4>([2, 4, 6, 4], 2.3);
  const gradient = tf.grad((x: tf.Tensor) =>
    doubleByRepeating(x.as4D(2, 2, 3, 4)).mul(weights)
  )(x);
  const sums = weights.reshape([2, 2, 2, 3, 2, 4]).sum([2, 4]).dataSync();
  gradient.dataSync().forEach((value, i) =>
    assertAlmostEquals(value, sums[i]!, 1e-6)
  );
});

Deno.test("images are halved by means and doubled by repeating", () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]);
  assertEquals([...halveByMean(x).dataSync()], [4, 5]);
  const doubled = doubleByRepeating(x);
  assertEquals(doubled.shape, [1, 4, 4, 2]);
  assertEquals([...doubled.slice([0, 0, 0, 0], [1, 2, 4, 2]).dataSync()], [
    ...[1, 2, 1, 2, 3, 4, 3, 4],
    ...[1, 2, 1, 2, 3, 4, 3, 4],
  ]);
  assertEquals(
    [...halveByMean(doubled).dataSync()],
    [...x.dataSync()],
  );
});

Deno.test("time features are cosines and sines in double precision, in either order", () => {
  const [a, b] = [Math.cos(957.375), Math.sin(957.375)];
  const first = timeFeatures([957.375], 4);
  assertAlmostEquals(first[0]!, a, 1e-7);
  assertAlmostEquals(first[2]!, b, 1e-7);
  assertAlmostEquals(first[1]!, Math.cos(9.57375), 1e-7);
  const sine = timeFeatures([957.375], 4, { first: "sine", shift: 1 });
  assertAlmostEquals(sine[0]!, b, 1e-7);
  assertAlmostEquals(sine[3]!, Math.cos(957.375 / 10_000), 1e-7);
  assertThrows(() => timeFeatures([1], 3), RangeError, "even width");
});

Deno.test("U-Nets refuse sizes that do not fit", () => {
  assertThrows(() => unetSpecs({ side: 30 }), RangeError, "multiple of 4");
  assertThrows(() => unetSpecs({ channels: 12 }), RangeError, "multiple of 8");
  const norm = { scale: tf.ones([4]), shift: tf.zeros([4]) };
  assertThrows(
    () => groupNorm(tf.zeros([1, 2, 2, 4]), norm, { groups: 3 }),
    RangeError,
    "Expected groups to divide the 4 channels but found 3",
  );
  const filter = { filter: tf.zeros([3, 3, 4, 4]), bias: tf.zeros([4]) };
  const block = {
    firstNorm: norm,
    first: filter,
    time: { weight: tf.zeros([2, 4]) },
    secondNorm: norm,
    second: filter,
  };
  assertThrows(
    () =>
      residualBlock(tf.zeros([1, 2, 2, 4]), undefined, block, { groups: 2 }),
    RangeError,
    "Expected the vector of time but found none",
  );
});
