/**
 * The stage that says in words what a recurrent translator's run found.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { TranslationCorpus } from "../../text/parallel/corpus.ts";
import type { Training } from "../../training/training.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { TranslationEvaluation, Written } from "../evaluate_translator.ts";
import type { Score } from "../score_translations.ts";
import { counted } from "../../words/counted.ts";

/** Writes `report.txt`, which the task prints. */
export const reportGru: Stage<
  {
    readonly corpus: TranslationCorpus;
    readonly training: Training;
    readonly evaluation: TranslationEvaluation;
  },
  { readonly report: string }
> = stage("report", {
  needs: ["corpus", "training", "evaluation"],
  adds: { report: "what was measured, in words" },
}, async ({ corpus, training, evaluation }, context) => {
  const { loss, greedy, beam } = evaluation;
  const { sourceLanguage, targetLanguage, test } = corpus;
  const paragraphs = [
    [
      `After ${training.bestStep} weight updates the test loss is ${
        loss.loss.toFixed(3)
      } nats per target token, ends included (perplexity ${
        Math.exp(loss.loss).toFixed(2)
      }), with the true words before each.`,
      `Of ${test.length} sentences from ${sourceLanguage} to ${targetLanguage}, ${
        sentenceOf("greedy search", greedy)
      }; ${sentenceOf("beam search", beam)}.`,
      `Everything is in lower case, and so are the references: ${greedy.scores.signature}; errors are over sentences, by the bootstrap.`,
    ].join(" "),
    `BLEU by the length of the source (greedy): ${
      greedy.byLength.map(({ range: [low, high], sentences, bleu }) =>
        `${spread(bleu)} for ${low} to ${high} words (${
          counted(sentences, "sentence")
        })`
      ).join(", ")
    }.`,
  ];
  return { report: await leaveReport(paragraphs, context) };
});

function sentenceOf(name: string, { scores, unended }: Written): string {
  const { bleu, chrf, chrfPlusPlus, lengthRatio } = scores;
  const endless = unended === 0
    ? ""
    : `, and ${percent(unended)} reach the greatest length`;
  return `${name} has BLEU ${spread(bleu)}, chrF2 ${spread(chrf)}, chrF++ ${
    chrfPlusPlus.toFixed(1)
  } and ${lengthRatio.toFixed(3)} times the references' length${endless}`;
}

function spread({ score, standardError }: Score): string {
  return plusMinus({ mean: score, standardError });
}
