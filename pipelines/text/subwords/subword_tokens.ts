/**
 * Tokens that are pieces of words.
 * @module
 */
import { type Tokens, UNK } from "../parallel/tokens.ts";
import { joinPieces, splitPieces } from "./split_pieces.ts";
import type { SubwordModel } from "./train_subwords.ts";

/**
 * Makes tokens of a byte-pair encoding.
 *
 * @param model What was learned.
 * @returns Pieces; a character that was never seen is unknown.
 */
export function subwordTokens({ names, merges }: SubwordModel): Tokens {
  const numbers = new Map(names.map((name, i) => [name, i] as const));
  const ranks = new Map(
    merges.map(([left, right], i) => [`${left} ${right}`, i] as const), // pieces hold no space
  );
  const cut = (word: string): readonly string[] => {
    let pieces = [...word];
    for (;;) {
      const best = pieces.slice(1).reduce((least, right, i) => {
        const rank = ranks.get(`${pieces[i]} ${right}`) ?? Infinity;
        return rank < least.rank ? { rank, at: i } : least;
      }, { rank: Infinity, at: -1 });
      if (best.at < 0) return pieces;
      const [left, right] = merges[best.rank]!; // a rank of them
      pieces = joinAll(pieces, left, right);
    }
  };
  const known = new Map<string, readonly number[]>(); // words repeat
  return {
    names,
    merges,
    encode: (line) =>
      splitPieces(line).flatMap((word) => {
        const ids = known.get(word) ??
          cut(word).map((piece) => numbers.get(piece) ?? UNK);
        known.set(word, ids);
        return ids;
      }),
    decode: (ids) => joinPieces(ids.map((id) => names[id] ?? "")),
  };
}

function joinAll(
  pieces: readonly string[],
  left: string,
  right: string,
): string[] {
  const joined: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const isPair = pieces[i] === left && pieces[i + 1] === right;
    joined.push(isPair ? left + right : pieces[i]!); // below the length
    if (isPair) i++;
  }
  return joined;
}
