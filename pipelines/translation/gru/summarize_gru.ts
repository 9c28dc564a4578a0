/**
 * The stage that gathers the numbers of a recurrent translator's run.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { TranslationCorpus } from "../../text/parallel/corpus.ts";
import {
  logFrequencies,
  tokenCounts,
  unigramCrossEntropy,
  unigramEntropy,
} from "../../text/parallel/tokens.ts";
import type { Training } from "../../training/training.ts";
import type { RecurrentTranslator } from "../build_seq2seq.ts";
import type { TranslationEvaluation, Written } from "../evaluate_translator.ts";

/** Names the numbers of a run, as `summary.json` holds them. */
export const summarizeGru: Stage<
  {
    readonly translator: RecurrentTranslator;
    readonly corpus: TranslationCorpus;
    readonly training: Training;
    readonly evaluation: TranslationEvaluation;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["translator", "corpus", "training", "evaluation"],
  adds: { summary: "the run's numbers by name" },
}, ({ translator, corpus, training, evaluation }) => {
  const { loss, greedy, beam } = evaluation;
  const valueAt = (name: string, which: "first" | "last") => {
    const found = training.history.flatMap(({ values }) => values[name] ?? []);
    return (which === "first" ? found[0] : found.at(-1)) ?? 0; // both are always recorded
  };
  const best = training.history.flatMap(({ values }) =>
    values["validation/loss"] ?? []
  ).reduce((least, one) => Math.min(least, one), Infinity);
  const { length } = corpus.targetTokens.names;
  const countsOf = (split: "train" | "validation") =>
    tokenCounts(corpus[split].map(({ target }) => target.slice(0, -1)), length);
  const counts = countsOf("train");
  return {
    summary: {
      parameters: Object.values(translator.model.variables)
        .reduce((sum, { size }) => sum + size, 0),
      sourceVocabulary: corpus.sourceTokens.names.length,
      targetVocabulary: length,
      steps: training.steps,
      bestStep: training.bestStep,
      unigramEntropy: unigramEntropy(counts),
      "validation/unigramCrossEntropy": unigramCrossEntropy(
        logFrequencies(counts),
        countsOf("validation"),
      ),
      "validation/firstLoss": valueAt("validation/loss", "first"),
      "validation/loss": best,
      "test/loss": loss.loss,
      "test/perplexity": Math.exp(loss.loss),
      "train/saturatedStart": valueAt("saturated/start", "last"),
      ...numbersOf("greedy", greedy),
      ...numbersOf("beam", beam),
    },
  };
});

function numbersOf(name: string, { scores, unended }: Written): Summary {
  const { bleu, chrf, chrfPlusPlus, lengthRatio } = scores;
  return {
    [`test/${name}/bleu`]: bleu.score,
    [`test/${name}/bleuStdErr`]: bleu.standardError,
    [`test/${name}/chrf`]: chrf.score,
    [`test/${name}/chrfStdErr`]: chrf.standardError,
    [`test/${name}/chrfPlusPlus`]: chrfPlusPlus,
    [`test/${name}/lengthRatio`]: lengthRatio,
    [`test/${name}/unended`]: unended,
  };
}
