/**
 * The stage that draws what a VAE dreams before, during and after training.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { normal } from "../core/random/normal.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import type { Snapshot, Training } from "../training/training.ts";
import { assignWeights, readWeights } from "../training/weights.ts";
import type { SampledVae } from "./sampled_vae.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";

const SIDE = 8;

/** Draws an 8x8 grid of ancestral samples for each kept moment and for the end, from the same latents. */
export const drawSamples: Stage<
  Partial<LatentSize> & {
    readonly vae: Owned<SampledVae>;
    readonly images: BinaryImages;
    readonly training: Training;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-samples", {
  needs: ["vae", "images", "training", "dataset"],
  settings: latentSize,
  adds: {},
}, async ({ vae, images, latent, training, dataset }, context) => {
  const { rows, columns } = images.test;
  const latents = normal(context.key, SIDE * SIDE * latent);
  using decoder = await compile(({ latents }) => ({
    means: vae.decode(vae.prior.sample(latents)).mean,
  }), {
    inputs: { latents: { shape: [SIDE * SIDE, latent] } },
    device: context.device,
    threads: context.threads,
  });
  const trained = await readWeights(vae.variables);
  const means = [];
  for (const { weights } of training.snapshots) {
    assignWeights(vae.variables, weights);
    means.push((await decoder.run({ latents })).means.data);
  }
  assignWeights(vae.variables, trained);
  means.push((await decoder.run({ latents })).means.data);
  const titles = [...training.snapshots.map(titleOf), "Best weights"];
  await context.artifacts.figure(
    await imageGrid({
      name: "samples",
      title: "Ancestral samples: decoder means of latents from the prior",
      subtitle: subtitleOf(dataset, context),
      imageShape: [rows, columns],
      grids: means.map((images, i) => ({
        title: titles[i]!, // one for each grid
        images,
        columns: SIDE,
      })),
    }),
  );
  return {};
});

function titleOf({ step, epoch }: Snapshot): string {
  if (step === 0) return "Before training";
  return `After epoch ${Number(epoch.toFixed(2))}`;
}
