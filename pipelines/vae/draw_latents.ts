/**
 * The stage that draws where the encoder puts the test images.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import { imageClasses } from "../images/image_classes.ts";
import type { SampledVae } from "./sampled_vae.ts";
import {
  measurePosteriorMeans,
  variancesOfMeans,
} from "./measure_posterior_means.ts";
import { scatterChart } from "../charts/scatter_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";

/** As many as there are colours that can be told apart. */
const MOST_CLASSES = 10;

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** Draws the posterior means of the test images by class, in the three dimensions where they vary most. */
export const drawLatents: Stage<
  Partial<LatentSize> & {
    readonly vae: SampledVae;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-latents", {
  needs: ["vae", "images", "dataset"],
  settings: latentSize,
  adds: {},
}, async ({ vae, images, latent, dataset }, context) => {
  const { test } = images;
  const { names, title } = imageClasses(images);
  const means = await measurePosteriorMeans(vae, test, latent, context);
  const drawn = [...test.labels.keys()]
    .filter((i) => test.labels[i]! < MOST_CLASSES);
  const shown = liveliest(means, latent);
  const which = latent > shown.length
    ? ", latent dimensions of largest variance"
    : "";
  await context.artifacts.figure(
    await scatterChart({
      name: "latents",
      title: `Posterior means of test images${which}`,
      subtitle: subtitleOf(dataset, context) +
        (names.length > MOST_CLASSES
          ? `, the first ${MOST_CLASSES} of ${names.length} classes`
          : ""),
      points: Float32Array.from(
        drawn.flatMap((i) => shown.map((d) => means[i * latent + d]!)), // in range
      ),
      dimensions: shown.map((dimension) => `z${subscript(dimension + 1)}`),
      classes: drawn.map((i) => test.labels[i]!), // in range
      classNames: names.length === 0 ? ["image"] : names.slice(0, MOST_CLASSES),
      classTitle: title,
    }),
  );
  return {};
});

/** The dimensions, at most three, whose means vary most over the images, in ascending order. */
function liveliest(means: Float32Array, latent: number): number[] {
  const spread = variancesOfMeans(means, latent);
  return [...spread.keys()]
    .sort((a, b) => spread[b]! - spread[a]!)
    .slice(0, 3)
    .sort((a, b) => a - b);
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}
