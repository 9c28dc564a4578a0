/**
 * The stage that says in words what a language model's run has measured.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory, GradientMoment } from "../entries/norm_study.ts";
import { lastOverFirst } from "../measure/gradient_history.ts";
import { countSpikes, stepsUntil } from "../measure/loss_history.ts";
import { FLAT, trendOf } from "../measure/trend.ts";
import { textLosses } from "../measure/text_losses.ts";
import {
  type LanguageResults,
  languageResults,
  leastLoss,
} from "./language_results.ts";
import { wrapText } from "./wrap_text.ts";

/** Writes `report.txt`, which the task prints. */
export const reportLanguageModel: Stage<
  LanguageResults & { readonly normalization: "pre" | "post" },
  { readonly report: string }
> = stage("report", {
  needs: [...languageResults, "normalization"],
  adds: { report: "what was measured, in words" },
}, async (results, { artifacts }) => {
  const sentences = [
    ...lossSentences(results),
    ...results.gradients.flatMap((one) => gradientSentences(one, results)),
  ];
  const report = wrapText(sentences.join(" "));
  await artifacts.file("report.txt", report);
  return { report };
});

function lossSentences(results: LanguageResults): readonly string[] {
  const { training, testLoss, threshold } = results;
  const { loss, bitsPerCharacter, perplexity } = textLosses(testLoss.all.mean);
  const least = leastLoss(results);
  const reached = stepsUntil(training.history, threshold);
  const spikes = countSpikes(training.history);
  return [
    `After ${training.bestStep} weight updates the test loss is ${
      loss.toFixed(3)
    } ± ${testLoss.all.standardError.toFixed(3)} nats per character (${
      bitsPerCharacter.toFixed(3)
    } bits; perplexity ${perplexity.toFixed(2)}).`,
    ...least === undefined ? [] : [
      `No model can be below ${
        least.toFixed(3)
      }; in the second half of a window, where enough has been read, it is ${
        testLoss.secondHalf.mean.toFixed(3)
      }.`,
    ],
    reached === undefined
      ? `The training loss never fell below ${threshold}.`
      : `The training loss first fell below ${threshold} after ${reached} updates.`,
    `${
      spikes === 0 ? "No record shows" : `${spikes} records show`
    } a gradient more than 3 times longer than usual.`,
  ];
}

function gradientSentences(
  { stack, layers, moments }: GradientHistory,
  { normalization }: { readonly normalization: "pre" | "post" },
): readonly string[] {
  const first = moments.at(0);
  const last = moments.at(-1);
  if (first === undefined || last === undefined || layers < 2) return [];
  const where = stack === "" ? "" : ` of the ${stack}`;
  const claim = normalization === "pre"
    ? "that gradients of pre-norm are flat"
    : "that gradients of post-norm grow with the layer";
  const describe = (moment: GradientMoment) =>
    `${
      times(moment.activation)
    } as long with respect to the output of layer ${layers} as to that of layer 1, and ${
      times(moment.weights)
    } with respect to their weights`;
  return [
    `In the first updates the gradient${where} is ${
      describe(first)
    }; in the last ones ${describe(last)}.`,
    `The claim ${claim} ${verdict(first, normalization)} at the start and ${
      verdict(last, normalization)
    } at the end (flat: within a factor of ${FLAT} from layer 1 to ${layers}).`,
  ];
}

function verdict(
  moment: GradientMoment,
  normalization: "pre" | "post",
): string {
  const wanted = normalization === "pre" ? "stays flat" : "grows";
  const holds = (norms: readonly number[]) =>
    trendOf(lastOverFirst(norms)) === wanted;
  const [activation, weights] = [
    holds(moment.activation),
    holds(moment.weights),
  ];
  if (activation && weights) return "holds";
  if (!activation && !weights) return "does not hold";
  return activation
    ? "holds for activations but not for weights"
    : "holds for weights but not for activations";
}

function times(norms: readonly number[]): string {
  return `${lastOverFirst(norms).toPrecision(2)} times`;
}
