/**
 * The stage that answers the study's questions in words, from its numbers.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { MeanAndError } from "../../statistics/mean_and_error.ts";
import { pairedDifference } from "../../statistics/paired_difference.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percentWithError } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { AttentionMeasures, StepKind } from "./attention_measures.ts";
import type { CaseMeasures } from "./measure_case.ts";
import type { CaseKind, KindResult } from "./study_cases.ts";
import {
  attentionOf,
  exposureGap,
  lengthEffect,
  measuresOf,
  overSeeds,
} from "./study_numbers.ts";

/** Writes `report.txt`, one paragraph for each question. */
export const reportStudy: Stage<
  { readonly results: readonly KindResult[] },
  { readonly report: string }
> = stage("report", {
  needs: ["results"],
  adds: { report: "a paragraph for each question" },
}, async ({ results }, context) => {
  const seeds = results[0]!.measures.length; // every kind has as many
  const paragraphs = [
    `Means over ${seeds} ${seeds === 1 ? "seed" : "seeds"}${
      seeds === 1 ? "" : ", with standard errors"
    }; BLEU in lower case, greedy.`,
    spreadParagraph(results),
    endParagraph(results),
    lengthParagraph(results),
    forcingParagraph(results),
    alignmentParagraph(results),
  ];
  return { report: await leaveReport(paragraphs, context) };
});

type Results = readonly KindResult[];

/** A number of one kind, as a reader expects it. */
function tell(
  results: Results,
  kind: CaseKind,
  number: (measures: CaseMeasures) => number | undefined,
): string {
  const found = overSeeds(results, kind, number);
  return found ? plusMinus(found) : "nothing";
}

function meanOf(
  results: Results,
  kind: CaseKind,
  number: (measures: CaseMeasures) => number | undefined,
): MeanAndError {
  return overSeeds(results, kind, number) ?? { mean: 0, standardError: NaN };
}

/** A share of one kind in percent. */
function percent(
  results: Results,
  kind: CaseKind,
  number: (measures: CaseMeasures) => number | undefined,
): string {
  const found = overSeeds(results, kind, number);
  return found ? percentWithError(found) : "nothing";
}

/** Whether translators of equal seeds differ by more than twice the error, which one seed cannot tell. */
function verdict({ mean, standardError }: MeanAndError): string {
  if (Number.isNaN(standardError)) {
    return "one seed cannot tell whether that is chance";
  }
  return Math.abs(mean) > 2 * standardError
    ? "seed by seed that is more than two errors apart"
    : "seed by seed no difference beyond two errors";
}

function spreadParagraph(results: Results): string {
  const at = (step: StepKind | "all", name: keyof AttentionMeasures) =>
    tell(results, "attention", attentionOf(step, name));
  const share = (step: StepKind, name: keyof AttentionMeasures) =>
    percent(results, "attention", attentionOf(step, name));
  const mean = (step: StepKind | "all", name: keyof AttentionMeasures) =>
    meanOf(results, "attention", attentionOf(step, name));
  const widest = (["first", "word", "end"] as const).reduce((a, b) =>
    mean(b, "spread").mean > mean(a, "spread").mean ? b : a
  );
  const names = { first: "the first word", word: "words", end: "the end" };
  return [
    `How attention spreads: its entropy is ${at("word", "entropy")} nats (${
      at("word", "spread")
    } of that of equal weights) while words are predicted, ${
      at("first", "entropy")
    } (${at("first", "spread")}) for the first word and ${
      at("end", "entropy")
    } (${at("end", "spread")}) for the end: it is spread most while ${
      names[widest]
    } is predicted.`,
    `Its mean position is ${
      at("word", "diagonalDistance")
    } of the sentence away from the diagonal for words, ${
      at("first", "diagonalDistance")
    } for the first word and ${at("end", "diagonalDistance")} for the end.`,
    `The end of the source gets ${
      share("word", "end")
    } of the weight from words, ${
      share("first", "end")
    } from the first word and ${
      share("end", "end")
    } from the end itself, where equal weights would give ${
      share("end", "uniform")
    }; marks of punctuation get ${
      share("word", "punctuation")
    } from words and ${share("end", "punctuation")} from the end.`,
  ].join(" ");
}

function endParagraph(results: Results): string {
  const bleu = ({ scores }: CaseMeasures) => scores.bleu.score;
  const [with_, without] = [
    meanOf(results, "attention", bleu),
    meanOf(results, "no source end", bleu),
  ];
  const bleuOf = (kind: CaseKind) => measuresOf(results, kind).map(bleu);
  const difference = pairedDifference(
    bleuOf("attention"),
    bleuOf("no source end"),
  );
  const bare = (name: keyof AttentionMeasures) =>
    percent(results, "no source end", attentionOf("end", name));
  const marked = (name: keyof AttentionMeasures) =>
    percent(results, "attention", attentionOf("end", name));
  const endless = (number: (one: CaseMeasures) => number | undefined) =>
    tell(results, "attention", number);
  const share = (number: (one: CaseMeasures) => number | undefined) =>
    percent(results, "attention", number);
  return [
    `Without an end on the source BLEU is ${plusMinus(without)} instead of ${
      plusMinus(with_)
    }: ${verdict(difference)}. While the end is predicted, the last word gets ${
      bare("lastWord")
    } instead of ${marked("lastWord")}, and punctuation ${
      bare("punctuation")
    } instead of ${marked("punctuation")}.`,
    `If the end must not be written, translations are ${
      endless(({ endless }) => endless.lengthRatio)
    } times as long as the references, BLEU is ${
      endless(({ endless }) => endless.bleu)
    }, and ${
      share(({ endless }) => endless.samePrefix)
    } of them begin as before; behind the natural end ${
      share(({ endless }) => endless.repeats)
    } of the words repeat the word before, and attention puts ${
      share(({ endless }) => endless.behindEnd?.lastWord)
    } on the last word, ${
      share(({ endless }) => endless.behindEnd?.punctuation)
    } on punctuation and ${
      share(({ endless }) => endless.behindEnd?.end)
    } on the end.`,
  ].join(" ");
}

function lengthParagraph(results: Results): string {
  const bleu = ({ scores }: CaseMeasures) => scores.bleu.score;
  const effect = (kind: CaseKind) => tell(results, kind, lengthEffect);
  return `Without attention BLEU is ${
    tell(results, "no attention", bleu)
  } instead of ${
    tell(results, "attention", bleu)
  }; from sentences of middle length to the longest it changes by ${
    effect("no attention")
  } points without attention, and by ${effect("attention")} with it.`;
}

function forcingParagraph(results: Results): string {
  const told = (["attention", "forcing 0.5", "forcing 0"] as const).map(
    (kind) => {
      const share = { attention: 1, "forcing 0.5": 0.5, "forcing 0": 0 }[kind];
      const bleu = tell(results, kind, ({ scores }) => scores.bleu.score);
      const loss = tell(results, kind, ({ testLoss }) => testLoss);
      const gap = tell(results, kind, exposureGap);
      return `with ${share}, BLEU is ${bleu}, the loss after true words ${loss}, and own words cost ${gap} nats more per token than true ones`;
    },
  );
  return `Teacher forcing, at equal updates: ${told.join("; ")}.`;
}

function alignmentParagraph(results: Results): string {
  const kinds = ["additive", "multiplicative", "location"] as const;
  const told = kinds.map((kind) =>
    `${
      percent(
        results,
        `grammar, ${kind}`,
        ({ alignmentError }) => alignmentError,
      )
    } (${kind}, BLEU ${
      tell(results, `grammar, ${kind}`, ({ scores }) => scores.bleu.score)
    })`
  );
  return `On the built-in sentences, whose links are known, the alignment error rate of the word that is looked at most is ${
    told.join(", ")
  }.`;
}
