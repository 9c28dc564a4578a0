/**
 * The stage that measures a trained translator on the test sentences.
 * @module
 */
import type { LengthPenalty } from "../../models/sampling/beam_search.ts";
import type { RunContext } from "../core/context.ts";
import { fold } from "../core/random/key.ts";
import { type Stage, stage } from "../core/stage.ts";
import { count, oneOf } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { TranslationCorpus } from "../text/parallel/corpus.ts";
import { splitWords } from "../text/parallel/words.ts";
import type { RecurrentTranslator } from "./build_seq2seq.ts";
import {
  type DecoderPool,
  decoderPool,
} from "../text/decoding/compiled_decoder.ts";
import {
  type ReadTarget,
  readTargets,
  type TokenLoss,
  tokenLoss,
} from "./read_targets.ts";
import {
  bleuByLength,
  type LengthBin,
  scoreTranslations,
  type TranslationScores,
} from "./score_translations.ts";
import { writeTranslations } from "./write_translations.ts";

/** How to search, as a run's config gives it. */
export interface SearchSettings {
  /** Sequences that run on each sentence, beside greedy search. */
  readonly beams: number;
  /** What sequences are ranked by. */
  readonly lengthPenalty: LengthPenalty["kind"];
}

/** Settings of `SearchSettings`, with their defaults and rules. */
export const searchSettings: Flags<SearchSettings> = {
  beams: count(5, "sequences that run on each sentence, beside greedy search", {
    max: 64,
  }),
  lengthPenalty: oneOf(
    ["length", "none", "gnmt"],
    "what sequences are ranked by: log probability over length, alone, or with alpha .6",
  ),
};

/** Exponent of the penalty of Wu et al. 2016, for short sentences. */
const GNMT_ALPHA = 0.6;

/**
 * Makes the penalty of a choice.
 *
 * @param kind By name.
 */
export function penaltyOf(kind: LengthPenalty["kind"]): LengthPenalty {
  return kind === "gnmt" ? { kind, alpha: GNMT_ALPHA } : { kind };
}

/** What a search wrote, and how good that is. */
export interface Written {
  /** Sentences, detokenized. */
  readonly lines: readonly string[];
  /** Scores of all test sentences. */
  readonly scores: TranslationScores;
  /** By the length of the source. */
  readonly byLength: readonly LengthBin[];
  /** Share of the sentences that reached the greatest length without an end. */
  readonly unended: number;
}

/** A translator's numbers on the test sentences. */
export interface TranslationEvaluation {
  /** With the true tokens before. */
  readonly loss: TokenLoss;
  /** What was said of each true translation. */
  readonly read: readonly ReadTarget[];
  /** By greedy search. */
  readonly greedy: Written;
  /** By beam search. */
  readonly beam: Written;
}

/** Measures perplexity, BLEU and chrF, with the weights as they are. */
export const evaluateTranslator: Stage<
  Partial<SearchSettings> & {
    readonly translator: RecurrentTranslator;
    readonly corpus: TranslationCorpus;
  },
  { readonly evaluation: TranslationEvaluation }
> = stage("evaluate", {
  needs: ["translator", "corpus"],
  settings: searchSettings,
  adds: {
    evaluation: "test loss, attention, translations and their scores",
  },
}, async ({ translator, corpus, beams, lengthPenalty }, context) => {
  const { test } = corpus;
  using pool = decoderPool(translator.decodable, context);
  const read = await readTargets(pool, test);
  const write = (beams: number) =>
    writeTest(pool, corpus, { beams, lengthPenalty }, context);
  return {
    evaluation: {
      loss: tokenLoss(read),
      read,
      greedy: await write(1),
      beam: await write(beams),
    },
  };
});

/**
 * Translates the test sentences and scores the translations.
 *
 * @param pool Decoders of the model.
 * @param corpus The sentences.
 * @param settings How to search.
 * @param context Of the stage that measures.
 * @returns What was written, and how good it is.
 */
export async function writeTest(
  pool: DecoderPool,
  { test, targetTokens }: TranslationCorpus,
  { beams, lengthPenalty }: SearchSettings,
  context: Pick<RunContext, "key">,
): Promise<Written> {
  const sources = test.map(({ source }) => source);
  const penalty = penaltyOf(lengthPenalty);
  const found = await writeTranslations(pool, sources, { beams, penalty });
  const best = found.map(([first]) => first!); // at least one for each
  const lines = best.map(({ tokens }) => targetTokens.decode(tokens));
  const references = test.map(({ targetLine }) => targetLine);
  const lengths = test.map(({ sourceLine }) => splitWords(sourceLine).length);
  const key = fold(context.key, "bootstrap");
  return {
    lines,
    scores: scoreTranslations(lines, references, key),
    byLength: bleuByLength(lines, references, lengths, key),
    unended: best.filter(({ isEnded }) => !isEnded).length / best.length,
  };
}
