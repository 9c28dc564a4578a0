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
import { loadData } from "../../../../pipelines/core/data/load_data.ts";
import { vaeLayers } from "../../../../pipelines/finished/explore/vae_layers.ts";
import { exploredPage } from "../../../../pipelines/finished/explore/explored_page.ts";
import { exploreVae } from "../../../../pipelines/finished/explore/explore_vae.ts";
import { loadRun } from "../../../../pipelines/finished/load_run.ts";
import { perceptrons } from "../../../../pipelines/gan/build_players.ts";
import { gameVariables } from "../../../../pipelines/gan/fit_game.ts";
import { encodeIdx } from "../../../../pipelines/images/idx.ts";
import { digitSource } from "../../../../pipelines/images/load_mnist.ts";
import { numbersScript } from "../../../../pipelines/viewer/explore/numbers_script.ts";
import { layerScript } from "../../../../pipelines/viewer/explore/vae/layer_script.ts";
import { pageData } from "../../../../pipelines/viewer/explore/vae/page_data.ts";
import { leave } from "../leave_run.ts";
import { leaveConvVae, leaveVae, type LeftVae } from "./leave_vae.ts";

/** What the page's program makes of numbers. */
interface PageVae {
  readonly decode: (latents: Float32Array) => Float64Array;
  readonly encode: (
    image: Float32Array,
  ) => Readonly<Record<"mean" | "logVariance", Float64Array>>;
}

/** Runs the text that stands in the page. */
const readVae = new Function(
  `${numbersScript}${layerScript}return readVae;`,
)() as (
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

/** Expects the page's program to compute what the model of a run with three latents computes. */
async function assertSame(
  { folder, vae }: LeftVae,
  pixels: number,
): Promise<void> {
  using run = await loadRun(folder);
  const explored = await exploreVae(run);
  const data = JSON.parse(JSON.stringify(pageData(explored)));
  const { decode, encode } = readVae(data);
  for (const seed of [0, 1, 2]) {
    const latents = normal(keyFrom(seed), 3).map((z) => 3 * z);
    const image = normal(keyFrom(seed), pixels).map((x) => x > 0 ? 1 : 0);
    tf.tidy(() => {
      assertNear(
        decode(latents),
        vae.decode(tf.tensor2d(latents, [1, 3])).mean,
      );
      const posterior = vae.encode(tf.tensor2d(image, [1, pixels]));
      assertNear(encode(image).mean, posterior.mean);
      assertNear(encode(image).logVariance, posterior.logVariance);
    });
  }
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
    await assertSame(left, 16);
  });
}

for (const [side, channels] of [[8, 3], [12, 1], [4, 5]] as const) {
  Deno.test(`the page computes a convolutional VAE of ${side} x ${side} pixels and ${channels} channels as the model does`, async () => {
    using left = await leaveConvVae({ side, channels });
    await assertSame(left, side ** 2);
  });
}

/** Grey images of 4 x 4 pixels, 303 of them for the test. */
function greyImages() {
  const grey = (count: number) =>
    Uint8Array.from({ length: count * 16 }, (_, i) => 120 + i * 7 % 16);
  const labels = (count: number) =>
    Uint8Array.from({ length: count }, (_, i) => i % 3);
  const folder = Deno.makeTempDirSync();
  for (const [name, count] of [["train", 12], ["t10k", 303]] as const) {
    Deno.writeFileSync(
      `${folder}/${name}-images-idx3-ubyte`,
      encodeIdx([count, 4, 4], grey(count)),
    );
    Deno.writeFileSync(
      `${folder}/${name}-labels-idx1-ubyte`,
      encodeIdx([count], labels(count)),
    );
  }
  return { folder, grey: grey(300), labels: [...labels(300)] };
}

Deno.test("the map has the posterior means of the first 300 test images of the run's data", async () => {
  const { folder: data, grey, labels } = greyImages();
  const quiet = { note: () => {}, signal: new AbortController().signal };
  const { dataset } = await loadData(data, digitSource, quiet);
  const facts = { dataset: { ...dataset }, binarization: "threshold" };
  using left = await leaveVae({ side: 4, hidden: [4], data, facts });
  using run = await loadRun(left.folder);
  const { points } = await exploreVae(run);
  assert(typeof points !== "string", String(points));
  assertEquals(points.labels, labels);
  assertEquals(points.classes.slice(0, 3), ["0", "1", "2"]);
  const ink = Float32Array.from(grey, (x) => x > 127 ? 1 : 0);
  tf.tidy(() => {
    const { mean } = left.vae.encode(tf.tensor2d(ink, [300, 16]));
    assertNear(Float64Array.from(points.means), mean);
  });
  const why = async (other: Parameters<typeof leaveVae>[0]) => {
    using left = await leaveVae(other);
    using run = await loadRun(left.folder);
    return (await exploreVae(run)).points;
  };
  const all = { side: 4, hidden: [4], data, facts };
  const changed = { ...facts, dataset: { ...dataset, sha256: "00" } };
  assertEquals(
    await why({ ...all, facts: changed }),
    `Expected data of SHA-256 00 but found ${dataset.sha256}`,
  );
  assertEquals(
    await why({ ...all, side: 5 }),
    "Expected images of 5 x 5 pixels but found 4 x 4",
  );
  assertEquals(
    await why({ ...all, facts: {} }),
    "the run recorded no data of black and white images",
  );
  Deno.removeSync(data, { recursive: true });
  assertStringIncludes(
    String(await why(all)),
    "or a readable path but found",
  );
});

Deno.test("exploredPage() refuses a run of another family, and one without a model, and names those that it takes", async () => {
  const sizes = { latent: 3, generatorHidden: [6], discriminatorHidden: [4] };
  using players = perceptrons(16, sizes, keyFrom(1));
  const config = { ...sizes, architecture: "mlp", channels: 4 };
  const size = { rows: "4", columns: "4" };
  const folder = await leave(config, gameVariables(players), size);
  const { message } = await assertRejects(
    () => exploredPage(folder),
    RangeError,
  );
  assertStringIncludes(
    message,
    "a VAE (vae-k3, vae-k20, vae-mlp, vae-manifold, vae-conv-k20, iwae)",
  );
  assertStringIncludes(message, "found one of a");
  await Deno.remove(`${folder}/model`, { recursive: true });
  const study = await assertRejects(() => exploredPage(folder), RangeError);
  assertStringIncludes(study.message, "translate-many) or a diffusion model");
  assertStringIncludes(study.message, "found no model/weights");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("vaeLayers() refuses an activation that the page does not compute", async () => {
  using left = await leaveVae({ side: 4, hidden: [4] });
  using run = await loadRun(left.folder);
  const settings = { ...run.settings, decoderActivation: "silu" };
  assertThrows(
    () => vaeLayers({ ...run, settings }),
    RangeError,
    'tanh, relu, softplus, gelu but found "silu"',
  );
});
