/**
 * The stage that draws what a VAE makes of the whole latent plane.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import { normalQuantile } from "../../../models/distributions/normal_quantile.ts";
import type { Vae } from "../../../models/vae.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages } from "../../images/images.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { count } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";

/** How much of the latent plane to draw. */
export interface ManifoldRequest {
  /** Images in a row of the manifold. */
  readonly manifoldSide: number;
}

/** The setting of `ManifoldRequest`, with its default and rule. */
export const manifoldRequest: Flags<ManifoldRequest> = {
  manifoldSide: count(20, "images in a row of the manifold"),
};

/**
 * Draws the decoder means of latents on a square grid: the quantiles of the prior, so that each image stands for an
 * equal share of it.
 *
 * Source: Kingma & Welling 2014, figure 4 and appendix A.
 *
 * @throws {RangeError} If the latent vectors have another length than two.
 */
export const drawManifold: Stage<
  Partial<LatentSize & ManifoldRequest> & {
    readonly vae: Vae;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-manifold", {
  needs: ["vae", "images", "dataset"],
  settings: { ...latentSize, ...manifoldRequest },
  adds: {},
}, async ({ vae, images, latent, manifoldSide, dataset }, context) => {
  if (latent !== 2) {
    throw new RangeError(`Expected 2 latent dimensions but found ${latent}`);
  }
  const { rows, columns } = images.test;
  const latents = quantileGrid(manifoldSide);
  using decoder = await compile(({ latents }) => ({
    means: vae.decode(latents).mean,
  }), {
    inputs: { latents: { shape: [manifoldSide ** 2, latent] } },
    device: context.device,
    threads: context.threads,
  });
  const { means } = await decoder.run({ latents });
  await context.artifacts.figure(
    await imageGrid({
      name: "manifold",
      title:
        "Decoder means over the latent plane, at equal shares of the prior",
      subtitle: `${
        subtitleOf(dataset, context)
      }; z₁ from left to right, z₂ from bottom to top`,
      imageShape: [rows, columns],
      grids: [{ images: means.data, columns: manifoldSide }],
    }),
  );
  return {};
});

/**
 * The points of a square grid at the quantiles (i + 1/2) / side of a normal in each direction.
 *
 * @param side Points in a row.
 * @returns Row by row from the highest z2, each from the lowest z1, [side * side, 2].
 */
export function quantileGrid(side: number): Float32Array {
  const quantiles = Array.from(
    { length: side },
    (_, i) => normalQuantile((i + 0.5) / side),
  );
  return Float32Array.from(
    quantiles.toReversed().flatMap((up) =>
      quantiles.flatMap((across) => [across, up])
    ),
  );
}
