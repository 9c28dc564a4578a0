/**
 * What a text costs a reader who knows nothing but how often each character occurs.
 * @module
 */

/**
 * Computes the entropy of the characters of a text, each by itself.
 *
 * @param text Indices of characters.
 * @param vocabulary How many characters there are.
 * @returns Nats per character.
 */
export function frequencyEntropy(
  text: ArrayLike<number>,
  vocabulary: number,
): number {
  const counts = new Float64Array(vocabulary);
  for (let i = 0; i < text.length; i++) counts[text[i]!]! += 1;
  return counts.reduce((entropy, count) => {
    const frequency = count / text.length;
    return count === 0 ? entropy : entropy - frequency * Math.log(frequency);
  }, 0);
}
