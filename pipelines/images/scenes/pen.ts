/**
 * Digits with thinner and thicker strokes.
 * @module
 */
import type { Thickness } from "./scene.ts";

/** Side of a digit as it comes. */
const SIDE = 28;

/** Widths that thin strokes have at most, and thick ones at least, in pixels of the digit as it comes. */
const THIN = 2.3;
const THICK = 4.3;

/** Passes over a digit, at most. */
const PASSES = 4;

/**
 * Estimates the mean width of strokes: twice their area over the length of their edges.
 *
 * The sum of the lengths of all gradients is the length of the edges, on which ink rises from 0 to 1.
 *
 * @param ink From 0 to 1, [28 * 28].
 * @returns Pixels.
 */
export function strokeWidth(ink: Float32Array): number {
  let area = 0;
  let edges = 0;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const here = at(ink, x, y);
      area += here;
      edges += Math.hypot(at(ink, x + 1, y) - here, at(ink, x, y + 1) - here);
    }
  }
  return edges === 0 ? 0 : 2 * area / edges;
}

/**
 * Makes the strokes of a digit thin or thick: pixels move towards the least, or become the greatest, of their four
 * neighbours until the width is reached.
 *
 * @param digit Bytes, [28 * 28].
 * @param thickness Which of the two.
 * @returns Ink from 0 to 1, [28 * 28].
 */
export function redraw(
  digit: ArrayLike<number>,
  thickness: Thickness,
): Float32Array {
  let ink: Float32Array = Float32Array.from(digit, (byte) => byte / 255);
  for (let pass = 0; pass < PASSES; pass++) {
    const width = strokeWidth(ink);
    if (thickness === "thin" ? width <= THIN : width >= THICK) break;
    ink = thickness === "thin" ? thinner(ink) : thicker(ink);
  }
  return ink;
}

function thinner(ink: Float32Array): Float32Array {
  return overNeighbours(
    ink,
    (here, a, b, c, d) => (here + Math.min(here, a, b, c, d)) / 2,
  );
}

function thicker(ink: Float32Array): Float32Array {
  return overNeighbours(ink, (here, a, b, c, d) => Math.max(here, a, b, c, d));
}

/** A function of each pixel and its four neighbours; beyond the edge there is no ink. */
function overNeighbours(
  ink: Float32Array,
  of: (here: number, a: number, b: number, c: number, d: number) => number,
): Float32Array {
  const result = new Float32Array(ink.length);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      result[y * SIDE + x] = of(
        at(ink, x, y),
        at(ink, x - 1, y),
        at(ink, x + 1, y),
        at(ink, x, y - 1),
        at(ink, x, y + 1),
      );
    }
  }
  return result;
}

function at(ink: Float32Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : ink[y * SIDE + x]!; // inside
}
