/**
 * Translates single lines with a stored translator.
 * @module
 */
import type { Hypothesis } from "../../models/sampling/beam_search.ts";
import { endSource } from "../text/parallel/corpus.ts";
import { EOS, PAD, UNK } from "../text/parallel/tokens.ts";
import { splitWords } from "../text/parallel/words.ts";
import type { DecoderPool } from "./compiled_decoder.ts";
import { penaltyOf, type SearchSettings } from "./evaluate_translator.ts";
import { readTargets } from "./read_targets.ts";
import type { StoredTranslator } from "./translator_file.ts";
import { writeTranslations } from "./write_translations.ts";

/** Source rows are padded to a multiple of this, so that few sizes are compiled. */
const STEP = 8;

/** A translated line. */
export interface TranslatedLine {
  /** Translations in words, the best first; none for a line without a word. */
  readonly best: readonly {
    readonly text: string;
    readonly hypothesis: Hypothesis;
  }[];
  /** Words of the line that the translator has never seen. */
  readonly unknown: readonly string[];
  /** What the person should know before trusting the translation. */
  readonly warnings: readonly string[];
  /** Words of the line, with the end where there is one. */
  readonly sourceWords: readonly string[];
  /** Words of the best translation, with the end. */
  readonly targetWords: readonly string[];
  /** How much each target word looks at each source word, [target][source]; empty without attention. */
  readonly attention: readonly (readonly number[])[];
}

/**
 * Translates a line.
 *
 * @param line Words in any case.
 * @param stored The translator.
 * @param pool Its decoders.
 * @param search How to search.
 * @returns What was found, and what to know about it.
 */
export async function translateLine(
  line: string,
  stored: StoredTranslator,
  pool: DecoderPool,
  search: SearchSettings,
): Promise<TranslatedLine> {
  const { sourceTokens, targetTokens, direction, translator } = stored;
  const words = splitWords(line);
  const ids = sourceTokens.encode(line);
  if (ids.length === 0) {
    const nothing = { unknown: [], warnings: [], sourceWords: [] };
    return { best: [], ...nothing, targetWords: [], attention: [] };
  }
  const unknown = words.filter((_, i) => ids[i] === UNK);
  const source = endSource(ids, direction);
  const { maxSource, attention } = translator.sizes;
  const warnings = warningsOf(words, unknown, stored);
  if (attention === "location" && source.length > maxSource) {
    throw new RangeError(
      `Expected at most ${maxSource} tokens for attention by location but found ${source.length}`,
    );
  }
  const size = attention === "location"
    ? maxSource
    : Math.ceil(source.length / STEP) * STEP;
  const row = [...source, ...Array(size - source.length).fill(PAD)];
  const [found] = await writeTranslations(pool, [row], {
    beams: search.beams,
    penalty: penaltyOf(search.lengthPenalty),
    maxLength: 2 * source.length + 10,
  });
  const best = found!.map((hypothesis) => ({ // one for each row
    hypothesis,
    text: targetTokens.decode(hypothesis.tokens),
  }));
  const { tokens, isEnded } = best[0]!.hypothesis; // at least one
  const target = isEnded ? [...tokens, EOS] : tokens;
  const [read] = await readTargets(pool, [{ source: row, target }]);
  const sourceWords = direction.sourceEnd === "eos"
    ? [...words, "<eos>"]
    : words;
  return {
    best,
    unknown,
    warnings,
    sourceWords,
    targetWords: target.map((id) => targetTokens.names[id]!), // its tokens
    attention: read!.weights.map((weights) => weights.slice(0, source.length)),
  };
}

function warningsOf(
  words: readonly string[],
  unknown: readonly string[],
  { direction, translator }: StoredTranslator,
): readonly string[] {
  const { maxSource } = translator.sizes;
  const listed = [...new Set(unknown)].map((word) => `"${word}"`).join(", ");
  return [
    ...unknown.length > 0 ? [`Never seen, and left to a guess: ${listed}`] : [],
    ...2 * unknown.length > words.length
      ? [
        `Most words were never seen: the translator reads ${direction.source}`,
      ]
      : [],
    ...words.length >= maxSource
      ? [
        `${words.length} words, more than any sentence it learned from: the end may be lost`,
      ]
      : [],
  ];
}

/** Shades from nothing to all. */
const SHADES = [" ", "░", "▒", "▓", "█"];

/**
 * Writes attention as text: a line for each target word, a column for each source word.
 *
 * @param line What was translated.
 * @returns Lines: shades of a quarter each, and the source words, numbered.
 */
export function attentionText(
  { sourceWords, targetWords, attention }: TranslatedLine,
): string {
  const widest = Math.max(...targetWords.map(({ length }) => length));
  const numbers = sourceWords.map((_, i) => String(i + 1).padStart(3)).join("");
  const rows = attention.map((row, i) => {
    const shades = row.map((weight) => {
      const level = Math.min(SHADES.length - 1, Math.round(weight * 4));
      return ` ${SHADES[level]!.repeat(2)}`; // a level below their number
    });
    return `${targetWords[i]!.padStart(widest)} ${shades.join("")}`; // one for each
  });
  const names = sourceWords.map((word, i) => `${i + 1} ${word}`).join("  ");
  return [`${" ".repeat(widest)} ${numbers}`, ...rows, names].join("\n");
}
