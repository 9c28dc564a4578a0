/**
 * The stage that trains a network which measures samples.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import {
  CLASSES,
  type DigitClassifierParameters,
  digitClassifierSpecs,
} from "../../models/digit_classifier.ts";
import { lossAndGradients } from "../../models/gradients/loss_and_gradients.ts";
import { tokenCrossEntropy } from "../../models/objectives/token_cross_entropy.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import {
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { split } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  classifyBytes,
  compileFeatures,
} from "../images/features/digit_features.ts";
import { LEAST_IMAGES } from "../images/features/image_quality.ts";
import { toldOf } from "../images/fit_model.ts";
import { imageClasses } from "../images/image_classes.ts";
import type { GreyImages } from "../images/images.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import { train } from "../training/fit.ts";
import { learningRateAt } from "../training/learning_rate.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import type { Training } from "../training/training.ts";
import { type FeatureTraining, featureTraining } from "./feature_settings.ts";
import { labelledBatches } from "./labelled_batches.ts";
import { readRight } from "./read_right.ts";

/** The weights of the network. */
export type Classifier = Parameters<DigitClassifierParameters<ParameterSpec>>;

/** Side of the images that the network reads. */
const SIDE = 28;

/** Trains the network to read classes, by cross-entropy; nothing is chosen by the validation images. */
export const trainFeatures: Stage<
  Partial<FeatureTraining> & { readonly grey: GreyImages },
  { readonly classifier: Classifier; readonly training: Training }
> = stage("train", {
  needs: ["grey"],
  settings: featureTraining,
  cached: true,
  adds: {
    classifier: "the network that reads classes, with its last weights",
    training: "records",
  },
}, async ({ grey, ...settings }, context) => {
  expectReadable(grey);
  const { epochs, batch, learningRate, recordEvery } = settings;
  const [weightKey, batchKey] = split(context.key, 2);
  using stack = new DisposableStack();
  const classifier = stack.use(
    createParameters(digitClassifierSpecs(), sampleParameter(weightKey)),
  );
  const batches = labelledBatches(grey.train, batch, batchKey);
  const steps = epochs * batches.perEpoch;
  using optimizer = adam(classifier.variables);
  using update = await compileUpdate(classifier, optimizer, settings, context);
  using reader = await compileFeatures(classifier.tree, context);
  const training = await train({
    steps,
    stepsPerEpoch: batches.perEpoch,
    recordEvery,
    items: { perStep: batch, unit: "images" },
    weights: classifier.variables,
    slots: optimizer.slots,
    sync: () => update.sync(),
    update: async (first, count) => {
      const { loss } = await update.run({
        ...batches.at(first, count),
        learningRate: Float32Array.from(
          { length: count },
          (_, i) =>
            learningRateAt(first + i, {
              ...{ learningRate, warmUp: 0, decay: "linear", steps },
            }),
        ),
      });
      return { "train/loss": meanAndError(loss.data).mean };
    },
    validateEvery: batches.perEpoch,
    validate: async () => {
      await update.sync();
      const found = await reader.measure(grey.validation.pixels);
      const { mean } = readRight(found, grey.validation.labels);
      return { "validation/accuracy": mean };
    },
    patience: 0,
    snapshotSteps: [],
    told: toldOf(grey.train),
  }, context);
  stack.move();
  return { classifier, training };
});

/** Refuses images that the network cannot read, before any work. */
function expectReadable(grey: GreyImages): void {
  const { rows, columns } = grey.train;
  if (rows !== SIDE || columns !== SIDE) {
    throw new RangeError(
      `Expected images of 28 x 28 pixels but found ${rows} x ${columns}`,
    );
  }
  const { names } = imageClasses(grey);
  if (names.length < 2 || names.length > CLASSES) {
    throw new RangeError(
      `Expected images of 2 to ${CLASSES} classes, which the network learns to tell apart, but found ${names.length}`,
    );
  }
  const { train, test } = grey;
  if (train.count < 2 * LEAST_IMAGES || test.count < 2) {
    throw new RangeError(
      `Expected at least ${
        2 * LEAST_IMAGES
      } training and 2 test images, which the network is to measure, but found ${train.count} and ${test.count}`,
    );
  }
}

async function compileUpdate(
  classifier: Classifier,
  optimizer: Optimizer,
  { batch, recordEvery }: Pick<FeatureTraining, "batch" | "recordEvery">,
  { device, threads }: Pick<RunContext, "device" | "threads">,
) {
  return await compile(
    ({ images, labels, learningRate }: {
      readonly images: tf.Tensor2D;
      readonly labels: tf.Tensor1D;
      readonly learningRate: tf.Scalar;
    }) => {
      const { terms, gradients } = lossAndGradients(() => {
        const { logits } = classifyBytes(images, classifier.tree);
        return { loss: tokenCrossEntropy(logits, labels).mean<tf.Scalar>() };
      }, classifier.variables);
      optimizer.apply(gradients, learningRate);
      return { loss: terms.loss };
    },
    {
      inputs: {
        images: { shape: [batch, SIDE ** 2], dtype: "int32" },
        labels: { shape: [batch], dtype: "int32" },
        learningRate: { shape: [] },
      },
      device,
      threads,
      stepsPerCall: recordEvery,
    },
  );
}
