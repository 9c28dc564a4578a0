/**
 * The stage that draws a recurrent translator's run.
 * @module
 */
import { historyPoints } from "../../charts/history_points.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { TranslationCorpus } from "../../text/parallel/corpus.ts";
import {
  tokenCounts,
  tokenUnit,
  unigramEntropy,
} from "../../text/parallel/tokens.ts";
import type { Training } from "../../training/training.ts";
import { attentionFigure, readableSentences } from "../draw_attention.ts";
import type { TranslationEvaluation, Written } from "../evaluate_translator.ts";

/** Draws the loss during training, BLEU against the length of the source, and attention. */
export const drawGru: Stage<
  {
    readonly training: Training;
    readonly corpus: TranslationCorpus;
    readonly evaluation: TranslationEvaluation;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["training", "corpus", "evaluation", "dataset"],
  adds: {},
}, async ({ training, corpus, evaluation, dataset }, context) => {
  const { artifacts } = context;
  const { sourceLanguage, targetLanguage } = corpus;
  const direction = `${sourceLanguage} → ${targetLanguage}`;
  const subtitle = `${direction} · ${subtitleOf(dataset, context)}`;
  const targets = corpus.train.map(({ target }) => target.slice(0, -1));
  const { length } = corpus.targetTokens.names;
  const unit = tokenUnit(corpus.targetTokens);
  const entropy = unigramEntropy(tokenCounts(targets, length));
  await artifacts.figure(
    await lineChart({
      name: "loss",
      title: "Loss during training",
      subtitle,
      x: { title: "weight updates" },
      y: { title: "nats per target token" },
      series: [
        {
          label: "training",
          points: historyPoints(training.history, "train/loss"),
        },
        {
          label: "validation",
          points: historyPoints(training.history, "validation/loss"),
        },
      ],
      rules: [{ y: entropy, label: `entropy of single ${unit}s` }],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "bleu-by-length",
      title: "BLEU against the length of the source",
      subtitle: `${subtitle} · bands: ± one standard error over sentences`,
      x: { title: "source words (mean of the bin)" },
      y: { title: "BLEU, lower case" },
      series: [
        { label: "greedy", points: lengthPoints(evaluation.greedy) },
        { label: "beam search", points: lengthPoints(evaluation.beam) },
      ],
    }),
  );
  const chosen = readableSentences(corpus.test, 4);
  const hasAttention = evaluation.read.some(({ weights }) =>
    weights.length > 0
  );
  if (!hasAttention || chosen.length === 0) return {};
  await artifacts.figure(
    await attentionFigure({
      name: "attention",
      title: `Where the decoder looks while it predicts each ${unit}`,
      subtitle,
      corpus,
      sentences: chosen.map((i) => ({
        pair: corpus.test[i]!, // chosen among them
        read: evaluation.read[i]!, // likewise
      })),
    }),
  );
  return {};
});

function lengthPoints({ byLength }: Written) {
  return byLength.map(({ meanLength, bleu: { score, standardError } }) => ({
    x: meanLength,
    y: score,
    lower: score - standardError,
    upper: score + standardError,
  }));
}
