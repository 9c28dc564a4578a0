import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { sha256 } from "../../../../pipelines/core/sha256.ts";
import { denseVae } from "../../../../pipelines/finished/explore/dense_vae.ts";
import { exploreRun } from "../../../../pipelines/finished/explore/explore_run.ts";
import { loadRun } from "../../../../pipelines/finished/load_run.ts";
import { perceptrons } from "../../../../pipelines/gan/build_players.ts";
import { gameVariables } from "../../../../pipelines/gan/fit_game.ts";
import { binarizeByThreshold } from "../../../../pipelines/images/binarize.ts";
import { builtInDigits } from "../../../../pipelines/images/digits/built_in_digits.ts";
import { digitSource } from "../../../../pipelines/images/load_mnist.ts";
import { denseScript } from "../../../../pipelines/viewer/explore/dense_script.ts";
import { pageData } from "../../../../pipelines/viewer/explore/page_data.ts";
import { leave } from "../leave_run.ts";
import { leaveVae } from "./leave_vae.ts";

/** What the page's program makes of numbers. */
interface PageVae {
  readonly decode: (latents: Float32Array) => Float64Array;
  readonly encode: (
    image: Float32Array,
  ) => Readonly<Record<"mean" | "logVariance", Float64Array>>;
}

/** Runs the text that stands in the page. */
const readVae = new Function(`${denseScript}return readVae;`)() as (
  data: unknown,
) => PageVae;

function assertNear(found: Float64Array, tensor: tf.Tensor): void {
  const expected = tensor.dataSync();
  assertEquals(found.length, expected.length);
  found.forEach((x, i) => {
    const error = Math.abs(x - expected[i]!); // as many
    assert(error <= 1e-5, `Expected ${expected[i]} but found ${x}`);
  });
}

for (
  const [hidden, encoder, decoder] of [
    [[5], "tanh", "tanh"],
    [[7, 5, 4], "relu", "softplus"],
    [[6, 5], "softplus", "gelu"],
    [[6], "gelu", "relu"],
  ] as const
) {
  Deno.test(`the page computes a VAE of ${hidden} units with ${encoder} and ${decoder} as the model does`, async () => {
    using left = await leaveVae({ side: 4, hidden, encoder, decoder });
    using run = await loadRun(left.folder);
    const explored = await exploreRun(run);
    const { decode, encode } = readVae(JSON.parse(pageData(explored)));
    for (const seed of [0, 1, 2]) {
      const latents = normal(keyFrom(seed), 3).map((z) => 3 * z);
      const image = normal(keyFrom(seed), 16).map((x) => x > 0 ? 1 : 0);
      tf.tidy(() => {
        const z = tf.tensor2d(latents, [1, 3]);
        assertNear(decode(latents), left.vae.decode(z).mean);
        const posterior = left.vae.encode(tf.tensor2d(image, [1, 16]));
        assertNear(encode(image).mean, posterior.mean);
        assertNear(encode(image).logVariance, posterior.logVariance);
      });
    }
  });
}

Deno.test("the map has the posterior means of the first test images of the run's data", async () => {
  const digits = builtInDigits();
  const dataset = {
    name: "digits",
    sha256: await sha256(digitSource.builtIn.bytes(digits)),
  };
  const facts = { dataset, binarization: "threshold" };
  using left = await leaveVae({ side: 28, hidden: [4], facts });
  using run = await loadRun(left.folder);
  const { points } = await exploreRun(run);
  assert(typeof points !== "string", String(points));
  const { test } = digits;
  const count = Math.min(300, test.count);
  assertEquals(points.labels, [...test.labels.slice(0, count)]);
  assertEquals(points.classes, [..."0123456789"]);
  const { pixels } = binarizeByThreshold(test);
  const ink = Float32Array.from(pixels.subarray(0, count * 784));
  tf.tidy(() => {
    const { mean } = left.vae.encode(tf.tensor2d(ink, [count, 784]));
    assertNear(Float64Array.from(points.means), mean);
  });
});

Deno.test("the map says why it has no test images", async () => {
  const dataset = { name: "digits", sha256: "00" };
  const facts = { dataset, binarization: "threshold" };
  using other = await leaveVae({ side: 28, hidden: [4], facts });
  using otherRun = await loadRun(other.folder);
  const { points } = await exploreRun(otherRun);
  assertStringIncludes(String(points), "Expected data of SHA-256 00 but found");
  using none = await leaveVae({ side: 28, hidden: [4] });
  using noneRun = await loadRun(none.folder);
  const told = await exploreRun(noneRun);
  assertEquals(
    told.points,
    "the run recorded no data of black and white images",
  );
});

Deno.test("exploreRun() refuses a run of another family, and names those that it takes", async () => {
  const sizes = { latent: 3, generatorHidden: [6], discriminatorHidden: [4] };
  using players = perceptrons(16, sizes, keyFrom(1));
  const config = { ...sizes, architecture: "mlp", channels: 4 };
  const size = { rows: "4", columns: "4" };
  const folder = await leave(config, gameVariables(players), size);
  using run = await loadRun(folder);
  await Deno.remove(folder, { recursive: true });
  const { message } = await assertRejects(() => exploreRun(run), RangeError);
  assertStringIncludes(message, "vae-k3, vae-k20, vae-mlp or vae-manifold");
  assertStringIncludes(message, "found one of a");
});

Deno.test("denseVae() refuses an activation that the page does not compute", async () => {
  using left = await leaveVae({ side: 4, hidden: [4] });
  using run = await loadRun(left.folder);
  const settings = { ...run.settings, decoderActivation: "silu" };
  assertThrows(
    () => denseVae({ ...run, settings }),
    RangeError,
    'tanh, relu, softplus, gelu but found "silu"',
  );
});
