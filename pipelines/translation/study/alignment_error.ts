/**
 * How far attention is from the words that translate each other.
 * @module
 */
import type { SentencePair } from "../../text/parallel/corpus.ts";
import type { Link } from "../../text/parallel/parallel_text.ts";
import { EOS } from "../../text/parallel/tokens.ts";
import type { ReadTarget } from "../read_targets.ts";

/**
 * The links that attention claims: each target word with the source word that it looks at most.
 *
 * @param pair The sentence.
 * @param read What was said of it.
 * @returns Links; a word that looks at the end most has none.
 */
export function claimedLinks(
  { source, target }: Pick<SentencePair, "source" | "target">,
  { weights }: ReadTarget,
): readonly Link[] {
  return weights.flatMap((row, step): readonly Link[] => {
    if (target[step] === EOS) return [];
    const most = row.reduce((best, one, i) => one > row[best]! ? i : best, 0);
    return source[most] === EOS ? [] : [[most, step]];
  });
}

/**
 * The alignment error rate: 1 - 2 |claimed and true| / (|claimed| + |true|), over all sentences.
 *
 * Source: Och & Ney 2003, section 4.1, where every true link is sure.
 *
 * @param claimed Links of each sentence.
 * @param truth True links of each sentence.
 * @returns 0 to 1.
 */
export function alignmentErrorRate(
  claimed: readonly (readonly Link[])[],
  truth: readonly (readonly Link[])[],
): number {
  let [shared, total] = [0, 0];
  claimed.forEach((links, i) => {
    const known = new Set(truth[i]!.map(String)); // one for each sentence
    shared += links.filter((link) => known.has(String(link))).length;
    total += links.length + known.size;
  });
  return total === 0 ? 0 : 1 - 2 * shared / total;
}
