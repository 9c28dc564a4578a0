/**
 * The stage that gathers the numbers of a language model's run.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory } from "../entries/norm_study.ts";
import { growthByLayer, lastOverFirst } from "../measure/gradient_history.ts";
import { countSpikes, stepsUntil } from "../measure/loss_history.ts";
import { textLosses } from "../measure/text_losses.ts";
import {
  type LanguageResults,
  languageResults,
  leastLoss,
} from "./language_results.ts";

/** Names the numbers of a run, as `summary.json` holds them. */
export const summarizeLanguageModel: Stage<
  LanguageResults,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: languageResults,
  adds: { summary: "the run's numbers by name" },
}, ({ gradients, ...results }) => ({
  summary: {
    ...lossNumbers({ ...results, gradients }),
    ...Object.assign({}, ...gradients.map(gradientNumbers)),
  },
}));

function lossNumbers(results: LanguageResults): Summary {
  const { model, training, validationLoss, testLoss, threshold } = results;
  const least = leastLoss(results);
  const reached = stepsUntil(training.history, threshold);
  const { loss, bitsPerCharacter, perplexity } = textLosses(testLoss.all.mean);
  return {
    parameters: Object.values(model.variables)
      .reduce((sum, { size }) => sum + size, 0),
    steps: training.steps,
    bestStep: training.bestStep,
    "validation/loss": validationLoss.all.mean,
    "validation/lossStdErr": validationLoss.all.standardError,
    "test/loss": loss,
    "test/lossStdErr": testLoss.all.standardError,
    "test/bitsPerCharacter": bitsPerCharacter,
    "test/perplexity": perplexity,
    "test/secondHalfLoss": testLoss.secondHalf.mean,
    ...least === undefined ? {} : { leastLoss: least },
    ...reached === undefined ? {} : { stepsToThreshold: reached },
    gradientSpikes: countSpikes(training.history),
  };
}

/** Of the first and the last record of one stack. */
function gradientNumbers({ stack, layers, moments }: GradientHistory): Summary {
  const prefix = stack === "" ? "gradient" : `gradient/${stack}`;
  const ends = { start: moments.at(0), end: moments.at(-1) };
  const entries = Object.entries(ends).flatMap(([when, moment]) =>
    moment === undefined || layers < 2
      ? []
      : (["activation", "weights"] as const).flatMap((kind) => [
        [
          `${prefix}/${when}/${kind}/lastOverFirst`,
          lastOverFirst(moment[kind]),
        ],
        [
          `${prefix}/${when}/${kind}/growthByLayer`,
          Math.exp(growthByLayer(moment[kind]).slope),
        ],
      ])
  );
  return Object.fromEntries(entries);
}
