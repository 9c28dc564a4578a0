/**
 * Where pieces of words must not cross.
 * @module
 */

/** Stands for the space before a word: U+2581. */
export const SPACE = "▁";

/**
 * Cuts a sentence into words, each with the mark of the space before it, and punctuation.
 *
 * @param line A sentence.
 * @returns Words in lower case and composed (NFC); `▁ein`, `▁t`, `-`, `shirt`, `.`.
 */
export function splitPieces(line: string): readonly string[] {
  const text = line.normalize("NFC").toLowerCase();
  if (text === "") return [];
  const marked = SPACE + text.replaceAll(" ", SPACE);
  return marked.split(/(?=▁)/u)
    .flatMap((word) => word.split(/(\p{P})/u))
    .filter((part) => part !== "");
}

/**
 * Writes pieces as a sentence.
 *
 * @param pieces As `splitPieces` or any finer cut gives them.
 */
export function joinPieces(pieces: readonly string[]): string {
  return pieces.join("").replaceAll(SPACE, " ").replace(/^ /, "");
}
