/**
 * Characters as numbers.
 * @module
 */

/**
 * Collects the characters of a text.
 *
 * @param text Any text.
 * @returns Each code point once, sorted.
 */
export function vocabularyOf(text: string): readonly string[] {
  const codes = new Set(
    Array.from(text, (character) => character.codePointAt(0)!),
  ); // never empty
  return [...codes].sort((a, b) => a - b).map((code) =>
    String.fromCodePoint(code)
  );
}

/**
 * Turns text into indices.
 *
 * @param text Any text over the vocabulary.
 * @param vocabulary The characters.
 * @returns The index of each code point, [characters].
 * @throws {RangeError} If a character is not in the vocabulary.
 */
export function encode(
  text: string,
  vocabulary: readonly string[],
): Int32Array<ArrayBuffer> {
  const indices = new Map(vocabulary.map((character, i) => [character, i]));
  const characters = Array.from(text);
  return Int32Array.from(characters, (character, at) => {
    const index = indices.get(character);
    if (index !== undefined) return index;
    throw new RangeError(
      `Expected characters of the vocabulary but found ${
        JSON.stringify(character)
      } at character ${at}`,
    );
  });
}

/**
 * Turns indices into text.
 *
 * @param indices Indices into the vocabulary.
 * @param vocabulary The characters.
 * @returns The text.
 * @throws {RangeError} If an index has no character.
 */
export function decode(
  indices: ArrayLike<number>,
  vocabulary: readonly string[],
): string {
  return Array.from(indices, (index) => {
    const character = vocabulary[index];
    if (character !== undefined) return character;
    throw new RangeError(
      `Expected an index below ${vocabulary.length} but found ${index}`,
    );
  }).join("");
}
