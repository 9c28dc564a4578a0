/**
 * The stage that says in words what a language model's run has measured.
 * @module
 */
import type { Normalization } from "../../models/layers/residual.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory, GradientMoment } from "./place_norms.ts";
import { lastOverFirst, steepestMoment } from "./gradient_history.ts";
import { countSpikes, stepsUntil } from "./loss_history.ts";
import { FLAT, trendOf } from "../statistics/trend.ts";
import { textLosses } from "../text/text_losses.ts";
import {
  type LanguageResults,
  languageResults,
  leastLoss,
  type LossThreshold,
  lossThreshold,
} from "./language_results.ts";
import { leaveReport } from "../words/leave_report.ts";
import {
  type TransformerDepth,
  transformerDepth,
} from "./build_transformer.ts";
import { only } from "../core/task/flags.ts";

/** Lines, and characters in all, of what the model wrote that the report shows. */
const SHOWN = { lines: 12, characters: 600 } as const;

/** Writes `report.txt`, which the task prints: what was measured, and the beginning of what the model wrote. */
export const reportLanguageModel: Stage<
  & LanguageResults
  & { readonly written: string }
  & Partial<LossThreshold>
  & Partial<Pick<TransformerDepth, "normalization">>,
  { readonly report: string }
> = stage("report", {
  needs: [...languageResults, "written"],
  settings: { ...lossThreshold, ...only(transformerDepth, "normalization") },
  adds: { report: "what was measured, in words" },
}, async ({ written, ...results }, context) => {
  const sentences = [
    ...lossSentences(results),
    ...results.gradients.flatMap((one) => gradientSentences(one, results)),
  ];
  const paragraphs = [
    sentences.join(" "),
    "It wrote (all of it is in samples.txt):",
  ];
  const sample = written.slice(0, SHOWN.characters).trim().split("\n")
    .slice(0, SHOWN.lines).join("\n");
  return { report: await leaveReport(paragraphs, context, sample) };
});

function lossSentences(
  results: LanguageResults & LossThreshold,
): readonly string[] {
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
      spikes === 0
        ? "No record shows"
        : spikes === 1
        ? "1 record shows"
        : `${spikes} records show`
    } a gradient more than 3 times longer than usual.`,
  ];
}

function gradientSentences(
  { stack, layers, moments }: GradientHistory,
  { normalization }: { readonly normalization: Normalization },
): readonly string[] {
  if (layers < 2 || moments.length === 0) return [];
  const where = stack === "" ? "" : ` of the ${stack}`;
  const wanted = normalization === "pre" ? "stays flat" : "grows";
  const claim = normalization === "pre"
    ? '"pre-norm gradients are flat"'
    : '"post-norm gradients grow with the layer"';
  const verdicts = (["activation", "weights"] as const).map((kind) => {
    const name = kind === "activation" ? "‖∂L/∂x‖" : "‖∂L/∂W‖";
    const steepest = steepestMoment(moments, kind);
    const [start, middle, end] = [moments[0]!, steepest, moments.at(-1)!] // there are some
      .map((moment) => {
        const ratio = lastOverFirst(moment[kind]);
        const trend = trendOf(ratio);
        const words = `${trend} (${Number(ratio.toPrecision(2))})`;
        return { words, verdict: trend === wanted ? "holds" : "does not hold" };
      });
    return `${name}${where} ${
      start!.words
    } from layer 1 to ${layers} in the first updates, ${
      middle!.words
    } where it is steepest, up to update ${steepest.step}, and ${
      end!.words
    } in the last ones: the claim that ${claim} ${
      start!.verdict
    } at the start, ${middle!.verdict} where it is steepest and ${
      end!.verdict
    } at the end.`;
  });
  return [
    ...verdicts,
    ...normalization === "pre" ? [growthSentence(moments[0]!)] : [],
    `(In brackets: last over first layer; flat is within a factor of ${FLAT}.)`,
  ];
}

/** Through a norm, a gradient is divided by the size of the vector that was normalized. */
function growthSentence({ rms }: GradientMoment): string {
  const growth = lastOverFirst(rms);
  return `At the start the root mean square of x is ${
    growth.toPrecision(2)
  } times as large after the last layer as after the first; a pre-norm gradient is expected to fall by as much, to ${
    (1 / growth).toPrecision(2)
  }.`;
}
