/**
 * The stage that draws what samplers made of the same noise, and how far they came.
 * @module
 */
import { domainOf } from "../../charts/axis_scale.ts";
import { imageGrid } from "../../charts/image_grid.ts";
import { lineChart } from "../../charts/line_chart.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { classColumns } from "../class_columns.ts";
import type { DiffusionModel } from "../diffusion_model.ts";
import { toGrey } from "../sample_images.ts";
import type { SamplerName } from "../samplers_by_name.ts";
import { mostImages, type SamplerCase } from "./compare_samplers.ts";

/** Lines of a figure that colours tell apart. */
const MOST_LINES = 8;

/** Methods of higher order; the others are of first order, or add noise in their steps. */
const higherOrder: ReadonlySet<SamplerName> = new Set<SamplerName>([
  ...["lms", "dpm2", "dpm2-karras", "dpm3", "pndm", "heun"] as const,
  "unipc",
]);

/** Samplers of one figure. */
interface SamplerGroup {
  /** What the figure's name ends with. */
  readonly suffix: string;
  /** What is said of them. */
  readonly words: string;
  /** The methods. */
  readonly group: readonly SamplerName[];
}

/** All samplers in one figure, or in two by their order where they are too many for one. */
function groupsOf(samplers: readonly SamplerName[]): readonly SamplerGroup[] {
  if (samplers.length <= MOST_LINES) {
    return [{ suffix: "", words: "", group: samplers }];
  }
  const isHigher = (one: SamplerName) => higherOrder.has(one);
  return [
    {
      suffix: "",
      words: ", methods of higher order",
      group: samplers.filter(isHigher),
    },
    {
      suffix: "_first_order",
      words: ", methods of first order and with noise",
      group: samplers.filter((one) => !isHigher(one)),
    },
  ].filter(({ group }) => group.length > 0);
}

/** Draws images by sampler and steps, Fréchet distances, and distances from the end of the flow. */
export const drawSamplers: Stage<
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
  const stepsOf = (cases: readonly SamplerCase[]) => ({
    title: "steps",
    scale: "log",
    domain: domainOf(cases.map(({ steps }) => steps), "log", 0.03),
  } as const);
  const most = mostImages(samplerCases);
  const comparable = samplerCases.filter((one) => one.quality.count === most);
  for (const { suffix, words, group } of groupsOf(samplers)) {
    const of = (
      cases: readonly SamplerCase[],
      value: (one: SamplerCase) => number,
      error?: (one: SamplerCase) => number,
    ) =>
      group.map((sampler) => ({
        label: sampler,
        points: cases.filter((one) => one.sampler === sampler)
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
    await artifacts.figure(
      await lineChart({
        name: `frechet${suffix}`,
        title: `Fréchet distance to ${reference}`,
        subtitle:
          `${subtitle}${words}; ${most} images each; bands: standard errors`,
        x: stepsOf(comparable),
        y: { title: "Fréchet distance" },
        series: of(
          comparable,
          ({ quality }) => quality.frechet.mean,
          ({ quality }) => quality.frechet.standardError,
        ),
      }),
    );
    await artifacts.figure(
      await lineChart({
        name: `distance${suffix}`,
        title: "Distance from the end of the probability flow",
        subtitle: `${subtitle}${words}; from the same noise`,
        x: stepsOf(samplerCases),
        y: { title: "root mean square, pixels from −1 to 1", scale: "log" },
        series: of(samplerCases, ({ distance }) => distance),
      }),
    );
  }
  return {};
});
