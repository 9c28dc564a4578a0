/**
 * A recurrent translator, trained and measured.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import type { Flags } from "../../core/task/flags.ts";
import {
  type CorpusSettings,
  corpusSettings,
  tokenize,
} from "../../text/parallel/corpus.ts";
import {
  type LanguagePair,
  languagePair,
  loadParallel,
} from "../../text/parallel/load_parallel.ts";
import {
  buildSeq2Seq,
  type Seq2SeqSizes,
  seq2seqSizes,
} from "../build_seq2seq.ts";
import {
  evaluateTranslator,
  type SearchSettings,
  searchSettings,
} from "../evaluate_translator.ts";
import { saveTranslator } from "../save_translator.ts";
import { trainTranslator } from "../train_translator.ts";
import {
  type TranslationTraining,
  translationTraining,
} from "../translation_training.ts";
import { drawGru } from "./draw_gru.ts";
import { reportGru } from "./report_gru.ts";
import { summarizeGru } from "./summarize_gru.ts";

/** Everything that shapes the experiment. */
export interface TranslateGruConfig
  extends
    LanguagePair,
    CorpusSettings,
    Seq2SeqSizes,
    TranslationTraining,
    SearchSettings {
  /** Sentences by name or path. */
  readonly data: string;
}

/** Settings of the experiment but for `data`, with the defaults of its stages. */
export const translateGruFlags: Flags<Omit<TranslateGruConfig, "data">> = {
  ...languagePair,
  ...corpusSettings,
  ...seq2seqSizes,
  ...translationTraining,
  ...searchSettings,
};

/** From parallel sentences to a translator with its numbers, words and pictures. */
export const translateGru: Stage<
  TranslateGruConfig,
  { readonly summary: Summary }
> = pipeline<TranslateGruConfig>("translate-gru")
  .pipe(loadParallel)
  .pipe(tokenize)
  .pipe(buildSeq2Seq)
  .pipe(trainTranslator)
  .pipe(evaluateTranslator)
  .pipe(saveTranslator)
  .pipe(summarizeGru)
  .pipe(reportGru)
  .pipe(drawGru)
  .give("summary");
