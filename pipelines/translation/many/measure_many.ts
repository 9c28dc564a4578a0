/**
 * How a transformer translates in each direction.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { splitWords } from "../../text/parallel/words.ts";
import { decoderPool } from "../../text/decoding/compiled_decoder.ts";
import type { Decodable } from "../../text/decoding/compiled_step.ts";
import {
  scoreTranslations,
  type TranslationScores,
} from "../score_translations.ts";
import { writeTranslations } from "../write_translations.ts";
import {
  directionName,
  type LanguageDirection,
  type ManyCorpus,
} from "./many_corpus.ts";

/** What was measured of one direction. */
export interface DirectionMeasures {
  /** Such as `de-en`. */
  readonly name: string;
  /** Whether it was learned. */
  readonly isLearned: boolean;
  /** Whether sources begin with the tag of the target. */
  readonly tag: "tagged" | "bare";
  /** By greedy search, in lower case. */
  readonly scores: TranslationScores;
  /** Share of the translations that are in the language asked for. */
  readonly rightLanguage: number;
  /** Share of the translations that reached the greatest length without an end. */
  readonly unended: number;
}

/**
 * Guesses languages by the frequencies of their words.
 *
 * @param lines Sentences by language.
 * @returns Finds the language whose words make a line likeliest; unseen words count as a tenth of an occurrence.
 */
export function languageGuesser(
  lines: Readonly<Record<string, readonly string[]>>,
): (line: string) => string {
  const models = Object.entries(lines).map(([language, all]) => {
    const counts = new Map<string, number>();
    let total = 0;
    for (const word of all.flatMap(splitWords)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total++;
    }
    return { language, counts, total };
  });
  return (line) => {
    const scores = models.map(({ language, counts, total }) => ({
      language,
      score: splitWords(line).reduce(
        (sum, word) => sum + Math.log(((counts.get(word) ?? 0) + 0.1) / total),
        0,
      ),
    }));
    return scores.reduce((a, b) => b.score > a.score ? b : a).language;
  };
}

/**
 * Translates the test sentences of directions, and scores them.
 *
 * @param translator The model, with its newest weights.
 * @param many The sentences.
 * @param directions What was learned, and what to measure; what was not learned is measured with and without its tag.
 * @param context Of the stage that measures.
 */
export async function measureDirections(
  translator: Decodable,
  many: ManyCorpus,
  { learned, measured }: {
    readonly learned: readonly LanguageDirection[];
    readonly measured: readonly LanguageDirection[];
  },
  context: RunContext,
): Promise<readonly DirectionMeasures[]> {
  using pool = decoderPool(translator, context);
  const guess = languageGuesser(many.lines);
  const known = new Set(learned.map(directionName));
  const results: DirectionMeasures[] = [];
  for (const direction of measured) {
    const name = directionName(direction);
    const isLearned = known.has(name);
    for (
      const tag of isLearned ? ["tagged"] as const : ["tagged", "bare"] as const
    ) {
      const pairs = many.pairs("test", direction, tag);
      const found = await writeTranslations(
        pool,
        pairs.map(({ source }) => source),
        { beams: 1, penalty: { kind: "none" } },
      );
      const best = found.map(([first]) => first!); // at least one
      const lines = best.map(({ tokens }) => many.tokens.decode(tokens));
      const references = pairs.map(({ targetLine }) => targetLine);
      const key = fold(context.key, `${name}, ${tag}`);
      const share = (is: (i: number) => boolean) =>
        best.filter((_, i) => is(i)).length / best.length;
      results.push({
        name,
        isLearned,
        tag,
        scores: scoreTranslations(lines, references, key),
        rightLanguage: share((i) => guess(lines[i]!) === direction.target),
        unended: share((i) => !best[i]!.isEnded),
      });
    }
  }
  return results;
}
