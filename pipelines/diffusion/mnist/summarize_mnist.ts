/**
 * The stage that says what a trained diffusion model reaches.
 * @module
 */
import { countParameters } from "../../../models/parameters/parameters.ts";
import { unetSpecs } from "../../../models/unet.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import { imageClasses } from "../../images/image_classes.ts";
import type { GreyImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { DiffusionSizes } from "../diffusion_model.ts";
import type { PixelBound } from "../measure_bits.ts";
import { errorValues } from "../fit_denoiser.ts";
import type { DrawingRequest } from "./measure_mnist.ts";
import type { MnistMeasures } from "./mnist_entries.ts";

/** Names the numbers of the model, and tells them in sentences. */
export const summarizeMnist: Stage<
  & Pick<DiffusionSizes, "channels">
  & Pick<DrawingRequest, "sampler" | "steps">
  & {
    readonly training: Training;
    readonly bound: PixelBound;
    readonly measures: MnistMeasures;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [
    ...["channels", "sampler", "steps", "training", "bound"] as const,
    ...["measures", "grey", "dataset"] as const,
  ],
  adds: { summary: "the run's numbers by name" },
}, async ({ channels, training, bound, measures, ...rest }, context) => {
  const { grey, dataset, ...drawing } = rest;
  const { things, note } = featureWords(grey, dataset);
  const told = imageClasses(grey).names.length > 0
    ? ", told their classes,"
    : "";
  const { errors, yardsticks, quality } = measures;
  const { total, reconstruction, consistency } = bound;
  await leaveReport([
    `The bound of test images${told} is ${
      plusMinus(total.textbook)
    } bits for each pixel: consistency ${
      plusMinus(consistency.smaller)
    }, reconstruction ${plusMinus(reconstruction.textbook)}, prior matching ${
      bound.prior.toExponential(1)
    }; with the larger variance of the reverse steps (beta) ${
      plusMinus(bound.totalLarger)
    }. With the decoder that snaps what is nearly black to black the reconstruction is ${
      plusMinus(reconstruction.snapping)
    } and the bound ${plusMinus(total.snapping)}.`,
    `Counting reaches ${
      yardsticks.global.toFixed(3)
    } bits on the same images (all pixels alike), ${
      yardsticks.perPixel.toFixed(3)
    } (each place by itself) and ${
      yardsticks.neighbours.toFixed(3)
    } (given two neighbours): a bound says little of how good samples look.`,
    `${quality.count} ${things} by ${drawing.sampler} in ${drawing.steps} steps: Fréchet distance to MNIST's test images ${
      plusMinus(quality.frechet)
    }, ${
      quality.accuracy === undefined
        ? ""
        : `${percent(quality.accuracy)} read as the digit asked for, `
    }precision ${quality.precision.toFixed(2)}, recall ${
      quality.recall.toFixed(2)
    }.${note && ` ${note}`}`,
  ], context);
  return {
    summary: {
      parameters: countParameters(unetSpecs({ channels })),
      updates: training.steps,
      bestStep: training.bestStep,
      ...errorValues("test", errors),
      "bound/bits": total.textbook.mean,
      "bound/bitsStdErr": total.textbook.standardError,
      "bound/snappingBits": total.snapping.mean,
      "bound/snappingBitsStdErr": total.snapping.standardError,
      "bound/largerVarianceBits": bound.totalLarger.mean,
      "bound/consistencyBits": consistency.smaller.mean,
      "bound/reconstructionBits": reconstruction.textbook.mean,
      "bound/snappingReconstructionBits": reconstruction.snapping.mean,
      "bound/priorBits": bound.prior,
      "counting/globalBits": yardsticks.global,
      "counting/perPixelBits": yardsticks.perPixel,
      "counting/neighbourBits": yardsticks.neighbours,
      "samples/count": quality.count,
      "samples/frechet": quality.frechet.mean,
      "samples/frechetStdErr": quality.frechet.standardError,
      ...quality.accuracy === undefined
        ? {}
        : { "samples/accuracy": quality.accuracy },
      "samples/precision": quality.precision,
      "samples/recall": quality.recall,
      "samples/entropyBits": quality.entropyBits,
    },
  };
});
