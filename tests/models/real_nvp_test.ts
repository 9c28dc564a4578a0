import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { countParameters } from "../../models/parameters/parameters.ts";
import { createRealNvp, realNvpSpecs } from "../../models/real_nvp.ts";
import golden from "../golden/real_nvp.json" with { type: "json" };
import { classes, drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

/** The sizes of `golden/real_nvp.py`. */
const sizes = {
  side: 8,
  hidden: 3,
  channelCouplings: 2,
  noiseCouplings: 2,
  noiseHidden: 2,
  margin: 1e-2,
} as const;

const images = (): tf.Tensor2D =>
  classes<tf.Rank.R2>([2, 64], 256).cast("float32");

const noiseOf = {
  uniform: () => wave<tf.Rank.R2>([2, 64], 0.3).add(1).div<tf.Tensor2D>(2.01),
  variational: () => wave<tf.Rank.R2>([2, 64], 0.8, 1.5),
};

const zeros = (
  { shape }: { readonly shape: readonly number[] },
): Float32Array =>
  new Float32Array(shape.reduce((size, side) => size * side, 1));

for (const dequantization of ["uniform", "variational"] as const) {
  Deno.test(`a RealNVP with ${dequantization} dequantization has the bound, latents and gradients of PyTorch's`, () => {
    const wanted = golden[dequantization];
    using model = createRealNvp({ ...sizes, dequantization }, drawWave);
    const noise = noiseOf[dequantization]();
    const { value } = model.dequantization.apply(images(), noise);
    const { value: latents, logDet } = model.density.forward(value);
    // 9 layers of sums of 3 * 9 products, whose log scales multiply what was rounded before by up to e
    const roundings = 2000;
    assertClose(latents.stridedSlice([0, 0], [2, 64], [1, 9]), wanted.latents, {
      roundings,
    });
    assertClose(logDet, wanted.logDet, { roundings });
    assertClose(model.bound(images(), noise), wanted.bound, { roundings });
    const { gradients } = valueAndGradients(
      () => model.bound(images(), noise).mean(),
      model.variables,
    );
    const norms = Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) =>
        [name, gradient.norm().dataSync()[0]!] as const
      ),
    );
    const expected = Object.entries(wanted.gradientNorms);
    assertEquals(Object.keys(norms).sort(), expected.map(([name]) => name));
    for (const [name, norm] of expected) {
      assertClose([norms[name]!], [norm], { roundings, name });
    }
  });
}

Deno.test("a RealNVP of the usual sizes has 90 820 parameters, and 106 716 with variational dequantization", () => {
  const count = (dequantization: "uniform" | "variational") =>
    countParameters(realNvpSpecs({ dequantization }));
  assertEquals([count("uniform"), count("variational")], [90_820, 106_716]);
});

Deno.test("a RealNVP that is not started costs what independent logits cost", () => {
  const dequantization = "uniform" as const;
  using model = createRealNvp({ side: 4, hidden: 2, dequantization }, zeros);
  const grey = tf.fill<tf.Rank.R2>([1, 16], 51);
  const bound = model.bound(grey, tf.fill([1, 16], 0.5));
  const p = 1e-5 + (1 - 2e-5) * 51.5 / 256;
  const z = Math.log(p / (1 - p));
  const each = -(z * z + Math.log(2 * Math.PI)) / 2 + Math.log(1 - 2e-5) -
    Math.log(p * (1 - p)) - Math.log(256);
  assertClose(bound, [16 * each], { roundings: 64 });
});

Deno.test("a started RealNVP has latents of mean 0 and variance 1 in each channel", () => {
  const dequantization = "uniform" as const;
  using model = createRealNvp({ ...sizes, dequantization }, drawWave);
  const noise = noiseOf.uniform();
  model.start(images(), noise);
  const { value } = model.dequantization.apply(images(), noise);
  const last = model.layers.findIndex(({ name }) => name === "pixels/3/norm");
  const between = model.layers.slice(0, last + 1)
    .reduce((x, { bijector }) => bijector.forward(x).value, value as tf.Tensor);
  const { mean, variance } = tf.moments(between, [0, 1, 2]);
  assertClose(mean, [0, 0, 0, 0], { roundings: 200 });
  assertClose(variance, [1, 1, 1, 1], { roundings: 200 });
});

Deno.test("a RealNVP recovers every grey level of an image from its latents", () => {
  const dequantization = "uniform" as const;
  using model = createRealNvp({ ...sizes, dequantization }, drawWave);
  const middle = tf.fill<tf.Rank.R2>([2, 64], 0.5); // roundings do not reach the next level
  const { value } = model.dequantization.apply(images(), middle);
  const latents = model.density.forward(value).value.as2D(2, 64);
  assertEquals(
    [...model.sample(latents).dataSync()],
    [...images().dataSync()],
  );
});

Deno.test("a RealNVP refuses images whose side is no multiple of four", () => {
  assertThrows(
    () => realNvpSpecs({ side: 14, dequantization: "uniform" }),
    RangeError,
    "Expected the side to be a multiple of 4 but found 14",
  );
});

Deno.test("a RealNVP makes no level below 0 or above 255, however far out its latents are", () => {
  const zeros = ({ shape }: { readonly shape: readonly number[] }) =>
    new Float32Array(shape.reduce((product, side) => product * side, 1));
  using model = createRealNvp({ ...sizes, dequantization: "uniform" }, zeros);
  for (const [latent, level] of [[30, 255], [-30, 0]] as const) {
    const far = tf.fill<tf.Rank.R2>([2, 64], latent);
    const found = new Set(model.sample(far).dataSync());
    assertEquals([...found], [level]);
  }
});
