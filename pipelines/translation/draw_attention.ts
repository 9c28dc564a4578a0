/**
 * Heat maps of attention, with the words on both axes.
 * @module
 */
import { wordHeatmap, type WordPanel } from "../charts/word_heatmap.ts";
import type { FigureFiles } from "../core/context.ts";
import type {
  SentencePair,
  TranslationCorpus,
} from "../text/parallel/corpus.ts";
import { EOS, PAD, tokenUnit, UNK } from "../text/parallel/tokens.ts";
import type { ReadTarget } from "./read_targets.ts";

/** What a figure of heat maps shows. */
export interface AttentionFigure {
  /** The file name, without ending. */
  readonly name: string;
  /** What sets it apart. */
  readonly title: string;
  /** Data and task. */
  readonly subtitle: string;
  /** The words. */
  readonly corpus: TranslationCorpus;
  /** Sentences, and what was said of them. */
  readonly sentences: readonly {
    readonly pair: SentencePair;
    readonly read: ReadTarget;
    readonly title?: string;
    /** Cells to frame, as target and source position. */
    readonly marked?: readonly (readonly [number, number])[];
  }[];
}

/**
 * Draws how much the prediction of each target word looks at each source word.
 *
 * @param figure What to draw.
 * @returns The figure.
 */
export function attentionFigure(
  { corpus, sentences, ...heading }: AttentionFigure,
): Promise<FigureFiles> {
  return wordHeatmap({
    ...heading,
    columnTitle: `source (${corpus.sourceLanguage})`,
    rowTitle: `target (${corpus.targetLanguage}), ${
      tokenUnit(corpus.targetTokens)
    } to be predicted`,
    valueTitle: "attention",
    panels: sentences.map(({ pair, read, title, marked }): WordPanel => ({
      columns: pair.source.map((id) => corpus.sourceTokens.names[id]!), // its tokens
      rows: pair.target.map((id) => corpus.targetTokens.names[id]!), // likewise
      values: read.weights,
      ...title !== undefined && { title },
      ...marked && { marked },
    })),
  });
}

/**
 * Chooses sentences whose maps fit on a page and show words, not gaps.
 *
 * @param pairs The sentences.
 * @param count How many.
 * @param lengths The least and the greatest number of tokens on each side; ends are not counted, so that a corpus without
 * them gives the same sentences.
 * @returns Indices of the first sentences of such lengths whose words are all known; fewer where there are fewer.
 */
export function readableSentences(
  pairs: readonly SentencePair[],
  count: number,
  [low, high]: readonly [number, number] = [7, 14],
): readonly number[] {
  const fits = (tokens: readonly number[]) => {
    const { length } = tokens.filter((id) => id !== EOS);
    return length >= low && length <= high &&
      tokens.every((id) => id !== PAD && id !== UNK);
  };
  return pairs.flatMap(({ source, target }, i) =>
    fits(source) && fits(target) ? [i] : []
  ).slice(0, count);
}
