/**
 * The counter-based generator under every random number of the package.
 * @module
 */

const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds: encrypts consecutive 64-bit counters under one 64-bit key.
 *
 * Source: Salmon et al. 2011, "Parallel Random Numbers: As Easy as 1, 2, 3", section 4; rotation constants of table 3.
 *
 * @param key0 The key's first 32-bit word.
 * @param key1 The key's second 32-bit word.
 * @param counter0 The counters' first 32-bit word.
 * @param counter1 The first counter's second 32-bit word, which grows by one from counter to counter.
 * @param out Receives two words for each counter: as many counters are encrypted as it has pairs.
 */
export function threefry(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  out: Uint32Array,
): void {
  // integers of 32 bits from here on, which is what makes the loop fast
  key0 |= 0;
  key1 |= 0;
  const key2 = key0 ^ key1 ^ PARITY;
  const key2plus1 = (key2 + 1) | 0;
  const key0plus2 = (key0 + 2) | 0;
  const key1plus3 = (key1 + 3) | 0;
  const key2plus4 = (key2 + 4) | 0;
  const key0plus5 = (key0 + 5) | 0;
  const first = (counter0 + key0) | 0;
  const second = (counter1 + key1) | 0;
  for (let i = 0; i < out.length; i += 2) {
    let a = first;
    let b = (second + (i >> 1)) | 0;

    a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
    a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
    a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
    a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;
    a = (a + key1) | 0, b = (b + key2plus1) | 0;

    a = (a + b) | 0, b = (b << 17 | b >>> 15) ^ a;
    a = (a + b) | 0, b = (b << 29 | b >>> 3) ^ a;
    a = (a + b) | 0, b = (b << 16 | b >>> 16) ^ a;
    a = (a + b) | 0, b = (b << 24 | b >>> 8) ^ a;
    a = (a + key2) | 0, b = (b + key0plus2) | 0;

    a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
    a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
    a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
    a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;
    a = (a + key0) | 0, b = (b + key1plus3) | 0;

    a = (a + b) | 0, b = (b << 17 | b >>> 15) ^ a;
    a = (a + b) | 0, b = (b << 29 | b >>> 3) ^ a;
    a = (a + b) | 0, b = (b << 16 | b >>> 16) ^ a;
    a = (a + b) | 0, b = (b << 24 | b >>> 8) ^ a;
    a = (a + key1) | 0, b = (b + key2plus4) | 0;

    a = (a + b) | 0, b = (b << 13 | b >>> 19) ^ a;
    a = (a + b) | 0, b = (b << 15 | b >>> 17) ^ a;
    a = (a + b) | 0, b = (b << 26 | b >>> 6) ^ a;
    a = (a + b) | 0, b = (b << 6 | b >>> 26) ^ a;

    out[i] = a + key2;
    out[i + 1] = b + key0plus5;
  }
}
