/**
 * The stage that tells what the autoencoder costs.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
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
import { sceneLength, sceneSide } from "../../images/scenes/draw_scene.ts";
import type { SceneSets } from "../../images/scenes/make_scenes.ts";

/** Scenes that are shown. */
const SHOWN = 12;

/** Has test scenes encoded, decoded and read, and draws some of them. */
export const measureCoding: Stage<
  {
    readonly sceneSets: SceneSets;
    readonly autoencoder: AutoencoderWeights;
    readonly reader: ReaderWeights;
    readonly dataset: DatasetInfo;
  },
  { readonly codedAccuracy: Accuracy }
> = stage("coding", {
  needs: ["sceneSets", "autoencoder", "reader", "dataset"],
  adds: {
    codedAccuracy:
      "part of test scenes in which each attribute is read right after encoding and decoding",
  },
}, async ({ sceneSets: { test }, autoencoder, reader, dataset }, context) => {
  using coder = await compileAutoencoder(autoencoder, context);
  using compiled = await compileReader(reader, context);
  const { pixels } = test.images;
  const coded = await coder.decode(await coder.encode(pixels));
  const shown = Math.min(SHOWN, test.images.count) * sceneLength;
  await context.artifacts.figure(
    await imageGrid({
      name: "autoencoder",
      title: "Test scenes, and the same encoded and decoded",
      subtitle: `${dataset.notice ?? dataset.name}: ${context.path[0]}`,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{
        columns: SHOWN,
        images: asUnit([
          ...pixels.subarray(0, shown),
          ...coded.subarray(0, shown),
        ]),
        rowLabels: ["scenes", "decoded"],
      }],
    }),
  );
  return { codedAccuracy: accuracyOf(await compiled.read(coded), test.scenes) };
});

/** Bytes as numbers from 0 to 1. */
export function asUnit(bytes: ArrayLike<number>): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 255);
}
