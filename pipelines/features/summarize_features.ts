/**
 * The stage that says how well a network reads, and whether it measures what the package's does.
 * @module
 */
import { countParameters } from "../../models/parameters/parameters.ts";
import { digitClassifierSpecs } from "../../models/digit_classifier.ts";
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import { withError } from "../statistics/with_error.ts";
import type { Training } from "../training/training.ts";
import { leaveReport } from "../words/leave_report.ts";
import { percentWithError } from "../words/percent.ts";
import { plusMinus } from "../words/plus_minus.ts";
import { agreementOf } from "./agreement.ts";
import { changeWords } from "./change_words.ts";
import type { NetworkComparison } from "./compare_networks.ts";
import type { ReadingAccuracy } from "./leave_features.ts";

/** Names the numbers of the network, and tells them in sentences. */
export const summarizeFeatures: Stage<
  {
    readonly training: Training;
    readonly accuracy: ReadingAccuracy;
    readonly comparison: NetworkComparison;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["training", "accuracy", "comparison"],
  adds: { summary: "the run's numbers by name" },
}, async ({ training, accuracy, comparison }, context) => {
  const { sets, halves } = comparison;
  const { pairs, sameOrder, line, logRatio } = agreementOf(sets);
  const ratio = {
    mean: Math.exp(logRatio.mean),
    standardError: Math.exp(logRatio.mean) * logRatio.standardError,
  };
  await leaveReport([
    `The network reads ${
      percentWithError(accuracy.test)
    } of the test images as their labels say, ${
      percentWithError(accuracy.validation)
    } of the validation images and ${
      percentWithError(accuracy.train)
    } of the training images.`,
    `Fréchet distances of training images to the test images, by this network and by the package's: ${
      sets.map((set) =>
        `${changeWords(set)} ${plusMinus(set.own)} and ${
          plusMinus(set.packaged)
        }`
      ).join("; ")
    }.`,
    `One half of the training images lies ${
      plusMinus(halves.own)
    } from the other by this network, ${
      plusMinus(halves.packaged)
    } by the package's.`,
    `Of ${pairs} pairs of these sets that both networks tell apart by more than two standard errors, both put ${sameOrder} in the same order. This network's distances are ${
      plusMinus(ratio)
    } times the package's, and grow with their power ${
      plusMinus({ mean: line.slope, standardError: line.slopeError })
    }.`,
  ], context);
  return {
    summary: {
      parameters: countParameters(digitClassifierSpecs()),
      updates: training.steps,
      ...withError("test/accuracy", accuracy.test),
      "validation/accuracy": accuracy.validation.mean,
      "train/accuracy": accuracy.train.mean,
      ...Object.fromEntries(
        sets.flatMap(({ change, amount, own, packaged }) => [
          ...Object.entries(withError(pathOf(change, amount, "own"), own)),
          ...Object.entries(
            withError(pathOf(change, amount, "packaged"), packaged),
          ),
        ]),
      ),
      ...withError("halves/own", halves.own),
      ...withError("halves/packaged", halves.packaged),
      "agreement/pairs": pairs,
      "agreement/sameOrder": sameOrder,
      ...withError("agreement/ratio", ratio),
      ...withError("agreement/power", {
        mean: line.slope,
        standardError: line.slopeError,
      }),
    },
  };
});

function pathOf(change: string, amount: number, by: string): string {
  return change === "none" ? `real/${by}` : `${change}-${amount}/${by}`;
}
