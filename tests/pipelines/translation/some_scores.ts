import type { TranslationScores } from "../../../pipelines/translation/score_translations.ts";

/** Scores of a search by its BLEU, with errors and a signature. */
export function scores(bleu: number): TranslationScores {
  return {
    bleu: { score: bleu, standardError: 0.5 },
    chrf: { score: bleu + 20, standardError: 0.25 },
    ...{ chrfPlusPlus: bleu + 18, lengthRatio: 0.96875, signature: "BLEU|lc" },
  };
}
