import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { actNorm } from "../../../models/flows/act_norm.ts";
import {
  affineCoupling,
  boundedLogScale,
} from "../../../models/flows/affine_coupling.ts";
import { chain } from "../../../models/flows/bijector.ts";
import {
  alternatePartition,
  halfPartition,
  joinChannels,
  partChannels,
} from "../../../models/flows/channels.ts";
import { flow } from "../../../models/flows/flow.ts";
import { logit } from "../../../models/flows/logit.ts";
import {
  flattenScales,
  onFirstChannels,
  reshaped,
  squeeze,
} from "../../../models/flows/reshaping.ts";
import { assertClose } from "../assert_close.ts";

const vectors = (rows: number[][]) => tf.tensor2d(rows);

Deno.test("affineCoupling() moves and then scales what is changed, and its log det is the sum of log scales", () => {
  const coupling = affineCoupling({
    partition: { kept: [1], changed: [0, 2] },
    // raw log scales (k, -k), shifts (1, 2 k) of the kept number k
    conditioner: (k) => tf.concat([k, k.neg(), k.mul(0).add(1), k.mul(2)], -1),
    logBound: tf.tensor1d([Math.log(0.5), Math.log(4)]),
  });
  const { value, logDet } = coupling.forward(vectors([[3, 1, -2]]));
  const first = 0.5 * Math.tanh(1 / 0.5);
  const second = 4 * Math.tanh(-1 / 4);
  assertClose(value, [(3 + 1) * Math.exp(first), 1, 0], { roundings: 16 }); // -2 + 2 * 1 = 0
  assertClose(logDet, [first + second], { roundings: 8 });
  assertClose(coupling.inverse(value), [3, 1, -2], { roundings: 16 });
});

Deno.test("boundedLogScale() is the number itself near zero, and never beyond its bound", () => {
  const bound = tf.tensor1d([Math.log(2)]);
  const found = boundedLogScale(tf.tensor2d([[1e-3], [1e4], [-1e4]]), bound);
  assertClose(found, [1e-3, 2, -2], { roundings: 4 }); // x - x^3 / 12 = x - 8e-11
});

Deno.test("actNorm() multiplies the log det by the places of a channel", () => {
  const norm = actNorm({
    shift: tf.tensor1d([1, -1]),
    logScale: tf.tensor1d([Math.log(2), Math.log(3)]),
  });
  const x = tf.tensor4d([[[[1, 1], [2, 2], [3, 3]]]]); // one row of three places
  const { value, logDet } = norm.forward(x);
  assertClose(value, [0, 6, 2, 9, 4, 12], { roundings: 8 });
  assertClose(logDet, [3 * Math.log(6)], { roundings: 8 });
  assertClose(norm.inverse(value), [1, 1, 2, 2, 3, 3], { roundings: 8 });
});

Deno.test("actNorm() starts with mean 0 and variance 1, and gives the batch after it", () => {
  const shift = tf.variable(tf.tensor1d([7]));
  const logScale = tf.variable(tf.tensor1d([7]));
  const norm = actNorm({ shift, logScale });
  const started = norm.start!(vectors([[1], [2], [3], [6]])); // mean 3, variance 3.5
  assertClose(shift, [3], { roundings: 4 });
  assertClose(logScale, [-Math.log(3.5) / 2], { roundings: 16 }); // 1e-6 of the scale is within
  const unit = Math.sqrt(3.5);
  assertClose(started, [-2 / unit, -1 / unit, 0, 3 / unit], { roundings: 32 });
  assertEquals(
    started.dataSync(),
    norm.forward(vectors([[1], [2], [3], [6]])).value.dataSync(),
  );
  const fixed = actNorm({ shift: tf.zeros([1]), logScale: tf.zeros([1]) });
  assertThrows(
    () => fixed.start!(vectors([[1]])),
    TypeError,
    "Expected a variable to start but found a tensor",
  );
  tf.dispose([shift, logScale]);
});

Deno.test("chain() starts each normalization on what the parts before it make", () => {
  const variables = () => ({
    shift: tf.variable(tf.zeros([1])),
    logScale: tf.variable(tf.zeros([1])),
  });
  const [first, second] = [variables(), variables()];
  const whole = chain([actNorm(first), reshaped([1], [1]), actNorm(second)]);
  whole.start!(vectors([[10], [30]]));
  assertClose(first.shift, [20], { roundings: 4 });
  assertClose(second.shift, [0], { roundings: 4 });
  assertClose(second.logScale, [0], { roundings: 64 }); // two epsilons of 1e-6
  assertEquals(chain([reshaped([1], [1])]).start, undefined);
  tf.dispose([first, second]);
});

Deno.test("squeeze() lays a checkerboard into the outer two of four channels", () => {
  const board = tf.tensor4d([
    1,
    0,
    1,
    0,
    0,
    1,
    0,
    1,
  ], [1, 2, 4, 1]);
  const { value, logDet } = squeeze().forward(board);
  assertEquals(value.shape, [1, 1, 2, 4]);
  assertEquals([...value.dataSync()], [1, 0, 0, 1, 1, 0, 0, 1]);
  assertEquals([...logDet.dataSync()], [0]);
});

Deno.test("squeeze() keeps a channel's four places together", () => {
  const pair = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2]);
  const { value } = squeeze().forward(pair);
  assertEquals([...value.dataSync()], [1, 2, 3, 4, 10, 20, 30, 40]);
  assertEquals(squeeze().inverse(value).dataSync(), pair.dataSync());
});

Deno.test("flattenScales() lays what left before what stayed", () => {
  const layout = flattenScales([1, 2, 3], 2);
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
  const { value } = layout.forward(x);
  assertEquals([...value.dataSync()], [3, 6, 1, 2, 4, 5]);
  assertEquals(layout.inverse(value).dataSync(), x.dataSync());
});

Deno.test("onFirstChannels() leaves the other channels and their volume alone", () => {
  const norm = actNorm({
    shift: tf.tensor1d([1]),
    logScale: tf.tensor1d([Math.log(2)]),
  });
  const { value, logDet } = onFirstChannels(1, norm)
    .forward(vectors([[3, 5], [4, 6]]));
  assertEquals([...value.dataSync()], [4, 5, 6, 6]);
  assertClose(logDet, [Math.log(2), Math.log(2)], { roundings: 2 });
});

Deno.test("logit() of the middle is 0, and its log det holds the scaling and the slope", () => {
  const { value, logDet } = logit(0.1).forward(vectors([[0.5], [0], [1]]));
  const end = Math.log(0.1 / 0.9);
  assertClose(value, [0, end, -end], { roundings: 16 });
  // dz/dy = 0.8 / (p (1 - p)) with p = 0.5, 0.1 and 0.9
  const slopes = [0.8 / 0.25, 0.8 / 0.09, 0.8 / 0.09].map(Math.log);
  assertClose(logDet, slopes, { roundings: 16 });
  for (const margin of [0, 0.5, NaN]) {
    assertThrows(() => logit(margin), RangeError, `but found ${margin}`);
  }
});

Deno.test("the density under logit() holds the mass of a normal between the logits of its margins", () => {
  const cells = 20_000;
  const middles = Float32Array.from(
    { length: cells },
    (_, i) => (i + 0.5) / cells,
  );
  const logProb = flow(logit(0.05)).logProb(tf.tensor2d(middles, [cells, 1]));
  const mass = logProb.exp().sum().dataSync()[0]!;
  // P(|z| < log 19) = erf(2.944439 / sqrt 2)
  assertAlmostEquals(mass / cells, 0.996764, 2e-6);
});

Deno.test("partitions hold each channel once", () => {
  assertEquals(halfPartition(5, 0), { kept: [0, 1, 2], changed: [3, 4] });
  assertEquals(halfPartition(5, 1), { kept: [3, 4], changed: [0, 1, 2] });
  assertEquals(alternatePartition(5, 2), { kept: [0, 2, 4], changed: [1, 3] });
  assertEquals(alternatePartition(5, 1), { kept: [1, 3], changed: [0, 2, 4] });
  const x = vectors([[0, 1, 2, 3, 4, 5]]);
  const scattered = { kept: [4, 5, 0], changed: [2, 3, 1] };
  const [kept, changed] = partChannels(x, scattered);
  assertEquals([...kept.dataSync()], [4, 5, 0]);
  assertEquals([...changed.dataSync()], [2, 3, 1]);
  assertEquals(
    joinChannels(kept, changed, scattered).dataSync(),
    x.dataSync(),
  );
  assertThrows(
    () => partChannels(x, { kept: [0, 1], changed: [1, 2, 3, 4] }),
    RangeError,
    "Expected a partition of 6 channels but found [0,1,1,2,3,4]",
  );
});

Deno.test("chain() needs a part", () => {
  assertThrows(() => chain([]), RangeError, "at least one bijector");
});
