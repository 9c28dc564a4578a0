/**
 * The stage that trains the network which reads scenes.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { lossAndGradients } from "../../../models/gradients/loss_and_gradients.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import { fold, type Key, split } from "../../core/random/key.ts";
import { permutation } from "../../core/random/permutation.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { train } from "../../training/fit.ts";
import { learningRateAt } from "../../training/learning_rate.ts";
import { contrastOf, cornersAt, cutOut, cutSide } from "./digit_boxes.ts";
import { sceneLength } from "./draw_scene.ts";
import type { SceneSet, SceneSets } from "./make_scenes.ts";
import { type Accuracy, accuracyOf, attributes } from "./accuracy.ts";
import { answersOf, questionNames } from "./questions.ts";
import {
  compileReader,
  createReader,
  digitLogits,
  type ReaderWeights,
  sceneLogits,
} from "./scene_reader.ts";

/** How long to train. */
export interface ReaderTraining {
  /** Weight updates. */
  readonly readerUpdates: number;
}

/** Flag of the training. */
export const readerTraining: Flags<ReaderTraining> = {
  readerUpdates: count(
    2000,
    "weight updates of the network that reads scenes",
    {
      smoke: 20,
    },
  ),
};

const BATCH = 64;
const LEARNING_RATE = 1e-3;
const WARM_UP = 100;
const RECORD_EVERY = 10;

/** Trains the reader on scenes of all combinations, and measures it on others. */
export const trainReader: Stage<
  Partial<ReaderTraining> & { readonly sceneSets: SceneSets },
  {
    readonly reader: ReaderWeights;
    readonly readerAccuracy: Accuracy;
  }
> = stage("reader", {
  needs: ["sceneSets"],
  settings: readerTraining,
  cached: true,
  adds: {
    reader: "the network that reads scenes",
    readerAccuracy: "part of test scenes in which each attribute is read right",
  },
}, async ({ sceneSets, readerUpdates: steps }, context) => {
  const [weightKey, batchKey] = split(context.key, 2);
  using stack = new DisposableStack();
  const reader = stack.use(createReader(weightKey));
  const { reading, validation, test } = sceneSets;
  const batches = readerBatches(reading, batchKey);
  using optimizer = adam(reader.variables);
  using update = await compileReaderUpdate(reader, optimizer, context);
  using compiled = await compileReader(reader, context);
  const measure = async ({ images, scenes }: SceneSet) =>
    accuracyOf(await compiled.read(images.pixels), scenes);
  await train({
    steps,
    stepsPerEpoch: Math.floor(reading.images.count / BATCH),
    recordEvery: RECORD_EVERY,
    items: { perStep: BATCH, unit: "scenes" },
    weights: reader.variables,
    slots: optimizer.slots,
    sync: () => update.sync(),
    update: async (first, count) => {
      const { loss } = await update.run({
        ...batches(first, count),
        learningRate: Float32Array.from(
          { length: count },
          (_, i) =>
            learningRateAt(first + i, {
              learningRate: LEARNING_RATE,
              warmUp: WARM_UP,
              decay: "cosine",
              steps,
            }),
        ),
      });
      return { "train/readerLoss": meanAndError(loss.data).mean };
    },
    validateEvery: steps,
    validate: async () => {
      await update.sync();
      const found = await measure(validation);
      return Object.fromEntries(
        attributes.map((name) => [
          `validation/reader/${name}`,
          found[name].mean,
        ]),
      );
    },
    patience: 0,
    snapshotSteps: [],
  }, context);
  const readerAccuracy = await measure(test);
  stack.move();
  return { reader, readerAccuracy };
});

/** Scenes and answers of consecutive updates, which depend on their numbers alone; of each scene one digit. */
function readerBatches({ images, scenes }: SceneSet, key: Key) {
  const { count: all, pixels } = images;
  if (BATCH > all) {
    throw new RangeError(
      `Expected at least ${BATCH} scenes to learn to read from but found ${all}`,
    );
  }
  const answers = scenes.map(answersOf);
  const perEpoch = Math.floor(all / BATCH);
  let current = { epoch: -1, order: new Int32Array() };
  const orderAt = (epoch: number) => {
    if (current.epoch !== epoch) {
      current = { epoch, order: permutation(fold(key, epoch), all) };
    }
    return current.order;
  };
  return (first: number, count: number) => {
    const drawn = {
      images: new Uint8Array(count * BATCH * sceneLength),
      answers: new Int32Array(count * BATCH * questionNames.length),
      cuts: new Float32Array(count * BATCH * cutSide ** 2),
      digits: new Int32Array(count * BATCH),
    };
    for (let step = first; step < first + count; step++) {
      const epoch = Math.floor(step / perEpoch);
      const order = orderAt(epoch);
      for (let i = 0; i < BATCH; i++) {
        const at = (step - first) * BATCH + i;
        const scene = order[(step % perEpoch) * BATCH + i]!; // of the epoch
        const right = answers[scene]!;
        const picture = pixels.subarray(
          scene * sceneLength,
          (scene + 1) * sceneLength,
        );
        drawn.images.set(picture, at * sceneLength);
        questionNames.forEach((name, j) =>
          drawn.answers[at * questionNames.length + j] = right[name]
        );
        const corners = cornersAt(right.place);
        const which = (epoch + i) % corners.length; // both digits in turn
        const cut = cutOut(contrastOf(picture), corners[which]!);
        drawn.cuts.set(cut, at * cutSide ** 2);
        drawn.digits[at] = which === 0 ? right.firstDigit : right.secondDigit;
      }
    }
    return drawn;
  };
}

/** Cross-entropy of int32 classes [batch], a mean over the batch. */
function crossEntropy(logits: tf.Tensor2D, classes: tf.Tensor): tf.Scalar {
  const wanted = tf.oneHot(classes.as1D(), logits.shape[1]);
  return logits.logSoftmax().mul(wanted).sum(1).mean<tf.Scalar>().neg();
}

async function compileReaderUpdate(
  reader: ReaderWeights,
  optimizer: ReturnType<typeof adam>,
  { device, threads }: Parameters<typeof compileReader>[1],
) {
  return await compile(
    ({ images, answers, cuts, digits, learningRate }: {
      readonly images: tf.Tensor2D;
      readonly answers: tf.Tensor2D;
      readonly cuts: tf.Tensor2D;
      readonly digits: tf.Tensor1D;
      readonly learningRate: tf.Scalar;
    }) => {
      const right = tf.split(answers, questionNames.length, 1);
      const { terms, gradients } = lossAndGradients(() => {
        const losses = sceneLogits(images, reader)
          .map((logits, i) => crossEntropy(logits, right[i]!)); // one for each
        const ofDigit = crossEntropy(digitLogits(cuts, reader), digits);
        return {
          loss: losses.reduce((sum, one) => sum.add(one), ofDigit),
        };
      }, reader.variables);
      optimizer.apply(gradients, learningRate);
      return { loss: terms.loss };
    },
    {
      inputs: {
        images: { shape: [BATCH, sceneLength], dtype: "int32" },
        answers: { shape: [BATCH, questionNames.length], dtype: "int32" },
        cuts: { shape: [BATCH, cutSide ** 2] },
        digits: { shape: [BATCH], dtype: "int32" },
        learningRate: { shape: [] },
      },
      device,
      threads,
      stepsPerCall: RECORD_EVERY,
    },
  );
}
