/**
 * One loss under the names that readers know it by.
 * @module
 */

/** A loss in three units. */
export interface TextLosses {
  /** Nats per character. */
  readonly loss: number;
  /** log2 of the perplexity. */
  readonly bitsPerCharacter: number;
  /** As many equally likely characters would be as hard to guess. */
  readonly perplexity: number;
}

/**
 * Converts a loss.
 *
 * @param loss Nats per character.
 * @returns The loss, bits per character, and perplexity.
 */
export function textLosses(loss: number): TextLosses {
  return {
    loss,
    bitsPerCharacter: loss / Math.LN2,
    perplexity: Math.exp(loss),
  };
}
