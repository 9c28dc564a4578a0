import { assert, assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import type { Stage } from "../../../pipelines/core/stage.ts";
import { drawElboTerms } from "../../../pipelines/vae/draw_elbo_terms.ts";
import { drawLatents } from "../../../pipelines/vae/draw_latents.ts";
import { drawReconstructions } from "../../../pipelines/vae/draw_reconstructions.ts";
import { drawSamples } from "../../../pipelines/vae/draw_samples.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { toyDataset, toyImages, toyVae } from "./toy_vae.ts";

const common = { images: toyImages, dataset: toyDataset, latent: 2 };

/** Runs a stage that draws, and gives what it drew. */
async function drawn<In extends object>(
  stage: Stage<In, object>,
  input: In,
): Promise<MemoryRun["figures"]> {
  const store = memoryRun();
  await execute(stage, input, { seed: 0, device: "cpu", threads: 1, store });
  return store.figures;
}

const spec = (figures: MemoryRun["figures"], name: string) =>
  JSON.stringify(figures.get(name)?.spec);

Deno.test("drawReconstructions() draws no more images than there are, beside what the decoder makes of them", async () => {
  using vae = toyVae({ "decoder/logits/bias": [9, 9, 9, 9] });
  const figures = await drawn(drawReconstructions, {
    ...{ ...common, vae, reconstructions: 64 },
  });
  const text = spec(figures, "reconstructions");
  assert(text.includes("Originals") && text.includes("Reconstructions"));
  assert(text.includes("built-in toy, NOT real data"), text);
  assertEquals([...figures.keys()], ["reconstructions"]);
});

Deno.test("drawSamples() draws each kept moment and the end, and leaves the weights as they were", async () => {
  using vae = toyVae({ "decoder/logits/bias": [1, 2, 3, 4] });
  using earlier = toyVae();
  const before = await readWeights(vae.variables);
  const snapshot = {
    step: 0,
    epoch: 0,
    weights: await readWeights(earlier.variables),
  };
  const later = { ...snapshot, step: 5, epoch: 0.5 };
  const training = {
    ...{ history: [], snapshots: [snapshot, later], steps: 9, bestStep: 9 },
  };
  const figures = await drawn(drawSamples, { ...common, vae, training });
  const text = spec(figures, "samples");
  for (const title of ["Before training", "After epoch 0.5", "Best weights"]) {
    assert(text.includes(title), title);
  }
  assertEquals(await readWeights(vae.variables), before);
});

Deno.test("drawLatents() puts each image where its posterior mean is", async () => {
  using vae = toyVae({
    "encoder/hidden/weight": [1, 0, 0, 0],
    "encoder/mean/weight": [10, 0],
    "encoder/mean/bias": [0, 5],
  });
  const figures = await drawn(drawLatents, { ...common, vae });
  const text = spec(figures, "latents");
  const far = Number((10 * Math.tanh(1)).toFixed(4));
  assert(text.includes(`{"class":"1","z0":${far},"z1":5}`), text);
  assert(text.includes(`{"class":"2","z0":0,"z1":5}`), text);
});

Deno.test("drawLatents() calls the classes of other data by their names, and draws the first ten of more", async () => {
  using vae = toyVae();
  const named = async (names: readonly string[]) => {
    const classes = { title: "class", names };
    const { test } = common.images;
    const labels = test.labels.map((label) => names.length === 0 ? 0 : label);
    const images = { ...common.images, test: { ...test, labels }, classes };
    return spec(
      await drawn(drawLatents, { ...common, images, vae }),
      "latents",
    );
  };
  const few = await named(["cat", "dog", "emu", "fox"]);
  assert(few.includes('"class":"dog"') && !few.includes('"digit"'), few);
  const many = await named([..."abcdefghijkl"]);
  assert(many.includes("the first 10 of 12 classes"), many);
  assert((await named([])).includes('"class":"image"'));
});

Deno.test("drawElboTerms() draws what training and validation recorded", async () => {
  const history = [1, 2].map((step) => ({
    step,
    epoch: step,
    values: {
      ...{ "train/elbo": -9 + step, "train/reconstruction": -7 },
      ...{ "train/kl": 2, "validation/elbo": -8 + step },
      ...{ "validation/reconstruction": -6, "validation/kl": 2.5 },
    },
  }));
  const training = { history, snapshots: [], steps: 2, bestStep: 2 };
  const figures = await drawn(drawElboTerms, { ...common, training });
  assertEquals(figures.size, 1);
  const [figure] = figures.values();
  const text = JSON.stringify(figure?.spec);
  for (const [series, y] of [["training", -7], ["validation", 2.5]]) {
    const point = `{"series":"${series}","part":0,"x":2,"y":${y}}`;
    assert(text.includes(point), `${point} in ${text}`);
  }
});
