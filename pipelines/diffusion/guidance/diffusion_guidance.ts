/**
 * Guidance and negative classes on one trained model and one seed.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, list, oneOf, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { checkSampler } from "../check_request.ts";
import type { DiffusionModel, DiffusionSizes } from "../diffusion_model.ts";
import {
  diffusionImages,
  diffusionSizes,
  type DiffusionTraining,
  diffusionTraining,
} from "../diffusion_settings.ts";
import {
  type ModelSource,
  modelSource,
  obtainDiffusion,
} from "../obtain_diffusion.ts";
import { toGrey } from "../sample_images.ts";
import { samplerNames } from "../samplers_by_name.ts";
import { buildDiffusion } from "../train_diffusion.ts";
import {
  compareGuidance,
  type GuidanceCase,
  type GuidanceRequest,
  type NegativeCase,
} from "./compare_guidance.ts";

/** Everything that shapes the experiment. */
export interface DiffusionGuidanceConfig
  extends
    ImageRequest,
    DiffusionSizes,
    DiffusionTraining,
    ModelSource,
    GuidanceRequest {}

/** Flags of the task. */
export const diffusionGuidanceFlags: Flags<
  Omit<DiffusionGuidanceConfig, "data">
> = {
  sampler: {
    ...oneOf(samplerNames, "how digits are drawn"),
    fallback: "dpm2",
  },
  steps: count(25, "steps of the sampler", { smoke: 3 }),
  guidances: list(
    [0, 1, 1.5, 2, 3, 4, 6, 8],
    real(1, "how strongly the class guides", { min: 0 }),
    { smoke: [0, 1, 3] },
  ),
  samples: count(500, "digits for each strength of guidance", {
    min: 30,
    smoke: 30,
  }),
  negativeGuidance: real(
    3,
    "guidance where other digits are avoided; 1 leaves a negative class without effect",
    { min: 0 },
  ),
  ...modelSource,
  ...diffusionSizes,
  ...diffusionTraining,
  ...diffusionImages,
};

interface Compared {
  readonly guidanceCases: readonly GuidanceCase[];
  readonly negativeCases: readonly NegativeCase[];
}

const summarizeGuidance: Stage<
  Compared & Pick<GuidanceRequest, "negativeGuidance">,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["guidanceCases", "negativeCases", "negativeGuidance"],
  adds: { summary: "the run's numbers by name" },
}, async ({ guidanceCases, negativeCases, negativeGuidance }, context) => {
  if (negativeGuidance === 1) {
    context.progress.warn("A negative class has no effect at guidance 1");
  }
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  await leaveReport([
    ...guidanceCases.map(({ guidance, quality, distance }) =>
      `Guidance ${guidance}: ${
        percent(quality.accuracy ?? 0)
      } read as asked, Fréchet distance ${
        plusMinus(quality.frechet)
      } of ${quality.count} digits, precision ${
        quality.precision.toFixed(2)
      }, recall ${quality.recall.toFixed(2)}, ${
        distance.toFixed(3)
      } away from the images without guidance.`
    ),
    ...negativeCases.map((one) =>
      `${one.wanted}, not ${one.avoided}, at guidance ${negativeGuidance}: ${
        percent(one.readAsWanted[0])
      } read as ${one.wanted} without and ${
        percent(one.readAsWanted[1])
      } with the negative class, ${percent(one.readAsAvoided[0])} and ${
        percent(one.readAsAvoided[1])
      } as ${one.avoided}; pixels change by ${one.change.toFixed(3)}.`
    ),
  ], context);
  return {
    summary: Object.fromEntries([
      ...guidanceCases.flatMap(({ guidance, quality, distance }) => [
        [`guidance/${guidance}/accuracy`, quality.accuracy ?? 0] as const,
        [`guidance/${guidance}/frechet`, quality.frechet.mean] as const,
        [
          `guidance/${guidance}/frechetStdErr`,
          quality.frechet.standardError,
        ] as const,
        [`guidance/${guidance}/precision`, quality.precision] as const,
        [`guidance/${guidance}/recall`, quality.recall] as const,
        [`guidance/${guidance}/distance`, distance] as const,
      ]),
      ...negativeCases.flatMap((one) => {
        const path = `negative/${one.wanted}-not-${one.avoided}`;
        return [
          [`${path}/wantedWithout`, one.readAsWanted[0]] as const,
          [`${path}/wanted`, one.readAsWanted[1]] as const,
          [`${path}/avoidedWithout`, one.readAsAvoided[0]] as const,
          [`${path}/avoided`, one.readAsAvoided[1]] as const,
          [`${path}/change`, one.change] as const,
        ];
      }),
    ]),
  };
});

const drawGuidance: Stage<
  Compared & {
    readonly model: DiffusionModel;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["guidanceCases", "negativeCases", "model", "dataset"],
  adds: {},
}, async ({ guidanceCases, negativeCases, ...input }, { artifacts, path }) => {
  const { model: { side }, dataset } = input;
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  const row = 10 * side ** 2;
  await artifacts.figure(
    await imageGrid({
      name: "guidance",
      title: "The same noise and digits with more and less guidance",
      subtitle,
      imageShape: [side, side],
      grids: [{
        columns: 10,
        images: toGrey(
          guidanceCases.flatMap(({ images }) => [...images.subarray(0, row)]),
        ),
        rowLabels: guidanceCases.map(({ guidance }) => `g = ${guidance}`),
      }],
    }),
  );
  await artifacts.figure(
    await imageGrid({
      name: "negative",
      title: "The same noise without and with a negative class",
      subtitle,
      imageShape: [side, side],
      grids: [{
        columns: 10,
        images: toGrey(
          negativeCases.flatMap(({ images }) => images.flatMap((i) => [...i])),
        ),
        rowLabels: negativeCases.flatMap(({ wanted, avoided }) => [
          `${wanted}`,
          `${wanted}, not ${avoided}`,
        ]),
      }],
    }),
  );
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
        of("read as asked", ({ quality }) => quality.accuracy ?? 0),
        of("Fréchet distance", ({ quality }) => quality.frechet.mean),
        of("recall", ({ quality }) => quality.recall),
      ],
    }),
  );
  return {};
});

/** From images, or the folder of a run, to the numbers and pictures of guidance. */
export const diffusionGuidanceExperiment: Stage<
  DiffusionGuidanceConfig,
  { readonly summary: Summary }
> = pipeline<DiffusionGuidanceConfig>("diffusion-guidance")
  .pipe(loadMnist)
  .pipe(checkSampler)
  .pipe(buildDiffusion)
  .pipe(obtainDiffusion)
  .pipe(compareGuidance)
  .pipe(summarizeGuidance)
  .pipe(drawGuidance)
  .give("summary");
