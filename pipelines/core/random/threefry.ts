/**
 * The counter-based generator under every random number of the package.
 * @module
 */

const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds: encrypts one 64-bit counter under one 64-bit key.
 *
 * Source: Salmon et al. 2011, "Parallel Random Numbers: As Easy as 1, 2, 3", section 4; rotation constants of table 3.
 *
 * @param key0 The key's first 32-bit word.
 * @param key1 The key's second 32-bit word.
 * @param counter0 The counter's first 32-bit word.
 * @param counter1 The counter's second 32-bit word.
 * @param out Receives the two words at `out[0]` and `out[1]`; as large as two, and reused by callers in loops.
 */
export function threefry(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  out: Uint32Array,
): void {
  const key2 = key0 ^ key1 ^ PARITY;
  let a = (counter0 + key0) | 0;
  let b = (counter1 + key1) | 0;

  a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
  a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
  a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
  a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;
  a = (a + key1) | 0, b = (b + key2 + 1) | 0;

  a = (a + b) | 0, b = (b << 17 | b >>> 15) ^ a;
  a = (a + b) | 0, b = (b << 29 | b >>> 3) ^ a;
  a = (a + b) | 0, b = (b << 16 | b >>> 16) ^ a;
  a = (a + b) | 0, b = (b << 24 | b >>> 8) ^ a;
  a = (a + key2) | 0, b = (b + key0 + 2) | 0;

  a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
  a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
  a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
  a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;
  a = (a + key0) | 0, b = (b + key1 + 3) | 0;

  a = (a + b) | 0, b = (b << 17 | b >>> 15) ^ a;
  a = (a + b) | 0, b = (b << 29 | b >>> 3) ^ a;
  a = (a + b) | 0, b = (b << 16 | b >>> 16) ^ a;
  a = (a + b) | 0, b = (b << 24 | b >>> 8) ^ a;
  a = (a + key1) | 0, b = (b + key2 + 4) | 0;

  a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
  a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
  a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
  a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;
  out[0] = a + key2;
  out[1] = b + key0 + 5;
}
