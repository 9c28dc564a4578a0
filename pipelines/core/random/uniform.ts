/**
 * Uniform random numbers by key.
 * @module
 */
import { BLOCK, draw, type Key } from "./key.ts";

/**
 * Draws uniform numbers from [0, 1), 24 bits each; number i depends on the key and on i only.
 *
 * @param key The key, used up.
 * @param count How many to draw.
 * @returns The numbers, [count].
 */
export function uniform(key: Key, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  const words = new Uint32Array(Math.min(BLOCK, count + count % 2));
  for (let from = 0; from < count; from += BLOCK) {
    draw(key, 0, from / 2, words);
    const length = Math.min(BLOCK, count - from);
    for (let i = 0; i < length; i++) {
      values[from + i] = (words[i]! >>> 8) * 2 ** -24;
    }
  }
  return values;
}
