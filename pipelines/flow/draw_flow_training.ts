/**
 * The stage that draws the bits per dimension of a training.
 * @module
 */
import { historyPoints } from "../charts/history_points.ts";
import { lineChart } from "../charts/line_chart.ts";
import { subtitleOf } from "../charts/subtitle.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { Training } from "../training/training.ts";
import type { FlowBits } from "./evaluate_flow.ts";
import { type FlowSizes, flowSizes } from "./flow_settings.ts";

/** Draws the bound over the weight updates, beside what counting grey levels reaches. */
export const drawFlowTraining: Stage<
  Partial<Pick<FlowSizes, "dequantization">> & {
    readonly training: Training;
    readonly bits: FlowBits;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw-training", {
  needs: ["training", "bits", "dataset"],
  settings: only(flowSizes, "dequantization"),
  adds: {},
}, async ({ training, bits, dataset, dequantization }, context) => {
  const { history } = training;
  const { counted, test } = bits;
  const points = (name: string) =>
    historyPoints(history, `${name}/bitsPerDim`).filter(({ x }) => x > 0);
  await context.artifacts.figure(
    await lineChart({
      name: "bits",
      title: "Bits per dimension of images of 256 grey levels",
      subtitle: `${
        subtitleOf(dataset, context)
      }; upper bounds with ${dequantization} noise`,
      x: { title: "weight updates", scale: "log" },
      y: { title: "bits/dim" },
      series: [
        { label: "training batches", points: points("train") },
        { label: "validation images", points: points("validation") },
      ],
      rules: [
        { y: counted.global, label: "grey levels counted" },
        { y: counted.perPixel, label: "counted for each place" },
        { y: counted.neighbours, label: "given two neighbours" },
        { y: test.mean, label: `all test images: ${test.mean.toFixed(3)}` },
      ],
    }),
  );
  return {};
});
