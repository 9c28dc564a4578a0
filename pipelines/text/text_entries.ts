/**
 * Text as the stages hand it on: numbers for characters.
 * @module
 */

/** A text of which each character is an index into a vocabulary. */
export interface CharacterText {
  /** The characters, sorted by code point. */
  readonly vocabulary: readonly string[];
  /** To learn from, [characters]. */
  readonly train: Int32Array<ArrayBuffer>;
  /** To choose by, [characters]. */
  readonly validation: Int32Array<ArrayBuffer>;
  /** To report, [characters]. */
  readonly test: Int32Array<ArrayBuffer>;
  /** The least loss that any model can reach, in nats per character, where the source is known. */
  readonly entropyRate?: number;
}
