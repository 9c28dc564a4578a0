/**
 * Byte-pair encoding: pieces of words, learned from text.
 * @module
 */
import { MARKS } from "../parallel/tokens.ts";
import { type Pair, PairQueue } from "./pair_queue.ts";
import { splitPieces } from "./split_pieces.ts";

/** What a byte-pair encoding has learned. */
export interface SubwordModel {
  /** How each piece is written: marks, then characters by code point, then merged pieces in the order learned. */
  readonly names: readonly string[];
  /** The pairs that were merged, in order. */
  readonly merges: readonly (readonly [string, string])[];
}

/** A word as it is cut now, and how often it occurs. */
interface Word {
  pieces: number[];
  readonly count: number;
}

/** How to train. */
export interface SubwordOptions {
  /** The most pieces, marks included. */
  readonly size: number;
  /** Marks that are never written by text, behind the four of all tokens: tags of languages. */
  readonly tags?: readonly string[];
}

/**
 * Learns pieces: begins with characters, and merges the most frequent pair of neighbours until there are enough.
 *
 * Counts are kept up to date, so that a merge costs no more than the words it changes. Source: Sennrich et al. 2016,
 * algorithm 1; ties as in Hugging Face's tokenizers, by the smaller numbers of the pieces.
 *
 * @param lines Sentences.
 * @param options How many pieces.
 * @returns The pieces; fewer than asked for where no pair occurs twice in the same way any more.
 * @throws {RangeError} If there are more marks and characters than pieces.
 */
export function trainSubwords(
  lines: readonly string[],
  { size, tags = [] }: SubwordOptions,
): SubwordModel {
  const frequencies = new Map<string, number>();
  for (const line of lines) {
    for (const word of splitPieces(line)) {
      frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    }
  }
  const characters = [
    ...new Set([...frequencies.keys()].flatMap((w) => [...w])),
  ]
    .sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!); // never empty
  const names = [...MARKS, ...tags, ...characters];
  if (names.length > size) {
    throw new RangeError(
      `Expected at least ${names.length} pieces, for marks and characters, but found ${size}`,
    );
  }
  const numbers = new Map(names.map((name, i) => [name, i] as const));
  const words = [...frequencies].map(([word, count]): Word => ({
    pieces: Array.from(word, (character) => numbers.get(character)!), // all are known
    count,
  }));
  return { names, merges: merge(words, names, numbers, size) };
}

function merge(
  words: readonly Word[],
  names: string[],
  numbers: Map<string, number>,
  size: number,
): readonly (readonly [string, string])[] {
  const counts = new Map<number, number>();
  const places = new Map<number, Set<number>>();
  const keyOf = ({ left, right }: Pair) => left * size + right;
  const add = (pair: Pair, by: number, word: number) => {
    const key = keyOf(pair);
    counts.set(key, (counts.get(key) ?? 0) + by);
    if (by > 0) places.set(key, (places.get(key) ?? new Set()).add(word));
  };
  words.forEach(({ pieces, count }, i) => {
    for (const pair of pairsOf(pieces)) add(pair, count, i);
  });
  const queue = new PairQueue();
  const put = (key: number) => {
    const count = counts.get(key) ?? 0;
    if (count < 1) return;
    queue.push({ left: Math.floor(key / size), right: key % size, count });
  };
  for (const key of counts.keys()) put(key);
  const merges: (readonly [string, string])[] = [];
  while (names.length < size) {
    const best = queue.pop((pair) => counts.get(keyOf(pair)) ?? 0);
    if (best === undefined) break;
    const [left, right] = [names[best.left]!, names[best.right]!]; // pieces
    merges.push([left, right]);
    const merged = numbers.get(left + right) ?? names.length;
    if (merged === names.length) {
      names.push(left + right);
      numbers.set(left + right, merged);
    }
    const changed = new Set<number>();
    for (const at of places.get(keyOf(best)) ?? []) {
      const word = words[at]!; // an index of them
      for (const pair of pairsOf(word.pieces)) {
        add(pair, -word.count, at);
        changed.add(keyOf(pair));
      }
      word.pieces = join(word.pieces, best, merged);
      for (const pair of pairsOf(word.pieces)) {
        add(pair, word.count, at);
        changed.add(keyOf(pair));
      }
    }
    counts.delete(keyOf(best));
    changed.delete(keyOf(best));
    changed.forEach(put);
  }
  return merges;
}

function pairsOf(pieces: readonly number[]): readonly Pair[] {
  return pieces.slice(1).map((right, i) => ({ left: pieces[i]!, right })); // the one before
}

/** Puts one piece in the place of each pair, from left to right. */
function join(
  pieces: readonly number[],
  { left, right }: Pair,
  merged: number,
): number[] {
  const joined: number[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const isPair = pieces[i] === left && pieces[i + 1] === right;
    joined.push(isPair ? merged : pieces[i]!); // below the length
    if (isPair) i++;
  }
  return joined;
}
