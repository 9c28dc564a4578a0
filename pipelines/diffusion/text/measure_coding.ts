/**
 * The stage that tells what the autoencoder costs.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { type Accuracy, accuracyOf } from "../../images/scenes/accuracy.ts";
import {
  compileReader,
  type ReaderWeights,
} from "../../images/scenes/scene_reader.ts";
import {
  type AutoencoderWeights,
  compileAutoencoder,
} from "./scene_autoencoder.ts";
import { sceneLength } from "../../images/scenes/draw_scene.ts";
import type { SceneSets } from "../../images/scenes/make_scenes.ts";

/** Scenes that are shown. */
const SHOWN = 12;

/** Some scenes, and what the autoencoder makes of them, in bytes. */
export interface CodedScenes {
  /** Scene after scene. */
  readonly scenes: Uint8Array;
  /** What comes of them, encoded and decoded. */
  readonly decoded: Uint8Array;
}

/** Has test scenes encoded, decoded and read. */
export const measureCoding: Stage<
  {
    readonly sceneSets: SceneSets;
    readonly autoencoder: AutoencoderWeights;
    readonly reader: ReaderWeights;
  },
  { readonly codedAccuracy: Accuracy; readonly codedScenes: CodedScenes }
> = stage("coding", {
  needs: ["sceneSets", "autoencoder", "reader"],
  adds: {
    codedAccuracy:
      "part of test scenes in which each attribute is read right after encoding and decoding",
    codedScenes: "the first test scenes, and the same encoded and decoded",
  },
}, async ({ sceneSets: { test }, autoencoder, reader }, context) => {
  using coder = await compileAutoencoder(autoencoder, context);
  using compiled = await compileReader(reader, context);
  const { pixels } = test.images;
  const coded = await coder.decode(await coder.encode(pixels));
  const shown = Math.min(SHOWN, test.images.count) * sceneLength;
  return {
    codedAccuracy: accuracyOf(await compiled.read(coded), test.scenes),
    codedScenes: {
      scenes: pixels.subarray(0, shown),
      decoded: coded.subarray(0, shown),
    },
  };
});

/** Bytes as numbers from 0 to 1. */
export function asUnit(bytes: ArrayLike<number>): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 255);
}
