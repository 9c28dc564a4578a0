import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { assertNear, random } from "./agreement.ts";
import {
  convolutionalModel,
  gruModel,
  transformerModel,
  vaeModel,
} from "./models.ts";
import type { Model } from "./training.ts";

const STEPS = 20;
const RATE = 1e-3;

const MODELS: Readonly<Record<string, () => Model>> = {
  "a VAE": () => vaeModel({ batch: 8, pixels: 30, hidden: 12, latent: 3 }),
  "a convolutional autoencoder of tf.layers": convolutionalModel,
  "a transformer": transformerModel,
  "a GRU of tf.layers": gruModel,
};

for (const [name, create] of Object.entries(MODELS)) {
  Deno.test(`compile() trains ${name} as tfjs does, for ${STEPS} steps`, async () => {
    const model = create();
    const feeds = Array.from({ length: STEPS }, model.feed);
    const start = values(model);
    const eager = await trainOn("tfjs", model, feeds);
    restore(model, start);
    const native = await trainOn("cpu", model, feeds);
    // Adam's first steps divide a gradient by its own size: one that is rounded to the other side of zero
    // moves its parameter by up to the learning rate the other way, at each step.
    native.losses.forEach((loss, i) => {
      const expected = eager.losses[i]!; // a loss for each step
      assert(
        Math.abs(loss - expected) <= 1e-4 * Math.abs(expected),
        `step ${i}: ${loss}, ${expected}`,
      );
    });
    native.values.forEach((found, i) => {
      const expected = eager.values[i]!; // the same variables
      const off = expected.filter((value, j) =>
        Math.abs(value - found[j]!) > 1e-5
      );
      const most = expected.length / 20;
      assert(
        off.length <= most,
        `${off.length} of ${expected.length} of variable ${i} differ`,
      );
      assertNear(`variable ${i}`, found, expected, STEPS * RATE);
    });
  });

  Deno.test(`compile() runs 1 to 8 steps of ${name} in a call, to the same bits`, async () => {
    const model = create();
    const feeds = Array.from({ length: STEPS }, model.feed);
    const start = values(model);
    const single = await trainOn("cpu", model, feeds);
    restore(model, start);
    using step = await compile(model.step, {
      inputs: model.inputs,
      device: "cpu",
      stepsPerCall: 8,
    });
    const losses: number[] = [];
    for (let from = 0; from < STEPS; from += 8) { // 8, 8 and 4 steps
      const { loss } = await step.run(stack(feeds.slice(from, from + 8)));
      losses.push(...loss.data);
    }
    await step.sync();
    assertEquals(losses, single.losses);
    assertEquals(values(model), single.values);
  });
}

Deno.test("compile() trains a VAE for 200 steps as tfjs does, within roundings of weights and losses", async () => {
  const steps = 200;
  const model = vaeModel({ batch: 16, pixels: 64, hidden: 24, latent: 4 });
  const feeds = Array.from({ length: steps }, model.feed);
  const start = values(model);
  const eager = await trainOn("tfjs", model, feeds);
  restore(model, start);
  const native = await trainOn("cpu", model, feeds);
  // A step rounds each weight anew; all roundings at once, at the start, have the longest time to grow.
  const rounding = 2 ** -24;
  const off = steps * rounding;
  restore(
    model,
    start.map((numbers) =>
      numbers.map((x) => x * (1 + off * (2 * random() - 1)))
    ),
  );
  const disturbed = await trainOn("tfjs", model, feeds);
  const [apart, allowed] = [native, disturbed].map(({ losses }) =>
    Math.max(...losses.map((loss, i) => Math.abs(loss - eager.losses[i]!))) // as many steps
  );
  // A loss is a sum over 64 pixels and 16 images, which may be added in another order.
  const ofLoss = (64 + 16) * rounding * eager.losses[0]!; // the greatest
  assert(allowed! < ofLoss, `${allowed}`); // the disturbance has not taken over
  assert(apart! <= ofLoss + allowed!, `${apart}, ${allowed}`);
  assert(eager.losses.at(-1)! < eager.losses[0]! - 1);
});

Deno.test("compile() leaves no tensors behind", async () => {
  const model = vaeModel({ batch: 2, pixels: 5, hidden: 4, latent: 2 });
  const before = tf.memory().numTensors;
  for (const device of ["cpu", "tfjs"] as const) {
    const step = await compile(model.step, { inputs: model.inputs, device });
    for (let i = 0; i < 3; i++) {
      await step.run({ ...model.feed(), learningRate: RATE });
    }
    await step.sync();
    step.dispose();
    assertEquals(tf.memory().numTensors, before);
  }
});

async function trainOn(
  device: "cpu" | "tfjs",
  model: Model,
  feeds: readonly ReturnType<Model["feed"]>[],
): Promise<
  {
    readonly losses: readonly number[];
    readonly values: readonly Float32Array[];
  }
> {
  using step = await compile(model.step, {
    inputs: model.inputs,
    device,
    threads: 2,
  });
  const losses: number[] = [];
  for (const feed of feeds) {
    const { loss } = await step.run({ ...feed, learningRate: RATE });
    losses.push(loss.item());
  }
  await step.sync();
  return { losses, values: values(model) };
}

function values(model: Model): readonly Float32Array[] {
  return model.variables.map((variable) =>
    Float32Array.from(variable.dataSync())
  );
}

function restore(model: Model, numbers: readonly Float32Array[]): void {
  model.variables.forEach((variable, i) => {
    tf.tidy(() => variable.assign(tf.tensor(numbers[i]!, variable.shape))); // one array for each
  });
}

function stack(
  feeds: readonly ReturnType<Model["feed"]>[],
): Record<string, Float32Array | Int32Array | number> {
  const stacked: Record<string, Float32Array | Int32Array | number> = {
    learningRate: RATE,
  };
  for (const [name, first] of Object.entries(feeds[0]!)) { // one step at least
    const all = first instanceof Float32Array
      ? new Float32Array(first.length * feeds.length)
      : new Int32Array(first.length * feeds.length);
    feeds.forEach((feed, i) => all.set(feed[name]!, i * first.length));
    stacked[name] = all;
  }
  return stacked;
}
