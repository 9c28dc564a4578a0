import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type DiffusionModel,
  diffusionModel,
} from "../../../pipelines/diffusion/diffusion_model.ts";
import { compareGuidance } from "../../../pipelines/diffusion/guidance/compare_guidance.ts";
import { measureMnist } from "../../../pipelines/diffusion/mnist/measure_mnist.ts";
import { toBytes } from "../../../pipelines/diffusion/sample_images.ts";
import { compareSamplers } from "../../../pipelines/diffusion/samplers/compare_samplers.ts";
import type { Stage } from "../../../pipelines/core/stage.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import { loadFeatureNetwork } from "../../../pipelines/images/features/digit_features.ts";
import { histogramBits } from "../../../pipelines/images/grey_histogram.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { drawWave } from "../../golden/waves.ts";
import { inContext } from "../in_context.ts";
import { smallTraining } from "./small_diffusion.ts";

const SIZE = 28 * 28;
const run = { seed: 0, device: "cpu", threads: 1 } as const;

const grey: GreyImages = {
  train: drawDigits(keyFrom(1), 40),
  validation: drawDigits(keyFrom(2), 10),
  test: drawDigits(keyFrom(3), 60),
};

/** A model of few timesteps whose output depends on everything. */
async function waveModel(timesteps: number): Promise<DiffusionModel> {
  const sizes = { ...smallTraining, timesteps };
  const model = await diffusionModel(sizes, 28, keyFrom(0));
  for (const [name, variable] of Object.entries(model.averaged.variables)) {
    const values = drawWave({ name, shape: variable.shape }, 0.2);
    const tensor = variable.reshape([-1]);
    variable.assign(tensor.mul(0).add(values).reshape(variable.shape));
    tensor.dispose();
  }
  return model;
}

function rms(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}

Deno.test("compareGuidance() sets strengths beside none, and reads digits with and without a negative class", async () => {
  using model = await waveModel(4);
  const { guidanceCases, negativeCases } = await execute(compareGuidance, {
    ...{ grey, model, sampler: "ddim", steps: 2, samples: 30 } as const,
    ...{ guidances: [1, 3], negativeGuidance: 2 },
  }, run);
  const [plain, strong] = guidanceCases;
  assertEquals([plain!.guidance, strong!.guidance], [1, 3]);
  assertEquals([plain!.distance, plain!.images.length], [0, 30 * SIZE]);
  const apart = rms(strong!.images, plain!.images);
  assertAlmostEquals(strong!.distance, apart, 1e-5);
  assert(apart > 0);
  assertEquals(plain!.quality.count, 30);

  assertEquals(
    negativeCases.map(({ wanted, avoided }) => [wanted, avoided]),
    [[4, 9], [3, 8], [7, 1], [5, 6]],
  );
  using network = await loadFeatureNetwork(run);
  for (const { wanted, avoided, images, ...one } of negativeCases) {
    assertAlmostEquals(one.change, rms(images[0], images[1]), 1e-5);
    assert(one.change > 0);
    for (const [i, drawn] of images.entries()) {
      assertEquals(drawn.length, 10 * SIZE);
      const { probabilities } = await network.measure(toBytes(drawn));
      const read = Array.from({ length: 10 }, (_, image) => {
        const row = [...probabilities.slice(10 * image, 10 * image + 10)];
        return row.indexOf(Math.max(...row));
      });
      const share = (digit: number) =>
        read.filter((one) => one === digit).length / 10;
      assertEquals(one.read?.wanted[i], share(wanted));
      assertEquals(one.read?.avoided[i], share(avoided));
    }
  }
});

/** Runs a stage, and gives what it noted beside its results. */
async function noted<Input extends object, Output extends object>(
  { run }: Stage<Input, Output>,
  input: Input,
): Promise<readonly [Output, readonly string[]]> {
  const notes: string[] = [];
  const results: Output[] = [];
  await inContext(async ({ progress, ...context }) => {
    const note = (text: string) => void notes.push(text);
    results.push(
      await run(input, { ...context, progress: { ...progress, note } }),
    );
  });
  return [results[0]!, notes];
}

const milliseconds = (seconds: number) => (1000 * seconds).toFixed(0);

Deno.test("compareSamplers() measures distances to the end of the flow from the same noise", async () => {
  using model = await waveModel(5);
  const [{ samplerCases }, notes] = await noted(compareSamplers, {
    ...{
      grey,
      model,
      samplers: ["heun", "ddim"],
      stepCounts: [2, 5],
    } as const,
    ...{ samples: 30, longSamples: 31, clip: "pixels", guidance: 1 } as const,
  });
  assertEquals(
    notes,
    samplerCases.map(({ sampler, steps, quality, seconds }) => {
      const { mean, standardError } = quality.frechet;
      const distance = `${mean.toFixed(1)} ± ${standardError.toFixed(1)}`;
      return `${sampler}, ${steps} steps: Fréchet distance ${distance}, ${
        milliseconds(seconds)
      } ms an image`;
    }),
  );
  assertEquals(
    samplerCases.map(({ sampler, steps }) => [sampler, steps]),
    [["heun", 2], ["heun", 5], ["ddim", 2], ["ddim", 5]],
  );
  const end = samplerCases[1]!.images; // as many steps as there are timesteps
  for (const { images, distance, quality, seconds } of samplerCases) {
    assertEquals([quality.count, images.length], [30, 30 * SIZE]);
    assertAlmostEquals(distance, rms(images, end), 1e-5);
    assert(seconds > 0 && seconds < 60);
  }
  assertEquals(samplerCases[1]!.distance, 0);
  assert(samplerCases[2]!.distance > 0);
});

Deno.test("measureMnist() draws through training and on the way from noise, and leaves the weights as they were", async () => {
  using model = await waveModel(12);
  const draw = async (steps: number) => {
    const { pictures } = await execute(measureMnist, {
      ...{ grey, model, errorImages: 1, boundImages: 1, samples: 30 },
      ...{ sampler: "ddim", steps, guidance: 1 } as const,
      training: { history: [], snapshots: [], steps: 1, bestStep: 1 },
    }, run);
    return pictures.strip.length;
  };
  assertEquals([await draw(3), await draw(11)], [4, 7]); // all visits, and every other one; then the end
  const before = await readWeights(model.averaged.variables);
  const zero = Object.fromEntries(
    Object.entries(before).map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(data.length) },
    ]),
  );
  const [{ measures, pictures }, notes] = await noted(measureMnist, {
    ...{ grey, model, errorImages: 8, boundImages: 5, samples: 30 },
    ...{ sampler: "ddim", steps: 12, guidance: 1 } as const,
    training: {
      ...{ history: [], steps: 9, bestStep: 9 },
      snapshots: [
        { step: 0, epoch: 0, weights: zero },
        { step: 1234, epoch: 1, weights: before },
      ],
    },
  });
  assertEquals(notes.length, 1);
  assert(/^\d{1,5} ms an image drawn$/.test(notes[0]!), notes[0]);
  assertEquals(await readWeights(model.averaged.variables), before);
  assertEquals(pictures.moments.map(({ title }) => title), [
    ...["0 updates", "1,234 updates"],
  ]);
  const [zeros, same] = pictures.moments.map(({ images }) => images);
  assertEquals(zeros!.length, 10 * SIZE);
  assert(rms(zeros!, same!) > 0);
  // the digits in turn from the same noise: those of the last moment, and of the end of the strip
  assertEquals(pictures.digits.slice(0, 10 * SIZE), same);
  assertEquals(pictures.strip.at(-1), { title: "end", images: same! });
  const titles = pictures.strip.map(({ title }) => title);
  assertEquals(titles.length, 7); // every other one of twelve visits, and the end
  assert(titles.slice(0, -1).every((title) => /^t = \d+$/.test(title)));
  assertEquals(pictures.digits.length, 30 * SIZE);
  assertEquals(measures.quality.count, 30);
  assertEquals(typeof measures.quality.accuracy, "number");
  assertEquals(measures.errors.map(({ timestep }) => timestep), [
    ...[0, 2, 3, 5, 6, 8, 9, 11], // floor((i + 1/2) / 8 * 12)
  ]);
  const five = { ...grey.test, count: 5 };
  const few = { ...five, pixels: grey.test.pixels.slice(0, 5 * SIZE) };
  assertEquals(
    measures.yardsticks,
    histogramBits(grey.train, { ...few, labels: grey.test.labels.slice(0, 5) }),
  );
});
