/**
 * Parallel text in several languages, as one model learns from it.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { loadFrom } from "../../core/data/load_from.ts";
import { whence } from "../../core/data/whence.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, list, oneOf } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import type { SentencePair } from "../../text/parallel/corpus.ts";
import type { DataSource } from "../../core/data/load_data.ts";
import {
  parallelSource,
  tellCounts,
} from "../../text/parallel/load_parallel.ts";
import type { Language } from "../../text/parallel/multi30k.ts";
import type {
  ParallelText,
  SplitName,
} from "../../text/parallel/parallel_text.ts";
import { EOS, MARKS, type Tokens } from "../../text/parallel/tokens.ts";
import { subwordTokens } from "../../text/subwords/subword_tokens.ts";
import { tokenizerJson } from "../../text/subwords/tokenizer_json.ts";
import { trainSubwords } from "../../text/subwords/train_subwords.ts";

/** What is read, and what is written. */
export interface LanguageDirection {
  /** What is read. */
  readonly source: string;
  /** What is written. */
  readonly target: string;
}

/** Sentences of many directions in one vocabulary. */
export interface ManyCorpus {
  /** Pieces of all languages. */
  readonly tokens: Tokens;
  /** The token that asks for a language, by language. */
  readonly tags: Readonly<Record<string, number>>;
  /** To and from English: those that are learned. */
  readonly directions: readonly LanguageDirection[];
  /** Directions between the others, which are never learned. */
  readonly unseen: readonly LanguageDirection[];
  /** Sentence pairs of a direction; sources begin with the tag of the target unless told otherwise. */
  readonly pairs: (
    split: SplitName,
    direction: LanguageDirection,
    tag?: "tagged" | "bare",
  ) => readonly SentencePair[];
  /** Training lines by language. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

/** What the corpus is made of, as a run's config gives it. */
export interface ManySettings {
  /** Languages besides English. */
  readonly others: readonly Language[];
  /** The most pieces of the vocabulary. */
  readonly pieces: number;
  /** The most tokens of a sentence, with its tag and end. */
  readonly maxLength: number;
  /** The most training lines; 0: all. */
  readonly sentences: number;
  /** The most validation lines, and as many of the test; 0: all. */
  readonly measureSentences: number;
}

/** Settings of `ManySettings`, with their defaults and rules. */
export const manySettings: Flags<ManySettings> = {
  others: list(
    ["de", "fr", "cs"],
    oneOf(["de", "fr", "cs"], "languages besides English"),
    { least: 1, repeats: "refused", smoke: ["de", "fr"] },
  ),
  pieces: count(6000, "most pieces of the vocabulary of all languages", {
    min: 64,
    smoke: 300,
  }),
  maxLength: count(40, "most tokens of a sentence, with its tag and end", {
    min: 4,
    smoke: 32,
  }),
  sentences: count(0, "most training lines; 0: all", { min: 0, smoke: 200 }),
  measureSentences: count(
    200,
    "most lines of validation and of test; 0: all",
    { min: 0, smoke: 8 },
  ),
};

/** Writes a direction, such as `de-en`. */
export function directionName({ source, target }: LanguageDirection): string {
  return `${source}-${target}`;
}

/** Loads sentences in English and other languages, and learns one vocabulary of pieces, kept as `model/tokenizer.json`. */
export const loadMany: Stage<
  Partial<ManySettings> & { readonly data: string },
  { readonly many: ManyCorpus; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: ["data"],
  settings: manySettings,
  adds: {
    many: "tokens of sentence pairs in all directions",
    dataset: "name, SHA-256 and origin of the data",
  },
  whence: (request, { others }) => whence(request, sourceOf(others)),
}, async ({ data: request, ...settings }, context) => {
  const loaded = await loadFrom(request, sourceOf(settings.others), context);
  tellCounts(loaded.data, context);
  const { corpus, file } = manyCorpus(loaded.data, settings);
  await context.artifacts.file("model/tokenizer.json", file);
  return { many: corpus, dataset: loaded.dataset };
});

function sourceOf(others: readonly Language[]): DataSource<ParallelText> {
  return parallelSource(["en", ...others], "left out");
}

/**
 * Makes the corpus of parallel text.
 *
 * @param text In English and other languages.
 * @param settings Sizes.
 * @returns The corpus, and its vocabulary as a file.
 * @throws {RangeError} If a direction has no training sentence that is short enough.
 */
export function manyCorpus(
  text: ParallelText,
  { pieces, maxLength, sentences, measureSentences }: ManySettings,
): { readonly corpus: ManyCorpus; readonly file: string } {
  const { languages } = text;
  const others = languages.filter((one) => one !== "en");
  const linesOf = (split: SplitName, language: string) => {
    const most = split === "train" ? sentences : measureSentences;
    const lines = text[split].lines[language]!; // loaded
    return most === 0 ? lines : lines.slice(0, most);
  };
  const train = Object.fromEntries(
    languages.map((language) => [language, linesOf("train", language)]),
  );
  const marks = languages.map((language) => `<2${language}>`);
  const model = trainSubwords(Object.values(train).flat(), {
    size: pieces,
    tags: marks,
  });
  const tokens = subwordTokens(model);
  const tags = Object.fromEntries(
    languages.map((language, i) => [language, MARKS.length + i]),
  );
  const pairs: ManyCorpus["pairs"] = (split, { source, target }, tag) => {
    const targets = linesOf(split, target);
    const all = linesOf(split, source).map((line, i): SentencePair => ({
      source: [
        ...tag === "bare" ? [] : [tags[target]!], // a language of the text
        ...tokens.encode(line),
        EOS,
      ],
      target: [...tokens.encode(targets[i]!), EOS], // as many
      sourceLine: line,
      targetLine: targets[i]!.toLowerCase(), // as above
    }));
    return split === "train"
      ? all.filter((pair) =>
        Math.max(pair.source.length, pair.target.length) <= maxLength
      )
      : all.map((pair) => ({
        ...pair,
        source: pair.source.slice(0, maxLength),
      }));
  };
  const corpus: ManyCorpus = {
    tokens,
    tags,
    directions: others.flatMap((language) => [
      { source: language, target: "en" },
      { source: "en", target: language },
    ]),
    unseen: others.flatMap((source) =>
      others.filter((one) => one !== source).map((target) => ({
        source,
        target,
      }))
    ),
    pairs,
    lines: train,
  };
  expectTrainable(corpus, maxLength);
  return { corpus, file: JSON.stringify(tokenizerJson(model, marks)) };
}

/** Looks for a sentence pair of each direction that is to be learned. */
function expectTrainable(
  { directions, lines, tokens }: ManyCorpus,
  maxLength: number,
): void {
  for (const { source, target } of directions) {
    const targets = lines[target]!; // a language of the text
    const fits = (line: string, i: number) =>
      tokens.encode(line).length + 2 <= maxLength && // with its tag and end
      tokens.encode(targets[i]!).length + 1 <= maxLength;
    if (lines[source]!.some(fits)) continue;
    throw new RangeError(
      `Expected training sentences ${
        directionName({ source, target })
      } of at most ${maxLength} tokens, tag and end included, but found none`,
    );
  }
}
