import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { diffusionModel } from "../../../../pipelines/diffusion/diffusion_model.ts";
import { denoisedImages } from "../../../../pipelines/finished/explore/denoised_images.ts";
import { exploredPage } from "../../../../pipelines/finished/explore/explored_page.ts";
import { loadRun } from "../../../../pipelines/finished/load_run.ts";
import { leave } from "../leave_run.ts";

for (const prediction of ["noise", "velocity"] as const) {
  Deno.test(`two images of each class go from noise to the end that is predicted last (${prediction})`, async () => {
    const config = {
      channels: 8,
      timesteps: 3,
      schedule: "linear",
      prediction,
    } as const;
    using model = await diffusionModel(config, 8, keyFrom(1));
    const told = { rows: "8", columns: "8" };
    const folder = await leave(config, model.averaged.variables, told);
    using run = await loadRun(folder);
    const left = run.model;
    assert(left?.kind === "diffusion");
    const denoised = await denoisedImages(run, left, "tfjs");
    const { moments, each, classes, rows, columns } = denoised;
    assertEquals([each, classes.length, rows, columns], [2, 10, 8, 8]);
    assertEquals(moments.length, 4); // three timesteps, fewer than 50 steps, and the end
    const timesteps = moments.map(({ timestep }) => timestep);
    assertEquals(timesteps, [2, 1, 0, 0]);
    const signals = moments.map(({ signal }) => signal);
    assertEquals(signals, signals.toSorted((a, b) => a - b));
    for (const { signal, spread, noisy, predicted } of moments) {
      assert(Math.abs(signal ** 2 + spread ** 2 - 1) < 1e-12);
      assertEquals([noisy.length, predicted.length], [1280, 1280]);
    }
    // The last step of DDIM ends at the clean image that was predicted there.
    assertEquals(moments[3]!.noisy, moments[2]!.predicted);
    assertEquals(moments[3]!.predicted, moments[3]!.noisy);
    assertNotEquals(moments[0]!.noisy, moments[2]!.noisy);
    assertEquals(await denoisedImages(run, left, "tfjs"), denoised);
    const few = await denoisedImages(run, { ...left, classes: 3 }, "tfjs");
    assertEquals(few.classes, ["0", "1", "2"]);
    const first = (moment = moments[3]!) => moment.noisy.slice(0, 3 * 64);
    assertEquals(first(few.moments[3]), first()); // of classes 0, 1 and 2

    const { page } = await exploredPage(folder, "tfjs");
    await Deno.remove(folder, { recursive: true });
    assert(page.includes("drawn from noise of seed 0 by DDIM in 3 steps"));
  });
}

Deno.test("a model of many timesteps is shown in fifty steps", async () => {
  const config = {
    ...{ channels: 8, timesteps: 60 },
    ...{ schedule: "linear", prediction: "noise" } as const,
  };
  using model = await diffusionModel(config, 8, keyFrom(1));
  const folder = await leave(config, model.averaged.variables, {
    ...{ rows: "8", columns: "8" },
  });
  using run = await loadRun(folder);
  await Deno.remove(folder, { recursive: true });
  const left = run.model;
  assert(left?.kind === "diffusion");
  const few = { ...left, classes: 1 };
  const { moments } = await denoisedImages(run, few, "cpu");
  assertEquals(moments.length, 51); // and the end
});
