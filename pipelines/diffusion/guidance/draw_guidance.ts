/**
 * The stage that draws what guidance and negative classes change.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import { imageClasses } from "../../images/image_classes.ts";
import { classColumns } from "../class_columns.ts";
import type { DiffusionModel } from "../diffusion_model.ts";
import { toGrey } from "../sample_images.ts";
import type { GuidanceCase } from "./compare_guidance.ts";
import type { Compared } from "./summarize_guidance.ts";

/** Draws images by guidance and by negative class, and what guidance gives and takes. */
export const drawGuidance: Stage<
  Compared & { readonly model: DiffusionModel },
  object
> = stage("draw", {
  needs: ["guidanceCases", "negativeCases", "model", "grey", "dataset"],
  adds: {},
}, async ({ guidanceCases, negativeCases, ...input }, { artifacts, path }) => {
  const { model: { side }, grey, dataset } = input;
  const { things, classes, reference } = featureWords(grey, dataset);
  const { names } = imageClasses(grey);
  const name = (label: number) => names[label] ?? `${label}`;
  const across = classColumns(grey);
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  const row = across.columns * side ** 2;
  await artifacts.figure(
    await imageGrid({
      name: "guidance",
      title: `The same noise and ${
        things === "digits" ? "digits" : "classes"
      } with more and less guidance`,
      subtitle,
      imageShape: [side, side],
      grids: [{
        ...across,
        images: toGrey(
          guidanceCases.flatMap(({ images }) => [...images.subarray(0, row)]),
        ),
        rowLabels: guidanceCases.map(({ guidance }) => `g = ${guidance}`),
      }],
    }),
  );
  if (negativeCases.length > 0) {
    await artifacts.figure(
      await imageGrid({
        name: "negative",
        title: "The same noise without and with a negative class",
        subtitle,
        imageShape: [side, side],
        grids: [{
          columns: 10,
          images: toGrey(
            negativeCases.flatMap(({ images }) =>
              images.flatMap((i) => [...i])
            ),
          ),
          rowLabels: negativeCases.flatMap(({ wanted, avoided }) => [
            name(wanted),
            `${name(wanted)}, not ${name(avoided)}`,
          ]),
        }],
      }),
    );
  }
  const of = (
    panel: string,
    value: (one: GuidanceCase) => number,
  ) => ({
    label: panel,
    panel,
    points: guidanceCases.map((one) => ({ x: one.guidance, y: value(one) })),
  });
  await artifacts.figure(
    await lineChart({
      name: "trade",
      title: "What guidance gives and takes",
      subtitle,
      x: { title: "guidance g" },
      y: { title: "" },
      panelRange: "own",
      series: [
        ...classes === "known"
          ? [of("read as asked", ({ quality }) => quality.accuracy ?? 0)]
          : [],
        of(
          reference === "test images"
            ? "Fréchet distance"
            : `Fréchet distance to ${reference}`,
          ({ quality }) => quality.frechet.mean,
        ),
        of("recall", ({ quality }) => quality.recall),
      ],
    }),
  );
  return {};
});
