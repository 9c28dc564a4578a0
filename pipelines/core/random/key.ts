/**
 * Keys: randomness as a value that is split and folded, never ambient.
 * @module
 */
import { threefry } from "./threefry.ts";

/** A source of randomness that is used once, or from which others are derived. */
export interface Key {
  /** The two 32-bit words that encrypt the counters. */
  readonly words: readonly [number, number];
}

/** What the first counter word says the key is used for: uses never overlap. */
const DRAW_LIMIT = 0x40000000;
const SPLIT = 0x80000000;
const FOLD = 0xc0000000;

/** Words that are drawn at once where many are needed: enough to be fast, few enough to stay in the nearest cache. */
export const BLOCK = 1024;

/**
 * Makes the first key of a run.
 *
 * @param seed A whole number from 0 to 2^53 - 1.
 * @returns The key.
 * @throws {RangeError} If the seed is not such a number.
 */
export function keyFrom(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(
      `Expected seed to be a whole number from 0 to 2^53 - 1 but found ${seed}`,
    );
  }
  return { words: [Math.floor(seed / 2 ** 32), seed >>> 0] };
}

/**
 * Splits a key into independent keys, by position.
 *
 * @param key The key, which is not to be used again.
 * @param count How many keys to make.
 * @returns `count` keys.
 */
export function split<const N extends number>(key: Key, count: N): Split<N> {
  const keys = Array.from({ length: count }, (_, i) => derive(key, SPLIT, i));
  return keys as Split<N>; // the length is `count` by construction
}

/** Two, three or four keys as a tuple that can be taken apart; else a list. */
export type Split<N extends number> = N extends 2 ? [Key, Key]
  : N extends 3 ? [Key, Key, Key]
  : N extends 4 ? [Key, Key, Key, Key]
  : Key[];

/**
 * Derives an independent key for a named purpose, or for a step number.
 *
 * @param key The key; it can be folded again with other names.
 * @param purpose A name, or a whole number from 0 to 2^32 - 1.
 * @returns The derived key; equal purposes give equal keys.
 */
export function fold(key: Key, purpose: string | number): Key {
  if (typeof purpose === "number") return derive(key, FOLD, purpose);
  let derived = derive(key, FOLD + 1, 0);
  const bytes = new TextEncoder().encode(purpose);
  for (let i = 0; i <= bytes.length; i += 4) { // the last group ends in a 1 bit
    const at = (j: number) => i + j === bytes.length ? 0x80 : bytes[i + j] ?? 0;
    const group = at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24;
    derived = derive(derived, FOLD + 1, group >>> 0);
  }
  return derived;
}

function derive({ words }: Key, domain: number, counter: number): Key {
  const out = new Uint32Array(2);
  threefry(words[0], words[1], domain, counter, out);
  return { words: [out[0]!, out[1]!] }; // two words by construction
}

/**
 * Encrypts consecutive counters: for each 64 random bits that depend on the key and the counter only.
 *
 * @param key The key.
 * @param attempt Below 2^30: 0 for first draws, above for redraws after a rejection.
 * @param counter The first, a whole number from 0 to 2^32 - 1.
 * @param out Receives two 32-bit words for each counter, of which there are as many as it has pairs.
 */
export function draw(
  key: Key,
  attempt: number,
  counter: number,
  out: Uint32Array,
): void {
  if (attempt >= DRAW_LIMIT) {
    throw new RangeError(`Expected attempt below 2^30 but found ${attempt}`);
  }
  threefry(key.words[0], key.words[1], attempt, counter, out);
}
