import { assertEquals, assertStringIncludes } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import type { SamplerCase } from "../../../pipelines/diffusion/samplers/compare_samplers.ts";
import { drawSamplers } from "../../../pipelines/diffusion/samplers/draw_samplers.ts";
import { summarizeSamplers } from "../../../pipelines/diffusion/samplers/summarize_samplers.ts";
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

/** Cases in two numbers of steps, with 30 images, or fewer with more steps. */
function casesOf(
  samplers: readonly SamplerName[],
  long = 30,
): readonly SamplerCase[] {
  return samplers.flatMap((sampler) =>
    [10, 25].map((steps): SamplerCase => ({
      ...{ sampler, steps, seconds: 0.1 },
      distance: (sampler === "ddpm" ? 5 : 1) / steps,
      images: new Float32Array(30 * 784),
      quality: {
        count: steps > 10 ? long : 30,
        frechet: { mean: steps, standardError: 1 },
        ...{ precision: 1, recall: 1, confidence: 1, entropyBits: 3 },
        shares: [],
        classes: 10,
      },
    }))
  );
}

/** A run that draws and tells cases. */
async function runOf(samplerCases: readonly SamplerCase[]) {
  using model = await diffusionModel(smallTraining, 28, keyFrom(0));
  const store = memoryRun();
  const options = { seed: 0, device: "cpu", threads: 1, store } as const;
  const input = { samplerCases, model, grey, dataset };
  await execute(drawSamplers, input, options);
  const { summary } = await execute(summarizeSamplers, input, options);
  return { ...store, summary };
}

/** Figures of samplers in two numbers of steps, by name, with the names of their lines. */
async function figuresOf(
  samplers: readonly SamplerName[],
): Promise<Readonly<Record<string, readonly SamplerName[]>>> {
  const { figures } = await runOf(casesOf(samplers));
  return Object.fromEntries(
    [...figures].map(([name, { spec }]) => [
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

Deno.test("Fréchet distances of fewer images are neither drawn nor told, distances from the end of the flow are", async () => {
  const { figures, files, summary } = await runOf(
    casesOf(["dpm2", "euler", "ddpm"], 29),
  );
  const hasLong = (name: string) =>
    JSON.stringify(figures.get(name)?.spec).includes('"x":25,');
  assertEquals([hasLong("frechet"), hasLong("distance")], [false, true]);
  const text = (files.get("report.txt") as string).replaceAll("\n", " ");
  assertStringIncludes(text, "dpm2, 10 steps: Fréchet distance 10.0 ± 1.0 of");
  assertStringIncludes(
    text,
    "dpm2, 25 steps: 29 digits, 0.040 from the end of the flow, 100 ms an image.",
  );
  assertStringIncludes(
    text,
    "With 25 steps and without noise in them, dpm2, euler: 0.040 from the end of the flow, as root mean squares of pixels from -1 to 1.",
  );
  assertStringIncludes(
    text,
    "With 25 steps and noise in each but the last, ddpm: 0.200 from it.",
  );
  assertEquals(summary["dpm2/25/frechet"], 25); // with its number of images beside it
  assertEquals(summary["dpm2/25/samples"], 29);
});

Deno.test("samplers with noise in their steps are told apart from those without, from the nearest to the farthest", async () => {
  const cases = casesOf(samplerNames)
    .map((one, i) => ({
      ...one,
      distance: (i + 1) / 100,
      quality: { ...one.quality, accuracy: 0.905 },
    }));
  const { files } = await runOf(cases);
  const text = (files.get("report.txt") as string).replaceAll("\n", " ");
  assertStringIncludes(text, " 30 digits, 90.5 % read as asked, ");
  assertStringIncludes(
    text,
    "without noise in them, lms, euler, dpm1, dpm2, dpm2-karras, dpm3, ddim, pndm, heun, unipc: 0.020 to 0.260 from",
  );
  assertStringIncludes(
    text,
    "noise in each but the last, euler-ancestral, ddpm, ddpm-larger: 0.060 to 0.200 from",
  );
});
