/**
 * The stage that draws test images beside their reconstructions.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import type { SampledVae } from "./sampled_vae.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import { count } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

const SIDE = 8;

/** What to draw of the reconstructions. */
export interface ReconstructionRequest {
  /** Test images drawn beside their reconstructions. */
  readonly reconstructions: number;
}

/** The setting of `ReconstructionRequest`, with its default and rule. */
export const reconstructionRequest: Flags<ReconstructionRequest> = {
  reconstructions: count(64, "test images drawn beside their reconstructions"),
};

/** Draws the first test images, and what the decoder makes of their posterior means. */
export const drawReconstructions: Stage<
  Partial<ReconstructionRequest> & {
    readonly vae: SampledVae;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-reconstructions", {
  needs: ["vae", "images", "dataset"],
  settings: reconstructionRequest,
  adds: {},
}, async ({ vae, images: { test }, dataset, reconstructions }, context) => {
  const length = test.rows * test.columns;
  const count = Math.min(reconstructions, test.count);
  using autoencoder = await compile(({ images }) => ({
    means: vae.decode(vae.encode(images.cast("float32")).mean).mean,
  }), {
    inputs: { images: { shape: [count, length], dtype: "bool" } },
    device: context.device,
    threads: context.threads,
  });
  const images = test.pixels.slice(0, count * length);
  const { means } = await autoencoder.run({ images });
  await context.artifacts.figure(
    await imageGrid({
      name: "reconstructions",
      title: "Test images and their reconstructions from the posterior mean",
      subtitle: subtitleOf(dataset, context),
      imageShape: [test.rows, test.columns],
      grids: [
        {
          title: "Originals",
          images: Float32Array.from(images),
          columns: SIDE,
        },
        { title: "Reconstructions", images: means.data, columns: SIDE },
      ],
    }),
  );
  return {};
});
