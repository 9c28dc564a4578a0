/**
 * The stage that draws what was measured of a text-to-image model.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import type { Artifacts } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { sceneSide } from "../../images/scenes/draw_scene.ts";
import type { TextSamplerCase } from "./compare_text_samplers.ts";
import { asUnit } from "./measure_coding.ts";
import { type NegativeEffect, negativePair } from "./measure_negative.ts";

/** Draws the pair with and without a negative prompt, and samplers against steps. */
export const drawText: Stage<
  {
    readonly negativeEffect: NegativeEffect | undefined;
    readonly textSamplerCases: readonly TextSamplerCase[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["negativeEffect", "textSamplerCases", "dataset"],
  adds: {},
}, async ({ negativeEffect, textSamplerCases, dataset }, context) => {
  const { artifacts, path } = context;
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  if (negativeEffect) await drawPair(negativeEffect, subtitle, artifacts);
  if (textSamplerCases.length > 0) {
    await drawSamplers(textSamplerCases, subtitle, artifacts);
  }
  return {};
});

async function drawPair(
  { pictures: [without, avoided] }: NegativeEffect,
  subtitle: string,
  artifacts: Artifacts,
): Promise<void> {
  const { prompt, negative } = negativePair;
  await artifacts.figure(
    await imageGrid({
      name: "negative",
      title: `The same noise without and with a negative prompt: ${prompt}`,
      subtitle,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{
        columns: without.length / (3 * sceneSide ** 2),
        images: asUnit([...without, ...avoided]),
        rowLabels: ["without", `not: ${negative}`],
      }],
    }),
  );
}

async function drawSamplers(
  cases: readonly TextSamplerCase[],
  subtitle: string,
  artifacts: Artifacts,
): Promise<void> {
  const samplers = [...new Set(cases.map(({ sampler }) => sampler))];
  const counts = [...new Set(cases.map(({ steps }) => steps))];
  await artifacts.figure(
    await imageGrid({
      name: "samplers",
      title: "The same noise and prompt by several samplers",
      subtitle,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{
        columns: counts.length,
        columnLabels: counts.map((steps) => `${steps} steps`),
        rowLabels: samplers,
        images: asUnit(cases.flatMap(({ picture }) => [...picture])),
      }],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "distance",
      title: "Distance from the end of the probability flow",
      subtitle: `${subtitle}; from the same noise`,
      x: { title: "steps", scale: "log" },
      y: { title: "root mean square of latents", scale: "log" },
      series: samplers.map((sampler) => ({
        label: sampler,
        points: cases.filter((one) => one.sampler === sampler)
          .map(({ steps, distance }) => ({ x: steps, y: distance })),
      })),
    }),
  );
}
