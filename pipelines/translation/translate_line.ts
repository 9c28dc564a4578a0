/**
 * Translates single lines with a stored translator.
 * @module
 */
import type { Hypothesis } from "../../models/sampling/beam_search.ts";
import { endSource } from "../text/parallel/corpus.ts";
import { EOS, PAD } from "../text/parallel/tokens.ts";
import { splitWords } from "../text/parallel/words.ts";
import type { DecoderPool } from "../text/decoding/compiled_decoder.ts";
import { penaltyOf, type SearchSettings } from "./evaluate_translator.ts";
import { readTargets } from "./read_targets.ts";
import {
  chooseTarget,
  type StoredTranslator,
  unknownWords,
} from "./stored_translator.ts";
import { writeTranslations } from "./write_translations.ts";

/** Source rows are padded to a multiple of this, so that few sizes are compiled. */
const STEP = 8;

/** Tokens of a source beyond which nothing is read, so that a text without line ends does not take all memory. */
const MOST_TOKENS = 256;

/** How often pieces for each word may exceed what is usual: words of another language fall into more. */
const STRANGE = 1.6;

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
  /** Tokens of the line as the model read them, with padding. */
  readonly source: readonly number[];
  /** Tokens of the best translation, with the end. */
  readonly target: readonly number[];
  /** Words of the line, with the end where there is one. */
  readonly sourceWords: readonly string[];
  /** Words of the best translation, with the end. */
  readonly targetWords: readonly string[];
  /** How much each target word looks at each source word, [target][source]; empty without attention. */
  readonly attention: readonly (readonly number[])[];
}

/** How to translate a line. */
export interface LineSettings extends SearchSettings {
  /** The language to write; may be missing where there is one alone. */
  readonly to?: string;
}

/**
 * Translates a line.
 *
 * @param line Words in any case.
 * @param stored The translator.
 * @param pool Its decoders.
 * @param settings How to search, and which language to write.
 * @returns What was found, and what to know about it.
 * @throws {RangeError} If the translator does not write the language.
 */
export async function translateLine(
  line: string,
  stored: StoredTranslator,
  pool: DecoderPool,
  { to, ...search }: LineSettings,
): Promise<TranslatedLine> {
  const { sourceTokens, targetTokens, maxSource } = stored;
  const language = chooseTarget(stored, to);
  const words = splitWords(line);
  if (words.length === 0) {
    const names = { unknown: [], sourceWords: [], targetWords: [] };
    const tokens = { source: [], target: [], attention: [] };
    return { best: [], warnings: [], ...names, ...tokens };
  }
  const { tag } = stored.targets[language]!; // chosen among them
  const begin = tag === undefined ? [] : [tag];
  const ids = sourceTokens.encode(line);
  const whole = endSource([...begin, ...ids], stored);
  const most = stored.longer === "cut" ? maxSource : MOST_TOKENS;
  const source = whole.slice(0, most);
  const size = stored.longer === "cut"
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
  const unknown = unknownWords(words, sourceTokens);
  const name = (id: number) => sourceTokens.names[id]!; // of its tokens
  const sourceWords = sourceTokens.merges
    ? whole.map(name)
    : [...words, ...endSource([], stored).map(name)];
  return {
    best,
    unknown,
    warnings: warningsOf(words, unknown, {
      stored,
      pieces: ids.length,
      tokens: whole.length,
      kept: source.length,
    }),
    source: row,
    target,
    sourceWords: sourceWords.slice(0, source.length),
    targetWords: target.map((id) => targetTokens.names[id]!), // its tokens
    attention: read!.weights.map((weights) => weights.slice(0, source.length)),
  };
}

function warningsOf(
  words: readonly string[],
  unknown: readonly string[],
  { stored, pieces, tokens, kept }: {
    readonly stored: StoredTranslator;
    readonly pieces: number;
    readonly tokens: number;
    readonly kept: number;
  },
): readonly string[] {
  const listed = [...new Set(unknown)].map((word) => `"${word}"`).join(", ");
  const reads = `the translator reads ${stored.sources.join(", ")}`;
  const isStrange = 2 * unknown.length <= words.length && words.length > 2 &&
    pieces > STRANGE * stored.tokensPerWord * words.length;
  return [
    ...unknown.length > 0 ? [`Never seen, and left to a guess: ${listed}`] : [],
    ...2 * unknown.length > words.length
      ? [`Most words were never seen: ${reads}`]
      : [],
    ...isStrange
      ? [
        `${words.length} words fall into ${pieces} pieces, many more than is usual: ${reads}`,
      ]
      : [],
    ...tokens > kept
      ? [`Of ${tokens} tokens, only the first ${kept} are read`]
      : tokens > stored.maxSource
      ? [
        `${tokens} tokens, more than any sentence it learned from: the end may be lost`,
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
