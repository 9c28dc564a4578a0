/**
 * From digits to a trained text-to-image model.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import type { Training } from "../../training/training.ts";
import {
  type ReaderTraining,
  readerTraining,
  trainReader,
} from "../../images/scenes/train_reader.ts";
import type { ReaderWeights } from "../../images/scenes/scene_reader.ts";
import { drawCoding } from "./draw_coding.ts";
import { measureCoding } from "./measure_coding.ts";
import type { Accuracy } from "../../images/scenes/accuracy.ts";
import type { AutoencoderWeights } from "./scene_autoencoder.ts";
import { encodeScenes, type LatentScale } from "./scene_latents.ts";
import {
  makeScenes,
  type SceneCounts,
  sceneCounts,
} from "../../images/scenes/make_scenes.ts";
import type { TextModel } from "./text_model.ts";
import {
  type AutoencoderTraining,
  autoencoderTraining,
  trainAutoencoder,
} from "./train_autoencoder.ts";
import { type TextTraining, textTraining, trainText } from "./train_text.ts";

/** How to learn. */
export interface TextLearning
  extends
    ImageRequest,
    SceneCounts,
    ReaderTraining,
    AutoencoderTraining,
    TextTraining {}

/** Flags of the learning. */
export const textLearning: Flags<Omit<TextLearning, "data">> = {
  ...textTraining,
  ...autoencoderTraining,
  ...readerTraining,
  ...sceneCounts,
  ...imageRequest,
};

/** What was learned. */
export interface Learned {
  /** Encoder and decoder of scenes. */
  readonly autoencoder: AutoencoderWeights;
  /** Scale of latents. */
  readonly latentScale: LatentScale;
  /** Text encoder and U-Net. */
  readonly model: TextModel;
  /** Reads scenes. */
  readonly reader: ReaderWeights;
  /** How well it reads test scenes. */
  readonly readerAccuracy: Accuracy;
  /** How well it reads them after encoding and decoding. */
  readonly codedAccuracy: Accuracy;
  /** Where the digits come from. */
  readonly dataset: DatasetInfo;
  /** How the training went. */
  readonly training: Training;
}

/** Makes scenes, then trains the reader, the autoencoder, and text encoder with U-Net, one after another. */
export const learnText: Stage<TextLearning, Learned> = pipeline<TextLearning>(
  "learn",
)
  .pipe(loadMnist)
  .pipe(makeScenes)
  .pipe(trainReader)
  .pipe(trainAutoencoder)
  .pipe(measureCoding)
  .pipe(drawCoding)
  .pipe(encodeScenes)
  .pipe(trainText)
  .give(
    ...["autoencoder", "latentScale", "model", "reader"] as const,
    ...["readerAccuracy", "codedAccuracy", "dataset", "training"] as const,
  );
