import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { compileDenoiser } from "../../../pipelines/diffusion/compile_denoiser.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import {
  sampleImages,
  toBytes,
} from "../../../pipelines/diffusion/sample_images.ts";
import {
  samplerByName,
  samplerNames,
} from "../../../pipelines/diffusion/samplers_by_name.ts";
import { drawWave } from "../../golden/waves.ts";
import { smallTraining } from "./small_diffusion.ts";

const run = {
  device: "cpu",
  threads: 1,
  signal: new AbortController().signal,
  progress: { stage() {}, update() {}, note() {}, warn() {} },
} as const;

/** A model whose weights are waves, so that its output depends on everything. */
async function waveModel() {
  const model = await diffusionModel(smallTraining, 8, keyFrom(0));
  for (const [name, variable] of Object.entries(model.averaged.variables)) {
    const values = drawWave({
      name,
      shape: variable.shape,
    }, 0.2);
    const tensor = variable.reshape([-1]);
    variable.assign(tensor.mul(0).add(values).reshape(variable.shape));
    tensor.dispose();
  }
  return model;
}

Deno.test("an image does not depend on the batch that it is drawn in", async () => {
  using model = await waveModel();
  using few = await compileDenoiser(model, 2, run);
  using many = await compileDenoiser(model, 5, run);
  for (const name of ["euler-ancestral", "dpm2"] as const) {
    const request = {
      ...samplerByName(name, model.schedule, 4),
      conditions: [0, 1, 2, 3, 4],
      guidance: 2,
      key: keyFrom(3),
    };
    const one = await sampleImages(model, few, request, run);
    const other = await sampleImages(model, many, request, run);
    one.forEach((value, i) => assertAlmostEquals(value, other[i]!, 1e-3));
  }
});

Deno.test("images that are drawn side by side are those that are drawn one after the other, and progress counts all visits", async () => {
  using model = await waveModel();
  using alone = await compileDenoiser(model, 8, run);
  using cut = await compileDenoiser(model, 8, { ...run, threads: 2 });
  assertEquals([alone.together, alone.sideBySide], [8, 1]);
  assertEquals([cut.together, cut.sideBySide], [4, 2]);
  using small = await compileDenoiser(model, 3, { ...run, threads: 2 });
  assertEquals([small.together, small.sideBySide], [3, 1]); // threads share its only piece
  const request = {
    ...samplerByName("euler-ancestral", model.schedule, 3),
    conditions: Array.from({ length: 10 }, (_, i) => i),
    guidance: 2,
    key: keyFrom(3),
  };
  const told: (readonly [number, number | undefined])[] = [];
  const progress = {
    ...run.progress,
    update: ({ step, steps }: { step: number; steps?: number }) =>
      void told.push([step, steps]),
  };
  const one = await sampleImages(model, alone, request, run);
  const other = await sampleImages(model, cut, request, { ...run, progress });
  one.forEach((value, i) => assertAlmostEquals(value, other[i]!, 1e-3));
  assertEquals(told, Array.from({ length: 9 }, (_, i) => [i + 1, 9])); // three parts, three visits of each
});

Deno.test("who watches sees whole batches, one after the other", async () => {
  using model = await waveModel();
  using cut = await compileDenoiser(model, 8, { ...run, threads: 2 });
  const seen: number[][] = [];
  await sampleImages(model, cut, {
    ...samplerByName("ddim", model.schedule, 2),
    conditions: Array.from({ length: 10 }, (_, i) => i),
    key: keyFrom(3),
    watch: ({ visit, x }, first) => void seen.push([first, visit, x.length]),
  }, run);
  const whole = [[0, 0, 8 * 64], [0, 1, 8 * 64]];
  const rest = [[8, 0, 2 * 64], [8, 1, 2 * 64]];
  assertEquals(seen, [...whole, ...rest]);
});

Deno.test("a denoiser gives as many predictions as it is asked for, in whatever pieces it takes them", async () => {
  using model = await waveModel();
  using whole = await compileDenoiser(model, 33, run);
  using parts = await compileDenoiser(model, 64, run);
  const images = drawWave({ name: "images", shape: [33 * 64] }, 1);
  const timesteps = Array.from({ length: 33 }, (_, i) => i % 7);
  const classes = Array.from({ length: 33 }, (_, i) => i % 10);
  for (const count of [1, 32, 33]) {
    const [one, other] = await Promise.all(
      [whole, parts].map((denoiser) =>
        denoiser.predict(
          images.slice(0, count * 64),
          timesteps.slice(0, count),
          classes.slice(0, count),
        )
      ),
    );
    assertEquals(other!.length, count * 64); // two in, two out
    one!.forEach((value, i) => assertAlmostEquals(value, other![i]!, 1e-4));
  }
});

Deno.test("guidance 1 leaves the negative class without effect, and equal classes leave guidance without", async () => {
  using model = await waveModel();
  using denoiser = await compileDenoiser(model, 3, run);
  const draw = (
    own: { negative?: number[]; guidance?: number; negativePart?: number },
  ) =>
    sampleImages(model, denoiser, {
      ...samplerByName("dpm2", model.schedule, 3),
      conditions: [1, 2, 3],
      key: keyFrom(3),
      ...own,
    }, run);
  const plain = await draw({});
  assertEquals(await draw({ negative: [7] }), plain);
  assertNotEquals(await draw({ negative: [7], guidance: 3 }), plain);
  const away = { negative: [7], guidance: 3 };
  const led = await draw(away);
  const unled = await draw({ guidance: 3 });
  assertEquals(await draw({ ...away, negativePart: 1 }), led);
  assertEquals(await draw({ ...away, negativePart: 0 }), unled);
  // three visits: the first alone, then two of them
  const early = await draw({ ...away, negativePart: 1 / 3 });
  assertNotEquals(early, unled);
  assertNotEquals(early, await draw({ ...away, negativePart: 0.4 }));
  assertNotEquals(early, led);
  const same = {
    ...samplerByName("dpm2", model.schedule, 3),
    conditions: [7, 7],
    key: keyFrom(3),
    negative: [7],
  };
  const [one, strong] = await Promise.all(
    [1, 5].map((guidance) =>
      sampleImages(model, denoiser, { ...same, guidance }, run)
    ),
  );
  one!.forEach((value, i) => assertAlmostEquals(value, strong![i]!, 1e-4));
});

Deno.test("clipped images end within the range of pixels", async () => {
  using model = await waveModel();
  using denoiser = await compileDenoiser(model, 4, run);
  for (const name of samplerNames) {
    const images = await sampleImages(model, denoiser, {
      ...samplerByName(name, model.schedule, 5),
      conditions: [0, 1, 2, 3],
      key: keyFrom(3),
    }, run);
    assert(images.every(Number.isFinite), name);
    if (name === "pndm") continue; // it extrapolates the noise, not the clipped image
    // the last step to a clean end gives the clipped estimate, of multistep methods nearly
    const greatest = Math.max(...images.map(Math.abs));
    assert(greatest < 1.5, `${name}: ${greatest}`);
  }
  assertEquals([...toBytes([-1, -2, 1, 3, 0])], [0, 0, 255, 255, 128]);
});

Deno.test("samplerByName() refuses more steps than timesteps", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  assertThrows(
    () => samplerByName("ddpm", model.schedule, 101),
    RangeError,
    "Expected at most 100 steps but found 101",
  );
});

Deno.test("a denoiser refuses more images than it was compiled for", async () => {
  using model = await diffusionModel(smallTraining, 8, keyFrom(0));
  using denoiser = await compileDenoiser(model, 1, run);
  await assertRejects(
    () => denoiser.predict(new Float32Array(128), [1, 2], [0, 0]),
    RangeError,
    "Expected at most 1 images of 64 pixels",
  );
});
