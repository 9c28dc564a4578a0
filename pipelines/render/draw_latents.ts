/**
 * The stage that draws where the encoder puts the test images.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { Vae } from "../../models/vae.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../entries/images.ts";
import { imageBlocks } from "../measure/image_blocks.ts";
import { meanAndError } from "../measure/mean_and_error.ts";
import { scatterChart } from "./charts/scatter_chart.ts";
import { subtitleOf } from "./charts/subtitle.ts";

const BLOCK = 500;
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** Draws the posterior means of the test images by digit, in the three dimensions where they vary most. */
export const drawLatents: Stage<
  {
    readonly vae: Vae;
    readonly images: BinaryImages;
    readonly latent: number;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-latents", {
  needs: ["vae", "images", "latent", "dataset"],
  adds: {},
}, async ({ vae, images: { test }, latent, dataset }, context) => {
  const length = test.rows * test.columns;
  using encoder = await compile(({ images }) => ({
    means: vae.encode(images.cast("float32")).mean,
  }), {
    inputs: { images: { shape: [BLOCK, length], dtype: "bool" } },
    device: context.device,
    threads: context.threads,
  });
  const means = new Float32Array(test.count * latent);
  for (const { first, count, pixels } of imageBlocks(test, BLOCK)) {
    const found = await encoder.run({ images: pixels });
    means.set(found.means.data.subarray(0, count * latent), first * latent);
  }
  const shown = liveliest(means, latent);
  const which = latent > shown.length ? " of largest variance" : "";
  await context.artifacts.figure(
    await scatterChart({
      name: "latents",
      title: `Posterior means of test images, latent dimensions${which}`,
      subtitle: subtitleOf(dataset, context),
      points: Float32Array.from(
        { length: test.count * shown.length },
        (_, i) =>
          means[
            Math.floor(i / shown.length) * latent + shown[i % shown.length]!
          ]!, // in range by construction
      ),
      dimensions: shown.map((dimension) => `z${subscript(dimension + 1)}`),
      classes: test.labels,
      classNames: Array.from({ length: 10 }, (_, digit) => String(digit)),
      classTitle: "digit",
    }),
  );
  return {};
});

/** The dimensions, at most three, whose means vary most over the images, in ascending order. */
function liveliest(means: Float32Array, latent: number): number[] {
  const spread = Array.from(
    { length: latent },
    (_, dimension) =>
      meanAndError(means.filter((_, i) => i % latent === dimension))
        .standardError,
  );
  return [...spread.keys()]
    .sort((a, b) => spread[b]! - spread[a]!)
    .slice(0, 3)
    .sort((a, b) => a - b);
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");
}
