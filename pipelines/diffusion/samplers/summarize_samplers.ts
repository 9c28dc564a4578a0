/**
 * The stage that says what samplers made of the same noise.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { addsNoise } from "../samplers_by_name.ts";
import { mostImages, type SamplerCase } from "./compare_samplers.ts";

/** Leaves a report: each sampler's numbers, and how far from the end of the flow all of them end. */
export const summarizeSamplers: Stage<
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
  const most = mostImages(samplerCases);
  await leaveReport(
    [
      ...samplerCases.map((one) => sentence(one, things, most)),
      ...whatAgrees(samplerCases),
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

/** Fréchet distances of fewer images than others have are greater on average, and are not told. */
function sentence(
  { sampler, steps, quality, distance, seconds }: SamplerCase,
  things: string,
  most: number,
): string {
  const frechet = quality.count < most
    ? ""
    : `Fréchet distance ${plusMinus(quality.frechet)} of `;
  return `${sampler}, ${steps} steps: ${frechet}${quality.count} ${things}, ${
    quality.accuracy === undefined
      ? ""
      : `${percent(quality.accuracy)} read as asked, `
  }${distance.toFixed(3)} from the end of the flow, ${
    (1000 * seconds).toFixed(0)
  } ms an image.`;
}

/** How far methods with and without noise end from the end of the flow, with the most steps. */
function whatAgrees(cases: readonly SamplerCase[]): readonly string[] {
  const most = Math.max(...cases.map(({ steps }) => steps));
  const last = cases.filter(({ steps }) => steps === most);
  const drawn = last.filter(({ sampler }) => addsNoise(sampler));
  const flowing = last.filter(({ sampler }) => !addsNoise(sampler));
  const named = (some: readonly SamplerCase[]) =>
    some.map(({ sampler }) => sampler).join(", ");
  const distances = (some: readonly SamplerCase[]) => {
    const all = some.map(({ distance }) => distance);
    const [least, greatest] = [Math.min(...all), Math.max(...all)]
      .map((distance) => distance.toFixed(3));
    return least === greatest ? greatest : `${least} to ${greatest}`;
  };
  return [
    ...flowing.length > 0
      ? [
        `With ${most} steps and without noise in them, ${named(flowing)}: ${
          distances(flowing)
        } from the end of the flow, as root mean squares of pixels from -1 to 1.`,
      ]
      : [],
    ...drawn.length > 0
      ? [
        `With ${most} steps and noise in each but the last, ${named(drawn)}: ${
          distances(drawn)
        } from it.`,
      ]
      : [],
  ];
}
