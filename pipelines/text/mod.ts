/**
 * Text: loading, vocabularies, windows, batches.
 * @module
 */
export type * from "./attention_weights.ts";
export * from "./decoding/compiled_decoder.ts";
export * from "./decoding/compiled_step.ts";
export * from "./decoding/decode_sentences.ts";
export * from "./decoding/kept_positions.ts";
export * from "./decoding/kept_sequences.ts";
export * from "./load_text.ts";
export type * from "./sequence_model.ts";
export * from "./text_batches.ts";
export type * from "./text_entries.ts";
export * from "./text_windows.ts";
export type { Translation } from "./translated_sequences.ts";
export * from "./vocabulary.ts";
