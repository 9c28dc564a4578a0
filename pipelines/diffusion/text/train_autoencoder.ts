/**
 * The stage that trains the autoencoder of scenes.
 * @module
 */
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { fitElbo } from "../../images/fit_elbo.ts";
import {
  autoencoderModel,
  type AutoencoderWeights,
  createAutoencoder,
} from "./scene_autoencoder.ts";
import type { SceneSets } from "../../images/scenes/make_scenes.ts";
import { latentLength } from "./text_sizes.ts";

/** How long to train. */
export interface AutoencoderTraining {
  /** Passes over the training scenes. */
  readonly autoencoderEpochs: number;
}

/** Flag of the training. */
export const autoencoderTraining: Flags<AutoencoderTraining> = {
  autoencoderEpochs: count(
    6,
    "passes of the autoencoder over the training scenes",
    { smoke: 1 },
  ),
};

/** Scenes in a weight update. */
export const AUTOENCODER_BATCH = 32;

/** The step size at first; over the last half of the training it falls to a tenth. */
const LEARNING_RATE = 2e-3;
const LAST = 0.1;

/** Trains the autoencoder by the evidence lower bound. */
export const trainAutoencoder: Stage<
  Partial<AutoencoderTraining> & { readonly sceneSets: SceneSets },
  { readonly autoencoder: AutoencoderWeights }
> = stage("autoencoder", {
  needs: ["sceneSets"],
  settings: autoencoderTraining,
  cached: true,
  adds: { autoencoder: "encoder and decoder of scenes" },
}, async ({ sceneSets, autoencoderEpochs }, context) => {
  const [weightKey, key] = split(context.key, 2);
  using stack = new DisposableStack();
  const autoencoder = stack.use(createAutoencoder(weightKey));
  const model = autoencoderModel(autoencoder);
  const train = sceneSets.train.images;
  await fitElbo({
    images: {
      train,
      validation: sceneSets.validation.images,
      test: sceneSets.test.images,
      binarization: "none",
      redraw: () => train,
    },
    variables: autoencoder.variables,
    modelOf: () => model,
    latent: latentLength,
    monteCarlo: 1,
    epochs: autoencoderEpochs,
    batch: AUTOENCODER_BATCH,
    learningRate: LEARNING_RATE,
    learningRateAt: (epoch) =>
      LEARNING_RATE * fallingTo(LAST, (epoch + 1) / autoencoderEpochs),
    recordEvery: 10,
    validateEvery: 0,
    patience: 0,
    snapshots: [],
  }, { ...context, key });
  stack.move();
  return { autoencoder };
});

/** 1 over the first half of the training, then on a line to what is left at its end. */
function fallingTo(last: number, done: number): number {
  return 1 - (1 - last) * Math.max(0, 2 * done - 1);
}
