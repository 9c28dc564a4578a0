/**
 * The stage that draws what lies between two images in a flow's latents.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { firstImages } from "../images/first_images.ts";
import type { GreyImages } from "../images/images.ts";
import { flowSampler } from "./flow_sampler.ts";

/** Pairs of images, and images of a row with both ends. */
const PAIRS = 6;
const STEPS = 9;

/** Draws rows from one test image to another, along latents of about equal length. */
export const drawInterpolations: Stage<
  {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-interpolations", {
  needs: ["flow", "grey", "dataset"],
  adds: {},
}, async ({ flow, grey: { test }, dataset }, context) => {
  const { rows, columns } = test;
  const pixels = rows * columns;
  const ends = firstImages(test, 2 * PAIRS);
  using sampler = await flowSampler(flow, pixels, context);
  const latents = await sampler.latentsOf(ends);
  const pairs = ends.count >> 1;
  const path = new Float32Array(pairs * STEPS * pixels);
  for (let i = 0; i < pairs * STEPS; i++) {
    const [pair, at] = [Math.floor(i / STEPS), i % STEPS / (STEPS - 1)];
    const of = (end: number) =>
      latents.subarray(
        (2 * pair + end) * pixels,
        (2 * pair + end + 1) * pixels,
      );
    path.set(between(of(0), of(1), at), i * pixels);
  }
  await context.artifacts.figure(
    await imageGrid({
      name: "interpolations",
      title: "From one test image to another, through the latents",
      subtitle: subtitleOf(dataset, context),
      imageShape: [rows, columns],
      grids: [{ images: await sampler.imagesOf(path), columns: STEPS }],
      scale: 2,
    }),
  );
  return {};
});

/**
 * A point on the arc from one vector to another: its squared length goes evenly from the one's to the other's where
 * they are orthogonal, as independent normal vectors of many numbers nearly are.
 *
 * @param first Where the arc begins.
 * @param last Where it ends.
 * @param at How far along, 0 to 1.
 */
export function between(
  first: Float32Array,
  last: Float32Array,
  at: number,
): Float32Array {
  const angle = at * Math.PI / 2;
  const [a, b] = at === 1 ? [0, 1] : [Math.cos(angle), Math.sin(angle)];
  return first.map((x, i) => a * x + b * last[i]!);
}
