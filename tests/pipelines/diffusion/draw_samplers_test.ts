import { assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import type { SamplerCase } from "../../../pipelines/diffusion/samplers/compare_samplers.ts";
import { drawSamplers } from "../../../pipelines/diffusion/samplers/draw_samplers.ts";
import {
  type SamplerName,
  samplerNames,
} from "../../../pipelines/diffusion/samplers_by_name.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import { smallTraining } from "./small_diffusion.ts";

const images = drawDigits(keyFrom(1), 30);
const grey = { train: images, validation: images, test: images };
const dataset = {
  ...{ name: "digits", sha256: "", origin: "built in", builtIn: true },
};

/** Figures of samplers in two numbers of steps, by name, with the names of their lines. */
async function figuresOf(
  samplers: readonly SamplerName[],
): Promise<Readonly<Record<string, readonly SamplerName[]>>> {
  using model = await diffusionModel(smallTraining, 28, keyFrom(0));
  const samplerCases = samplers.flatMap((sampler) =>
    [10, 25].map((steps): SamplerCase => ({
      ...{ sampler, steps, distance: 1 / steps, seconds: 0.1 },
      images: new Float32Array(30 * 784),
      quality: {
        ...{ count: 30, frechet: { mean: steps, standardError: 1 } },
        ...{ precision: 1, recall: 1, confidence: 1, entropyBits: 3 },
        shares: [],
        classes: 10,
      },
    }))
  );
  const store = memoryRun();
  await execute(drawSamplers, { samplerCases, model, grey, dataset }, {
    ...{ seed: 0, device: "cpu", threads: 1, store },
  });
  return Object.fromEntries(
    [...store.figures].map(([name, { spec }]) => [
      name,
      samplers.filter((one) => JSON.stringify(spec).includes(`"${one}"`)),
    ]),
  );
}

Deno.test("up to eight samplers share a figure, more are drawn by their order", async () => {
  const few = samplerNames.slice(0, 3);
  assertEquals(await figuresOf(few), {
    ...{ samplers: few, frechet: few, distance: few },
  });
  const higher: readonly SamplerName[] = [
    ...["lms", "dpm2", "dpm2-karras", "dpm3", "pndm", "heun"] as const,
    "unipc",
  ];
  const others = samplerNames.filter((one) => !higher.includes(one));
  assertEquals(await figuresOf(samplerNames), {
    samplers: [...samplerNames],
    ...{ frechet: higher, distance: higher },
    ...{ frechet_first_order: others, distance_first_order: others },
  });
});
