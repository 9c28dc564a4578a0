/**
 * Uniform random numbers by key.
 * @module
 */
import { draw, type Key } from "./key.ts";

/**
 * Draws uniform numbers from [0, 1), 24 bits each; number i depends on the key and on i only.
 *
 * @param key The key, used up.
 * @param count How many to draw.
 * @returns The numbers, [count].
 */
export function uniform(key: Key, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  const words = new Uint32Array(2);
  for (let i = 0; i < count; i += 2) {
    draw(key, 0, i >>> 1, words);
    values[i] = (words[0]! >>> 8) * 2 ** -24;
    if (i + 1 < count) values[i + 1] = (words[1]! >>> 8) * 2 ** -24;
  }
  return values;
}
