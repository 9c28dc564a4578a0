import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../pipelines/core/run/execute.ts";
import { stage } from "../../pipelines/core/stage.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import type { Denoiser } from "../../pipelines/diffusion/compile_denoiser.ts";
import { diffusionModel } from "../../pipelines/diffusion/diffusion_model.ts";
import { sampleImages } from "../../pipelines/diffusion/sample_images.ts";
import { samplerByName } from "../../pipelines/diffusion/samplers_by_name.ts";
import { sampleRun } from "../../pipelines/finished/sample_run.ts";
import { corpusBleu } from "../../pipelines/text/metrics/bleu.ts";
import { corpusChrf } from "../../pipelines/text/metrics/chrf.ts";
import { chooseOptimizer } from "../../pipelines/training/choose_optimizer.ts";
import { train } from "../../pipelines/training/fit.ts";
import { learningRateAt } from "../../pipelines/training/learning_rate.ts";
import { smallTraining } from "../pipelines/diffusion/small_diffusion.ts";
import { inContext } from "../pipelines/in_context.ts";

/** Options as plain JavaScript or JSON may have them: of any types. */
type Loose = Readonly<Record<string, unknown>>;

/** Calls something with options of which it knows no types, and tells it when work begins. */
type Call = (options: Loose, begin: () => void) => Promise<unknown>;

const calls = {
  "execute()": (options, begin) => {
    const work = stage<object, object>("work", { needs: [], adds: {} }, () => {
      begin();
      return {};
    });
    return execute(work, {}, { seed: 0, ...options });
  },
  "sampleRun()": async (options, begin) => {
    const image = { rows: 1, columns: 1 };
    const sample = (latents: tf.Tensor2D) => {
      begin();
      return latents;
    };
    const model = { kind: "flow", flow: { sample }, image };
    const run = { model, record: { task: "toy" } } as never; // what a flow is drawn with, and no more
    return await sampleRun(run, { count: 1, ...options });
  },
  "samplerByName()": async ({ name }) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    return samplerByName(name as "ddim", model.schedule, 2);
  },
  "sampleImages()": async (options, begin) => {
    using model = await diffusionModel(smallTraining, 8, keyFrom(0));
    const denoiser: Denoiser = {
      ...{ batch: 1, together: 1, sideBySide: 1 },
      predict: (images) => {
        begin();
        return Promise.resolve(images as Float32Array); // of as many pixels
      },
      [Symbol.dispose]: () => {},
    };
    await inContext(async (context) => {
      await sampleImages(model, denoiser, {
        ...samplerByName("ddim", model.schedule, 2),
        ...{ conditions: [0], key: keyFrom(0) },
        ...options,
      }, context);
    });
  },
  "chooseOptimizer()": async (options) => {
    const weight = tf.variable(tf.zeros([1]));
    const choice = { optimizer: "sgd", beta2: 0.9, weightDecay: 0 } as const;
    try {
      using _ = chooseOptimizer({ weight }, { ...choice, ...options });
    } finally {
      weight.dispose();
    }
    return await Promise.resolve();
  },
  "learningRateAt()": async (options) => {
    const schedule = { learningRate: 1, warmUp: 0, steps: 2 };
    const rate = { ...schedule, decay: "linear", ...options } as const;
    return await Promise.resolve(learningRateAt(0, rate));
  },
  "train()": async (options, begin) => {
    const none = { weights: {}, slots: {}, snapshotSteps: [] };
    const every = { steps: 1, stepsPerEpoch: 1, validateEvery: 1 };
    const values = () => {
      begin();
      return Promise.resolve({ loss: 0 });
    };
    await inContext(async (context) => {
      await train({
        ...{ ...none, ...every, recordEvery: 1, patience: 0, best: "loss" },
        ...{ items: { perStep: 1, unit: "items" }, sync: async () => {} },
        ...{ update: values, validate: values, ...options },
      }, context);
    });
  },
  "corpusBleu()": async (options) =>
    await Promise.resolve(corpusBleu(translations, options)),
  "corpusChrf()": async (options) =>
    await Promise.resolve(corpusChrf(translations, options)),
} as const satisfies Readonly<Record<string, Call>>;

const translations = { hypotheses: ["a"], references: [["a"]] };

const cases: readonly (readonly [
  call: keyof typeof calls,
  wrong: Loose,
  message: string,
])[] = [
  ["execute()", { seed: -1 }, "Expected seed to be a whole number from 0"],
  ["execute()", { seed: "0" }, "Expected seed to be a whole number from 0"],
  ["execute()", { threads: 0 }, "Cannot use threads: Expected a whole number"],
  ["execute()", { threads: 1.5 }, "Cannot use threads: Expected a whole"],
  ["execute()", { device: "gpu" }, "Cannot use device: Expected one of auto"],
  ["sampleRun()", { count: 0 }, "Cannot use count: Expected a whole number"],
  ["sampleRun()", { count: "9" }, 'Cannot use count: Expected 9 but found "9"'],
  ["sampleRun()", { seed: -1 }, "Cannot use seed: Expected a whole number"],
  ["sampleRun()", { length: 0 }, "Cannot use length: Expected a whole number"],
  ["sampleRun()", { steps: 0.5 }, "Cannot use steps: Expected a whole number"],
  ["sampleRun()", { device: "auto" }, "Cannot use device: Expected one of cpu"],
  [
    "samplerByName()",
    { name: "ddmp" },
    'dpm3, ddim, ddpm, ddpm-larger, pndm, heun or unipc but found "ddmp"',
  ],
  [
    "sampleImages()",
    { clip: "pixel" },
    'Expected clip to be pixels or none but found "pixel"',
  ],
  ["sampleImages()", { guidance: NaN }, "Expected guidance to be finite"],
  ["sampleImages()", { guidance: "2" }, "Expected guidance to be finite"],
  ["sampleImages()", { negativePart: 1.1 }, "to be from 0 to 1 but found 1.1"],
  ["sampleImages()", { negativePart: -0.1 }, "from 0 to 1 but found -0.1"],
  ["sampleImages()", { negative: [] }, "for all and 0 for negative"],
  [
    "chooseOptimizer()",
    { optimizer: "adma" },
    'Expected optimizer to be adam, adamw, sgd, momentum or adagrad but found "adma"',
  ],
  [
    "learningRateAt()",
    { decay: "cosin" },
    'Expected decay to be cosine, constant, linear or inverse-root but found "cosin"',
  ],
  [
    "train()",
    { bestIs: "least" },
    'Expected bestIs to be highest or lowest but found "least"',
  ],
  ["corpusBleu()", { case: "LC" }, "Expected case to be mixed or lc"],
  ["corpusBleu()", { smoothing: "ex" }, "to be exp, floor or none but found"],
  ["corpusBleu()", { effectiveOrder: true }, "to be no or yes but found true"],
  ["corpusBleu()", { floor: -1 }, "Expected floor to be at least 0"],
  ["corpusChrf()", { case: "lower" }, "Expected case to be mixed or lc"],
  ["corpusChrf()", { whiteSpace: true }, "to be removed or kept but found"],
  ["corpusChrf()", { characterOrder: 2.5 }, "Expected characterOrder to be a"],
  ["corpusChrf()", { wordOrder: -1 }, "Expected wordOrder to be a whole"],
  ["corpusChrf()", { beta: NaN }, "Expected beta to be at least 0"],
];

for (const [call, wrong, message] of cases) {
  Deno.test(`${call} refuses ${JSON.stringify(wrong)} before work begins`, async () => {
    let begun = 0;
    const error = await assertRejects(() =>
      calls[call](wrong, () => void begun++)
    );
    const cause = error instanceof Error && error.cause || error; // of a stage
    assertEquals(cause instanceof RangeError, true, `${cause}`);
    assertEquals(`${cause}`.includes(message), true, `${cause}`);
    assertEquals(begun, 0);
  });
}

for (const [name, call] of Object.entries(calls)) {
  Deno.test(`${name} takes the options that each refusal changes`, async () => {
    await call(name === "samplerByName()" ? { name: "ddim" } : {}, () => {});
  });
}
