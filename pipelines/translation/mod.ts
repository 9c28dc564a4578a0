/**
 * Translation: parallel text, translators with and without attention, their scores, and a study of attention.
 * @module
 */
// Parallel text
export * from "../text/parallel/buckets.ts";
export * from "../text/parallel/built_in_translation.ts";
export * from "../text/parallel/corpus.ts";
export * from "../text/parallel/load_parallel.ts";
export * from "../text/parallel/multi30k.ts";
export * from "../text/parallel/parallel_text.ts";
export * from "../text/parallel/parse_parallel.ts";
export * from "../text/parallel/tokens.ts";
export * from "../text/parallel/words.ts";
export * from "../text/subwords/subword_tokens.ts";
export * from "../text/subwords/tokenizer_json.ts";
export * from "../text/subwords/train_subwords.ts";

export type {
  DataFile,
  KnownData,
  KnownFile,
} from "../core/data/known_data.ts";
export type { BuiltIn, DataSource } from "../core/data/load_data.ts";

// Scores
export * from "../text/metrics/bleu.ts";
export * from "../text/metrics/bootstrap.ts";
export * from "../text/metrics/chrf.ts";
export * from "../text/metrics/references.ts";
export * from "../text/metrics/tokenize_13a.ts";
export * from "./score_translations.ts";

// Translators
export * from "./build_seq2seq.ts";
export * from "./evaluate_translator.ts";
export * from "./read_targets.ts";
export * from "./save_translator.ts";
export * from "./stored_translator.ts";
export * from "./train_translator.ts";
export {
  encodeTransformer,
  type TransformerVocabulary,
} from "./transformer_file.ts";
export * from "./transformer_translator.ts";
export * from "./translate_line.ts";
export * from "./translation_training.ts";
export {
  decodeTranslator,
  type Direction,
  encodeTranslator,
  TRANSLATOR_FILE,
} from "./translator_file.ts";
export * from "./where_translators_look.ts";
export * from "./write_translations.ts";

// Experiments
export type { WordPanel } from "../charts/word_heatmap.ts";
export * from "./gru/translate_gru.ts";
export * from "./many/fit_transformer.ts";
export * from "./many/follow_norms.ts";
export * from "./many/layer_probes.ts";
export * from "./many/many_cases.ts";
export * from "./many/many_corpus.ts";
export * from "./many/initial_norms.ts";
export * from "./many/measure_many.ts";
export * from "./many/train_many.ts";
export * from "./many/transformer_step.ts";
export * from "./many/translate_many.ts";
export * from "./study/alignment_error.ts";
export * from "./study/attention_measures.ts";
export * from "./study/attention_study.ts";
export * from "./study/measure_case.ts";
export * from "./study/study_cases.ts";
