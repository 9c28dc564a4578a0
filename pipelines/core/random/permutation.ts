/**
 * Random orders by key.
 * @module
 */
import { draw, type Key } from "./key.ts";

/**
 * Draws a uniformly random order of the numbers 0 ... count - 1.
 *
 * Fisher-Yates with 53-bit uniforms; the bias of each choice is below count * 2^-53.
 *
 * @param key The key, used up.
 * @param count How many numbers to order.
 * @returns The order, [count].
 */
export function permutation(key: Key, count: number): Int32Array<ArrayBuffer> {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const words = new Uint32Array(2);
  for (let i = count - 1; i > 0; i--) {
    draw(key, 0, i, words);
    const unit = (words[0]! * 2 ** 21 + (words[1]! >>> 11)) * 2 ** -53;
    const j = Math.floor(unit * (i + 1));
    const last = order[i]!;
    order[i] = order[j]!;
    order[j] = last;
  }
  return order;
}
