/**
 * Standard normal random numbers by key.
 * @module
 */
import { BLOCK, draw, type Key } from "./key.ts";

const LAYERS = 128;
const TAIL = 3.442619855899; // where the base layer's rectangle ends
const AREA = 9.91256303526217e-3; // of each layer; Marsaglia & Tsang 2000, section 3

/** Right edge of each layer, per unit of a 24-bit integer, and then the left ones: a sign is a bit above the layer's. */
const scale = new Float64Array(2 * LAYERS);
/** 24-bit integers below this lie wholly under the density. */
const inside = new Uint32Array(LAYERS);
/** The density exp(-x^2 / 2) at each layer's right edge. */
const height = new Float64Array(LAYERS);
/** What a rejected number is drawn again from; an array for each would take longer than the drawing. */
const redrawn = new Uint32Array(2);
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
  const words = new Uint32Array(Math.min(BLOCK, count + count % 2));
  for (let from = 0; from < count; from += BLOCK) {
    draw(key, 0, (first + from) / 2, words);
    const length = Math.min(BLOCK, count - from);
    for (let i = 0; i < length; i++) {
      const word = words[i]!;
      const layer = word & 127;
      const magnitude = word >>> 8;
      into[from + i] = magnitude < inside[layer]!
        ? magnitude * scale[word & 255]!
        : retry(key, first + from + i, word);
    }
  }
  return into;
}

/** The rare case (1.2 %): the point lies outside its layer's core. */
function retry(key: Key, index: number, word: number): number {
  for (let attempt = 1;;) {
    const layer = word & 127;
    const x = (word >>> 8) * scale[word & 255]!;
    if ((word >>> 8) < inside[layer]!) return x;
    if (layer === 0) return Math.sign(x) * tail(key, index, attempt);
    draw(key, attempt++, index, redrawn);
    const upper = height[layer - 1]!;
    const lower = height[layer]!;
    const y = lower + (redrawn[0]! + 0.5) * 2 ** -32 * (upper - lower);
    if (y < Math.exp(-x * x / 2)) return x;
    word = redrawn[1]!;
  }
}

/** Beyond the last layer; Marsaglia 1964. */
function tail(key: Key, index: number, attempt: number): number {
  for (;; attempt++) {
    draw(key, attempt, index, redrawn);
    const x = -Math.log((redrawn[0]! + 0.5) * 2 ** -32) / TAIL;
    const y = -Math.log((redrawn[1]! + 0.5) * 2 ** -32);
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
  scale.set(scale.subarray(0, LAYERS).map((x) => -x), LAYERS);
}
