/**
 * The stage that gathers the numbers of a flow's run.
 * @module
 */
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { Training } from "../training/training.ts";
import { leaveReport } from "../words/leave_report.ts";
import { plusMinus } from "../words/plus_minus.ts";
import type { FlowBits } from "./evaluate_flow.ts";
import {
  type FlowMeasures,
  flowMeasures,
  type FlowSizes,
  flowSizes,
} from "./flow_settings.ts";
import type { Invertibility } from "./measure_inverse.ts";

/** What the numbers and the text are made of. */
export type FlowFindings =
  & Partial<
    & Pick<FlowSizes, "dequantization">
    & Pick<FlowMeasures, "importanceSamples">
  >
  & {
    readonly training: Training;
    readonly bits: FlowBits;
    readonly inverse: Invertibility;
    readonly dataset: DatasetInfo;
  };

/** Bits per dimension of MNIST by the same convention, after far longer trainings: Grathwohl et al. 2019, table 2. */
const PUBLISHED = { RealNVP: 1.06, Glow: 1.05, FFJORD: 0.99 };

/** Names the numbers of a run, as `summary.json` holds them, and leaves a text about them. */
export const summarizeFlow: Stage<FlowFindings, { readonly summary: Summary }> =
  stage(
    "summarize",
    {
      needs: ["training", "bits", "inverse", "dataset"],
      settings: {
        ...only(flowSizes, "dequantization"),
        ...only(flowMeasures, "importanceSamples"),
      },
      adds: { summary: "the run's numbers by name" },
    },
    async ({ training, bits, inverse, ...config }, context) => {
      await leaveReport(flowSentences({ ...config, bits, inverse }), context);
      return {
        summary: {
          steps: training.steps,
          bestStep: training.bestStep,
          parameters: inverse.parameters,
          "test/bitsPerDim": bits.test.mean,
          "test/bitsPerDimStdErr": bits.test.standardError,
          "first/bitsPerDim": bits.single.mean,
          "first/bitsPerDimStdErr": bits.single.standardError,
          "first/weightedBitsPerDim": bits.weighted.mean,
          "first/weightedBitsPerDimStdErr": bits.weighted.standardError,
          "first/images": bits.weightedImages,
          "counted/bitsPerDim": bits.counted.global,
          "counted/bitsPerDimByPlace": bits.counted.perPixel,
          "counted/bitsPerDimByNeighbours": bits.counted.neighbours,
          "inverse/largestError": inverse.largestError,
          "inverse/sameGreyLevels": inverse.sameGreyLevels,
          importanceSamples: config.importanceSamples,
        },
      };
    },
  );

/**
 * Tells what the bits are of, how the bound is tightened, and what counting reaches.
 *
 * @returns Paragraphs.
 */
export function flowSentences(
  { bits, inverse, dataset, dequantization, importanceSamples }:
    & Pick<FlowFindings, "bits" | "inverse" | "dataset">
    & Pick<FlowSizes, "dequantization">
    & Pick<FlowMeasures, "importanceSamples">,
): readonly string[] {
  const { test, single, weighted, counted, weightedImages } = bits;
  const gain = single.mean - weighted.mean;
  const levels = 100 * inverse.sameGreyLevels;
  return [
    `${
      plusMinus(test)
    } bits/dim on all test images: -log2 P(x) / D of images of 256 grey levels, ` +
    `bounded from above with one sample of ${dequantization} noise for each image.`,
    `On the first ${weightedImages} test images ${
      plusMinus(single)
    } bits/dim, and ${
      plusMinus(weighted)
    } with ${importanceSamples} samples weighted by their importance: ${
      gain.toFixed(3)
    } bits/dim of the distance to the truth are due to the noise, at least.`,
    `Counting grey levels reaches ${counted.global.toFixed(3)} bits/dim, ${
      counted.perPixel.toFixed(3)
    } if they are counted for each place and ${
      counted.neighbours.toFixed(3)
    } given two neighbours.${publishedSentence(dataset)}`,
    `Back from the latents, logits of pixels are off by at most ${
      inverse.largestError.toExponential(1)
    }, and ${
      levels.toFixed(levels === 100 ? 0 : 3)
    } % of the grey levels are recovered.`,
  ];
}

/** What others have reached, where it is the same data. */
function publishedSentence({ name }: DatasetInfo): string {
  if (name !== "mnist") return "";
  const list = Object.entries(PUBLISHED)
    .map(([model, bits]) => `${bits.toFixed(2)} (${model})`);
  return ` Published by the same convention, after far longer trainings: ${
    list.join(", ")
  }.`;
}
