/**
 * The stage that gathers the numbers of a language model's run.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { GradientHistory } from "./place_norms.ts";
import {
  growthByLayer,
  lastOverFirst,
  steepestMoment,
} from "./gradient_history.ts";
import { countSpikes, stepsUntil } from "./loss_history.ts";
import { textLosses } from "../text/text_losses.ts";
import {
  type LanguageResults,
  languageResults,
  leastLoss,
  type LossThreshold,
  lossThreshold,
} from "./language_results.ts";

/** Names the numbers of a run, as `summary.json` holds them. */
export const summarizeLanguageModel: Stage<
  LanguageResults & Partial<LossThreshold>,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: languageResults,
  settings: lossThreshold,
  adds: { summary: "the run's numbers by name" },
}, ({ gradients, ...results }) => ({
  summary: {
    ...lossNumbers({ ...results, gradients }),
    ...Object.assign({}, ...gradients.map(gradientNumbers)),
  },
}));

function lossNumbers(results: LanguageResults & LossThreshold): Summary {
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

/** Numbers of the first and the last record of one stack, and of the one with the steepest gradient. */
function gradientNumbers({ stack, layers, moments }: GradientHistory): Summary {
  if (layers < 2 || moments.length === 0) return {};
  const prefix = stack === "" ? "gradient" : `gradient/${stack}`;
  const entries = (["activation", "weights"] as const).flatMap((kind) => {
    const chosen = {
      start: moments[0]!, // there are some
      steepest: steepestMoment(moments, kind),
      end: moments.at(-1)!,
    };
    return Object.entries(chosen).flatMap(([when, moment]) => {
      const name = `${prefix}/${kind}/${when}`;
      const growth = Math.exp(growthByLayer(moment[kind]).slope);
      return [
        ...when === "steepest" ? [[`${name}/step`, moment.step] as const] : [],
        [`${name}/lastOverFirst`, lastOverFirst(moment[kind])] as const,
        [`${name}/growthByLayer`, growth] as const,
      ];
    });
  });
  return Object.fromEntries(entries);
}
