import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { actNorm } from "../../../models/flows/act_norm.ts";
import { affineCoupling } from "../../../models/flows/affine_coupling.ts";
import { type Bijector, chain } from "../../../models/flows/bijector.ts";
import { flow } from "../../../models/flows/flow.ts";
import { logit } from "../../../models/flows/logit.ts";
import {
  flattenScales,
  movedBack,
  onFirstChannels,
  reshaped,
  squeeze,
} from "../../../models/flows/reshaping.ts";
import { createVectorFlow } from "../../../models/flows/vector_flow.ts";
import { createRealNvp } from "../../../models/real_nvp.ts";
import { drawWave, wave, waveValues } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";
import { jacobian, logAbsDet } from "../flows/jacobian.ts";

/** A map of vectors, which the battery undoes and differentiates. */
interface Subject {
  readonly name: string;
  /** Length of the vectors. */
  readonly size: number;
  readonly bijector: Bijector;
  /** Where it is defined: all numbers, or those from 0 to 1. */
  readonly domain?: "unit";
}

const norm = actNorm({
  shift: tf.tensor1d([0.3, -0.5]),
  logScale: tf.tensor1d([0.4, -0.2]),
});
const image = reshaped([16], [2, 2, 4]);
const coupling = affineCoupling({
  partition: { kept: [0, 2], changed: [1] },
  conditioner: (kept) => kept.sin(),
  logBound: tf.tensor1d([0.5]),
});
const [even, odd] = [2, 5].map((size) =>
  createVectorFlow({ size, couplings: 4, hidden: [6, 5] }, drawWave)
);
const [grey, noisy] = (["uniform", "variational"] as const).map((
  dequantization,
) =>
  createRealNvp({
    ...{ side: 4, hidden: 3, channelCouplings: 2, margin: 1e-2 },
    ...{ noiseHidden: 2, noiseCouplings: 2, dequantization },
  }, drawWave)
);

/** Every bijector; a new one adds a line here. */
const subjects: readonly Subject[] = [
  { name: "affineCoupling()", size: 3, bijector: coupling },
  { name: "actNorm()", size: 2, bijector: norm },
  {
    name: "actNorm() of channels",
    size: 8,
    bijector: around([8], [2, 2, 2], norm),
  },
  {
    name: "onFirstChannels()",
    size: 16,
    bijector: around([16], [2, 2, 4], onFirstChannels(2, norm)),
  },
  { name: "logit()", size: 4, bijector: logit(0.05), domain: "unit" },
  {
    name: "squeeze()",
    size: 16,
    bijector: chain([
      reshaped([16], [4, 4, 1]),
      squeeze(),
      movedBack(image),
    ]),
  },
  {
    name: "flattenScales()",
    size: 16,
    bijector: chain([image, flattenScales([2, 2, 4], 1)]),
  },
  { name: "a flow over pairs", size: 2, bijector: even! },
  { name: "a flow over vectors of odd length", size: 5, bijector: odd! },
  { name: "RealNVP", size: 16, bijector: grey!.density, domain: "unit" },
  {
    name: "RealNVP with variational dequantization",
    size: 16,
    bijector: noisy!.density,
    domain: "unit",
  },
];

function around(
  flat: readonly number[],
  shape: readonly number[],
  bijector: Bijector,
): Bijector {
  const to = reshaped(flat, shape);
  return chain([to, bijector, movedBack(to)]);
}

function points(count: number, { size, domain }: Subject): tf.Tensor2D {
  const x = wave<tf.Rank.R2>([count, size], 0.9, 1.2);
  return domain === "unit" ? x.div(2.5).add(0.5) : x;
}

for (const subject of subjects) {
  const { name, size, bijector, domain } = subject;
  Deno.test(`${name}: inverse(forward(x)) is x, and forward(inverse(z)) is z`, () => {
    const x = points(6, subject);
    // each of some 20 layers divides by scales of at most e what it was multiplied by
    const roundings = 1000;
    const { value, logDet } = bijector.forward(x);
    assertEquals(logDet.shape, [6]);
    assertClose(bijector.inverse(value), [...x.dataSync()], { roundings });
    if (domain === "unit") return; // beyond the images of 0 and 1 there is nothing to go back to
    const z = wave([6, size], 0.4, 1.5);
    const back = bijector.forward(bijector.inverse(z)).value;
    assertClose(back, [...z.dataSync()], { roundings });
  });

  Deno.test(`${name}: its log det is that of the Jacobian, by ${size} backward passes`, () => {
    const x = points(2, subject);
    const { logDet } = bijector.forward(x);
    const expected = [0, 1].map((i) => {
      const row = Float32Array.from(x.slice([i, 0], [1, size]).dataSync());
      return logAbsDet(jacobian((x) => bijector.forward(x).value, row));
    });
    assertClose(logDet, expected, { roundings: 1000 });
  });
}

Deno.test("a flow over pairs integrates to 1", () => {
  const [cells, reach] = [240, 9];
  const width = 2 * reach / cells;
  let total = 0;
  for (let row = 0; row < cells; row++) {
    const points = Float32Array.from(
      { length: 2 * cells },
      (_, i) => width * ((i % 2 === 0 ? row : i >> 1) + 0.5) - reach,
    );
    total += tf.tidy(() =>
      even!.logProb(tf.tensor2d(points, [cells, 2])).exp().sum().dataSync()[0]!
    );
  }
  // midpoints of cells of 0.075, where the density changes over distances of 0.5: errors far below roundings
  assertAlmostEquals(total * width ** 2, 1, 1e-5);
});

Deno.test("the noise of variational dequantization has the density that it says", () => {
  const images = tf.tensor2d(
    waveValues(16, 0.2).map((x) => Math.round(127 + 100 * x)),
    [1, 16],
  );
  const noise = waveValues(16, 0.7);
  const { logDensity } = noisy!.dequantization
    .apply(images, tf.tensor2d(noise, [1, 16]));
  const change = jacobian(
    (noise) => noisy!.dequantization.apply(images, noise).value.mul(256),
    noise,
  );
  const logNormal = noise.reduce(
    (sum, e) => sum - (e * e + Math.log(2 * Math.PI)) / 2,
    0,
  );
  assertClose(logDensity, [logNormal - logAbsDet(change)], { roundings: 1000 });
});

Deno.test("a flow that has not learned is the identity: a point costs half its squared length and log 2 pi", () => {
  using fresh = createVectorFlow(
    { size: 2, couplings: 3, hidden: 4 },
    (spec) =>
      spec.initial.kind === "constant"
        ? drawConstant(spec.shape, spec.initial.value)
        : drawWave(spec),
  );
  const expected = -(9 + 16) / 2 - Math.log(2 * Math.PI);
  assertClose(fresh.logProb(tf.tensor2d([[3, -4]])), [expected], {
    roundings: 8,
  });
  assertClose(flow(fresh).sample(tf.tensor2d([[1, 2]])), [1, 2], {
    roundings: 2,
  });
});

function drawConstant(shape: readonly number[], value: number): Float32Array {
  return new Float32Array(shape.reduce((size, side) => size * side, 1))
    .fill(value);
}
