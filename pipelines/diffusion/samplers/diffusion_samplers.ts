/**
 * Samplers compared on one trained model and one seed.
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
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { type ImageRequest, loadMnist } from "../../images/load_mnist.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { classColumns } from "../class_columns.ts";
import { checkSamplers } from "../check_request.ts";
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
  compareSamplers,
  type SamplerCase,
  type SamplersRequest,
} from "./compare_samplers.ts";

/** Everything that shapes the experiment. */
export interface DiffusionSamplersConfig
  extends
    ImageRequest,
    DiffusionSizes,
    DiffusionTraining,
    ModelSource,
    SamplersRequest {}

/** Flags of the comparison. */
export const samplersFlags: Flags<SamplersRequest> = {
  samplers: list(
    [
      ...["lms", "euler", "euler-ancestral", "dpm1", "dpm2", "dpm3"] as const,
      ...["ddim", "ddpm", "pndm", "heun", "unipc"] as const,
    ],
    oneOf(samplerNames, "samplers to compare"),
    { least: 1, smoke: ["lms", "euler-ancestral", "dpm2"] },
  ),
  stepCounts: list(
    [10, 100, 1000],
    count(1, "numbers of steps"),
    { least: 1, smoke: [2, 4] },
  ),
  samples: count(200, "images of each sampler with up to 100 steps", {
    min: 30,
    smoke: 30,
  }),
  longSamples: count(30, "images of each sampler with more steps", {
    min: 30,
  }),
  clip: oneOf(
    ["pixels", "none"],
    "range that estimated images are clipped to in each step",
  ),
  guidance: real(1, "how strongly the class guides", { min: 0 }),
};

/** Flags of the task. */
export const diffusionSamplersFlags: Flags<
  Omit<DiffusionSamplersConfig, "data">
> = {
  ...samplersFlags,
  ...modelSource,
  ...diffusionSizes,
  ...diffusionTraining,
  ...diffusionImages,
};

const summarizeSamplers: Stage<
  {
    readonly samplerCases: readonly SamplerCase[];
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["samplerCases", "grey", "dataset"],
  adds: { summary: "the run's numbers by name" },
}, async ({ samplerCases, grey, dataset }, context) => {
  const { things, note } = featureWords(grey, dataset);
  await leaveReport(
    [
      ...samplerCases.map(({ sampler, steps, quality, distance, seconds }) =>
        `${sampler}, ${steps} steps: Fréchet distance ${
          plusMinus(quality.frechet)
        } of ${quality.count} ${things}, ${
          quality.accuracy === undefined
            ? ""
            : `${(100 * quality.accuracy).toFixed(1)} % read as asked, `
        }${distance.toFixed(3)} from the end of the flow, ${
          (1000 * seconds).toFixed(0)
        } ms an image.`
      ),
      ...note === "" ? [] : [note],
    ],
    context,
  );
  return {
    summary: Object.fromEntries(
      samplerCases.flatMap(({ sampler, steps, quality, distance }) => {
        const path = `${sampler}/${steps}`;
        return [
          [`${path}/frechet`, quality.frechet.mean],
          [`${path}/frechetStdErr`, quality.frechet.standardError],
          [`${path}/samples`, quality.count],
          ...quality.accuracy === undefined
            ? []
            : [[`${path}/accuracy`, quality.accuracy] as const],
          [`${path}/precision`, quality.precision],
          [`${path}/recall`, quality.recall],
          [`${path}/distance`, distance],
        ];
      }),
    ),
  };
});

const drawSamplers: Stage<
  {
    readonly samplerCases: readonly SamplerCase[];
    readonly model: DiffusionModel;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["samplerCases", "model", "grey", "dataset"],
  adds: {},
}, async ({ samplerCases, model, grey, dataset }, { artifacts, path }) => {
  const { things, reference } = featureWords(grey, dataset);
  const subtitle = `${dataset.notice ?? dataset.name}: ${path[0]}`;
  const { side } = model;
  const samplers = [...new Set(samplerCases.map(({ sampler }) => sampler))];
  const counts = [...new Set(samplerCases.map(({ steps }) => steps))];
  const shown = 4;
  const { columnLabels } = classColumns(grey);
  await artifacts.figure(
    await imageGrid({
      name: "samplers",
      title: `The same noise and ${
        things === "digits" ? "digits" : "classes"
      } by several samplers`,
      subtitle,
      imageShape: [side, side],
      scale: 2,
      grids: counts.map((steps, i) => ({
        title: `${steps} steps`,
        columns: shown,
        ...columnLabels && { columnLabels: columnLabels.slice(0, shown) },
        images: toGrey(
          samplers.flatMap((sampler) => {
            const one = samplerCases.find((c) =>
              c.sampler === sampler && c.steps === steps
            )!; // one for each
            return [...one.images.subarray(0, shown * side ** 2)];
          }),
        ),
        ...i === 0 ? { rowLabels: samplers } : {},
      })),
    }),
  );
  const groups = [samplers.slice(0, 8), samplers.slice(8)]
    .filter((group) => group.length > 0);
  for (const [i, group] of groups.entries()) {
    const of = (
      value: (one: SamplerCase) => number,
      error?: (one: SamplerCase) => number,
    ) =>
      group.map((sampler) => ({
        label: sampler,
        points: samplerCases.filter((one) => one.sampler === sampler)
          .map((one) => ({
            x: one.steps,
            y: value(one),
            ...error
              ? {
                lower: value(one) - error(one),
                upper: value(one) + error(one),
              }
              : {},
          })),
      }));
    const suffix = i === 0 ? "" : `_${i + 1}`;
    await artifacts.figure(
      await lineChart({
        name: `frechet${suffix}`,
        title: `Fréchet distance to ${reference}`,
        subtitle: `${subtitle}; bands: standard errors; few images raise it`,
        x: { title: "steps", scale: "log" },
        y: { title: "Fréchet distance" },
        series: of(
          ({ quality }) => quality.frechet.mean,
          ({ quality }) => quality.frechet.standardError,
        ),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: `distance${suffix}`,
        title: "Distance from the end of the probability flow",
        subtitle: `${subtitle}; from the same noise`,
        x: { title: "steps", scale: "log" },
        y: { title: "root mean square, pixels from −1 to 1", scale: "log" },
        series: of(({ distance }) => distance),
      }),
    );
  }
  return {};
});

/** From images, or the folder of a run, to the numbers and pictures of samplers. */
export const diffusionSamplersExperiment: Stage<
  DiffusionSamplersConfig,
  { readonly summary: Summary }
> = pipeline<DiffusionSamplersConfig>("diffusion-samplers")
  .pipe(loadMnist)
  .pipe(checkSamplers)
  .pipe(buildDiffusion)
  .pipe(obtainDiffusion)
  .pipe(compareSamplers)
  .pipe(summarizeSamplers)
  .pipe(drawSamplers)
  .give("summary");
