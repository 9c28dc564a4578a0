/**
 * Parallel text as a model learns from it.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, oneOf } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { type LanguagePair, languagePair } from "./load_parallel.ts";
import type { Link, ParallelText } from "./parallel_text.ts";
import { EOS, type Tokens } from "./tokens.ts";
import { listWords, wordTokens } from "./words.ts";
import { subwordTokens } from "../subwords/subword_tokens.ts";
import { trainSubwords } from "../subwords/train_subwords.ts";

/** Whether source sentences end in a mark. */
export type SourceEnd = "eos" | "none";

/** A sentence and its translation. */
export interface SentencePair {
  /** Tokens to read, with the end where there is one, cut at the greatest length. */
  readonly source: readonly number[];
  /** Tokens to write, with the end. */
  readonly target: readonly number[];
  /** As it was in the file. */
  readonly sourceLine: string;
  /** As it was in the file, but in lower case: what is written in lower case is compared with that. */
  readonly targetLine: string;
}

/** Sentence pairs of one direction, in tokens. */
export interface TranslationCorpus {
  /** What is read. */
  readonly sourceLanguage: string;
  /** What is written. */
  readonly targetLanguage: string;
  /** Tokens of the source. */
  readonly sourceTokens: Tokens;
  /** Tokens of the target. */
  readonly targetTokens: Tokens;
  /** To learn from; none is longer than the greatest length. */
  readonly train: readonly SentencePair[];
  /** To choose by. */
  readonly validation: readonly SentencePair[];
  /** To report. */
  readonly test: readonly SentencePair[];
  /** Links from source to target words of the test sentences, where they are known and tokens are words. */
  readonly links?: readonly (readonly Link[])[];
}

/** How sentences become tokens, as a run's config gives it. */
export interface CorpusSettings {
  /** Whether tokens are words, or pieces of words that are learned in each language. */
  readonly tokens: "words" | "subwords";
  /** The most pieces of a language, where tokens are pieces of words. */
  readonly pieces: number;
  /** How often a word of the training sentences must occur. */
  readonly minCount: number;
  /** The most tokens of a sentence, with its end. */
  readonly maxLength: number;
  /** The most training sentences; 0: all. */
  readonly sentences: number;
  /** The most validation sentences, and as many of the test; 0: all. */
  readonly measureSentences: number;
  /** Whether source sentences end in a mark. */
  readonly sourceEnd: SourceEnd;
}

/** Settings of `CorpusSettings`, with their defaults and rules. */
export const corpusSettings: Flags<CorpusSettings> = {
  tokens: oneOf(["words", "subwords"], "what sentences are cut into"),
  pieces: count(4000, "most pieces of a language, with subwords", {
    min: 64,
    smoke: 300,
  }),
  minCount: count(2, "times that a word must occur to be learned"),
  maxLength: count(32, "most tokens of a sentence, with its end", {
    min: 2,
    smoke: 24,
  }),
  sentences: count(0, "most training sentences; 0: all", {
    min: 0,
    smoke: 600,
  }),
  measureSentences: count(
    0,
    "most sentences of validation and of test; 0: all",
    { min: 0, smoke: 40 },
  ),
  sourceEnd: oneOf(["eos", "none"], "whether source sentences end in a mark"),
};

/**
 * Makes words of sentences, or pieces of words: the vocabularies are those of the training sentences.
 *
 * @throws {RangeError} If every training sentence is longer than the greatest length.
 */
export const tokenize: Stage<
  Partial<CorpusSettings & LanguagePair> & { readonly parallel: ParallelText },
  { readonly corpus: TranslationCorpus }
> = stage("tokenize", {
  needs: ["parallel"],
  settings: { ...languagePair, ...corpusSettings },
  adds: { corpus: "tokens of sentence pairs: train, validation, test" },
}, ({ parallel, source, target, ...settings }, context) => {
  const { sentences, measureSentences, maxLength } = settings;
  const part = (
    split: "train" | "validation" | "test",
    language: string,
    most: number,
  ) => {
    const lines = parallel[split].lines[language]!; // loaded in both languages
    return most === 0 ? lines : lines.slice(0, most);
  };
  const tokensOf = (language: string) =>
    learnTokens(part("train", language, sentences), settings);
  const sourceTokens = tokensOf(source);
  const targetTokens = tokensOf(target);
  const pairs = (split: "train" | "validation" | "test", most: number) => {
    const targets = part(split, target, most);
    return part(split, source, most).map((line, i): SentencePair => ({
      source: endSource(sourceTokens.encode(line), settings),
      target: [...targetTokens.encode(targets[i]!), EOS], // as many
      sourceLine: line,
      targetLine: targets[i]!.toLowerCase(), // as above
    }));
  };
  const all = pairs("train", sentences);
  const fits = ({ source, target }: SentencePair) =>
    source.length <= maxLength && target.length <= maxLength;
  const train = all.filter(fits);
  if (train.length === 0) {
    const shortest = Math.min(
      ...all.map(({ source, target }) =>
        Math.max(source.length, target.length)
      ),
    );
    throw new RangeError(
      `Expected training sentences of at most ${maxLength} tokens, ends included, but the shortest of ${all.length} pairs has ${shortest}`,
    );
  }
  const [validation, test] = [
    pairs("validation", measureSentences),
    pairs("test", measureSentences),
  ];
  tellLong(all.length - train.length, [validation, test], maxLength, context);
  const cut = (split: readonly SentencePair[]) =>
    split.map((pair) => ({ ...pair, source: pair.source.slice(0, maxLength) }));
  const isTurned = parallel.languages[0] !== source;
  const known = settings.tokens === "words" ? parallel.links : undefined; // links join words
  const links = known?.slice(0, test.length)
    .map((one) => one.map(([a, b]): Link => isTurned ? [b, a] : [a, b]));
  return {
    corpus: {
      sourceLanguage: source,
      targetLanguage: target,
      sourceTokens,
      targetTokens,
      train,
      validation: cut(validation),
      test: cut(test),
      ...links && { links },
    },
  };
});

function learnTokens(
  lines: readonly string[],
  { tokens, minCount, pieces }: CorpusSettings,
): Tokens {
  return tokens === "words"
    ? wordTokens(listWords(lines, minCount))
    : subwordTokens(trainSubwords(lines, { size: pieces }));
}

/** Appends the end where the settings want one. */
export function endSource(
  tokens: readonly number[],
  { sourceEnd }: Pick<CorpusSettings, "sourceEnd">,
): readonly number[] {
  return sourceEnd === "eos" ? [...tokens, EOS] : tokens;
}

function tellLong(
  left: number,
  measured: readonly (readonly SentencePair[])[],
  maxLength: number,
  { describe, progress }: RunContext,
): void {
  const cut = measured.flat()
    .filter(({ source }) => source.length > maxLength).length;
  describe({ longSentences: { maxLength, leftOutOfTraining: left, cut } });
  if (left + cut === 0) return;
  progress.note(
    `Of sentences over ${maxLength} tokens, ${left} pairs were left out of training, and ${cut} sources of validation and test were cut`,
  );
}
