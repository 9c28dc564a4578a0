/**
 * The translators that the study of attention compares.
 * @module
 */
import type { AttentionKind } from "../../../models/attention/query_attention.ts";
import { type Case, forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Stage } from "../../core/stage.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import { builtInTranslation } from "../../text/parallel/built_in_translation.ts";
import {
  type CorpusSettings,
  corpusSettings,
  type SourceEnd,
  tokenize,
} from "../../text/parallel/corpus.ts";
import {
  type LanguagePair,
  languagePair,
} from "../../text/parallel/load_parallel.ts";
import type { ParallelText } from "../../text/parallel/parallel_text.ts";
import {
  buildSeq2Seq,
  type Seq2SeqSizes,
  seq2seqSizes,
} from "../build_seq2seq.ts";
import { trainTranslator } from "../train_translator.ts";
import {
  type TranslationTraining,
  translationTraining,
} from "../translation_training.ts";
import { type CaseMeasures, measureCase } from "./measure_case.ts";

/** What is compared. */
export type CaseKind =
  | "attention"
  | "no source end"
  | "no attention"
  | "forcing 0.5"
  | "forcing 0"
  | "grammar, additive"
  | "grammar, multiplicative"
  | "grammar, location";

/** What a kind of translator differs in. */
export interface Variant {
  /** Where the decoder looks. */
  readonly attention: AttentionKind;
  /** Whether source sentences end in a mark. */
  readonly sourceEnd: SourceEnd;
  /** Share of true tokens that the decoder reads in training. */
  readonly forcing: number;
  /** Whether it learns the study's sentences, or the built-in ones, whose links are known. */
  readonly text: "given" | "built-in";
}

const base: Variant = {
  attention: "additive",
  sourceEnd: "eos",
  forcing: 1,
  text: "given",
};
const grammar: Variant = { ...base, text: "built-in" };

/** All kinds, and what they differ in. */
export const VARIANTS: Readonly<Record<CaseKind, Variant>> = {
  "attention": base,
  "no source end": { ...base, sourceEnd: "none" },
  "no attention": { ...base, attention: "none" },
  "forcing 0.5": { ...base, forcing: 0.5 },
  "forcing 0": { ...base, forcing: 0 },
  "grammar, additive": grammar,
  "grammar, multiplicative": { ...grammar, attention: "multiplicative" },
  "grammar, location": { ...grammar, attention: "location" },
};

/** What every translator of the study shares, as a run's config gives it. */
export interface StudySettings
  extends
    LanguagePair,
    Omit<CorpusSettings, "sourceEnd" | "tokens" | "pieces">,
    Omit<Seq2SeqSizes, "attention">,
    Omit<TranslationTraining, "forcing"> {
  /** Trainings of each kind. */
  readonly seeds: number;
}

/** Settings of `StudySettings`, with their defaults and rules; attention, ends and forcing are what is compared. */
export const studySettings: Flags<StudySettings> = {
  ...languagePair,
  ...only(
    corpusSettings,
    ...["minCount", "maxLength", "sentences", "measureSentences"] as const,
  ),
  ...only(seq2seqSizes, "embedding", "units"),
  ...only(
    translationTraining,
    ...["epochs", "batch", "buckets", "learningRate", "warmUp"] as const,
    ...["decay", "dropout", "clip", "recordEvery", "validations"] as const,
  ),
  seeds: count(2, "trainings of each kind", { smoke: 1 }),
};

/** The translators of one kind, one for each seed. */
export interface KindResult {
  /** What was compared. */
  readonly kind: CaseKind;
  /** Measures of each seed. */
  readonly measures: readonly CaseMeasures[];
}

type CaseInput = StudySettings & Omit<Variant, "text"> & {
  readonly parallel: ParallelText;
};

const KINDS = Object.keys(VARIANTS) as readonly CaseKind[]; // of a closed record

const trainCase = pipeline<CaseInput>("train-case")
  .pipe(tokenize)
  .pipe(buildSeq2Seq)
  .pipe(trainTranslator)
  .pipe(measureCase)
  .give("measures");

/** Trains and measures a translator of each kind for each seed; seeds of one number draw the same weights and orders. */
export const trainCases: Stage<
  Partial<StudySettings> & { readonly parallel: ParallelText },
  { readonly results: readonly KindResult[] }
> = forEach("cases", {
  needs: ["parallel"],
  settings: studySettings,
  adds: { results: "measures of each kind and seed" },
  cases: ({ parallel, seeds, ...settings }) => {
    const builtIn = builtInTranslation();
    return KINDS.flatMap((kind) => {
      const { text, ...changes } = VARIANTS[kind];
      const sentences = text === "given"
        ? { parallel }
        : { parallel: builtIn, source: "de", target: "en" } as const;
      return Array.from({ length: seeds }, (_, seed): Case<CaseInput> => ({
        name: nameOf(kind, seed),
        keyName: `seed ${seed}`,
        input: { ...settings, seeds, ...changes, ...sentences },
      }));
    });
  },
  stage: trainCase,
  collect: (results) => ({
    results: KINDS.map((kind) => ({
      kind,
      measures: results.filter(({ name }) => name.startsWith(`${kind}/`))
        .map(({ out }) => out.measures),
    })),
  }),
});

function nameOf(kind: CaseKind, seed: number): string {
  return `${kind}/seed${seed}`;
}
