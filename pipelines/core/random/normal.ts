/**
 * Standard normal random numbers by key.
 * @module
 */
import { draw, type Key } from "./key.ts";

const LAYERS = 128;
const TAIL = 3.442619855899; // where the base layer's rectangle ends
const AREA = 9.91256303526217e-3; // of each layer; Marsaglia & Tsang 2000, section 3

/** Right edge of each layer, per unit of a 24-bit integer. */
const scale = new Float64Array(LAYERS);
/** 24-bit integers below this lie wholly under the density. */
const inside = new Uint32Array(LAYERS);
/** The density exp(-x^2 / 2) at each layer's right edge. */
const height = new Float64Array(LAYERS);
fillTables();

/**
 * Draws standard normal numbers; number i depends on the key and on i only, so that draws can be cut into chunks.
 *
 * Source: ziggurat of Marsaglia & Tsang 2000, with separate bits for layer, sign and magnitude (Doornik 2005).
 *
 * @param key The key, used up.
 * @param count How many to draw.
 * @param into Where to write them; a new array by default.
 * @param first The index of the first number, even: 0 by default.
 * @returns The numbers, [count].
 */
export function normal(
  key: Key,
  count: number,
  into: Float32Array<ArrayBuffer> = new Float32Array(count),
  first = 0,
): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(2);
  for (let i = 0; i < count; i += 2) {
    const index = first + i;
    draw(key, 0, index >>> 1, words);
    const second = words[1]!;
    into[i] = fromWord(key, index, words[0]!);
    if (i + 1 < count) into[i + 1] = fromWord(key, index + 1, second);
  }
  return into;
}

function fromWord(key: Key, index: number, word: number): number {
  const layer = word & 127;
  const magnitude = word >>> 8;
  if (magnitude < inside[layer]!) {
    const x = magnitude * scale[layer]!;
    return word & 128 ? -x : x;
  }
  return retry(key, index, word);
}

/** The rare case (1.2 %): the point lies outside its layer's core. */
function retry(key: Key, index: number, word: number): number {
  const words = new Uint32Array(2);
  for (let attempt = 1;;) {
    const layer = word & 127;
    const sign = word & 128 ? -1 : 1;
    const x = (word >>> 8) * scale[layer]!;
    if ((word >>> 8) < inside[layer]!) return sign * x;
    if (layer === 0) return sign * tail(key, index, attempt);
    draw(key, attempt++, index, words);
    const upper = height[layer - 1]!;
    const lower = height[layer]!;
    const y = lower + (words[0]! + 0.5) * 2 ** -32 * (upper - lower);
    if (y < Math.exp(-x * x / 2)) return sign * x;
    word = words[1]!;
  }
}

/** Beyond the last layer; Marsaglia 1964. */
function tail(key: Key, index: number, attempt: number): number {
  const words = new Uint32Array(2);
  for (;; attempt++) {
    draw(key, attempt, index, words);
    const x = -Math.log((words[0]! + 0.5) * 2 ** -32) / TAIL;
    const y = -Math.log((words[1]! + 0.5) * 2 ** -32);
    if (2 * y >= x * x) return TAIL + x;
  }
}

function fillTables(): void {
  const unit = 2 ** -24;
  const base = AREA / Math.exp(-TAIL * TAIL / 2); // width of the base layer with its tail
  scale[0] = base * unit;
  inside[0] = Math.floor(TAIL / base / unit);
  height[0] = 1;
  let edge = TAIL;
  for (let layer = LAYERS - 1; layer >= 1; layer--) {
    scale[layer] = edge * unit;
    height[layer] = Math.exp(-edge * edge / 2);
    const next = layer === 1
      ? 0
      : Math.sqrt(-2 * Math.log(AREA / edge + Math.exp(-edge * edge / 2)));
    inside[layer] = Math.floor(next / edge / unit);
    edge = next;
  }
}
