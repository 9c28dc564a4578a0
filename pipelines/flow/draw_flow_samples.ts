/**
 * The stage that draws what a flow makes of normal numbers.
 * @module
 */
import type { Owned } from "../../models/parameters/parameters.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import { imageGrid } from "../charts/image_grid.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { split } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GreyImages } from "../images/images.ts";
import { type FlowPictures, flowPictures } from "./flow_settings.ts";
import { flowSampler } from "./flow_sampler.ts";

/** Images along a side of a grid. */
const SIDE = 6;

/** Draws samples at several temperatures, from the same noise, and what each scale of latents is for; none is chosen. */
export const drawFlowSamples: Stage<
  Partial<FlowPictures> & {
    readonly flow: Owned<RealNvp>;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-samples", {
  needs: ["flow", "grey", "dataset"],
  settings: flowPictures,
  adds: {},
}, async ({ flow, grey, dataset, temperatures }, context) => {
  const { rows, columns } = grey.test;
  const pixels = rows * columns;
  const [key, otherKey] = split(context.key, 2);
  const noise = normal(key, SIDE * SIDE * pixels);
  const other = normal(otherKey, SIDE * SIDE * pixels);
  const subtitle = subtitleOf(dataset, context);
  const common = { imageShape: [rows, columns] as const, subtitle };
  using sampler = await flowSampler(flow, pixels, context);
  const gridOf = async (title: string, latents: Float32Array) => ({
    title,
    images: await sampler.imagesOf(latents),
    columns: SIDE,
  });
  const byTemperature = [];
  for (const temperature of temperatures) {
    const latents = noise.map((z) => temperature * z);
    byTemperature.push(await gridOf(`Temperature ${temperature}`, latents));
  }
  if (byTemperature.length > 0) {
    await context.artifacts.figure(
      await imageGrid({
        ...common,
        name: "samples",
        title: "Samples: latents times a temperature, from the same noise",
        grids: byTemperature,
      }),
    );
  }
  const isFirst = (i: number) => i % pixels < flow.firstScale;
  await context.artifacts.figure(
    await imageGrid({
      ...common,
      name: "scales",
      title: "One image's latents, each scale drawn anew in turn",
      grids: [
        await gridOf(
          "First scale anew",
          noise.map((_, i) => isFirst(i) ? other[i]! : noise[i % pixels]!),
        ),
        await gridOf(
          "Second scale anew",
          noise.map((_, i) => isFirst(i) ? noise[i % pixels]! : other[i]!),
        ),
        await gridOf(
          "First scale 0, second anew",
          noise.map((_, i) => isFirst(i) ? 0 : other[i]!),
        ),
      ],
    }),
  );
  return {};
});
