/**
 * Smooth curves through points.
 * @module
 */
import type { Stroke } from "./digit_strokes.ts";
import type { Path } from "./pen.ts";

/**
 * Follows a stroke: a uniform Catmull-Rom spline through its points, broken at corners.
 *
 * Source: Catmull & Rom 1974; the ends and the corners are doubled.
 *
 * @param stroke The points.
 * @param pieces How many straight pieces between two points.
 * @returns The curve as a path.
 */
export function follow(stroke: Stroke, pieces: number): Path {
  const path: [number, number][] = [];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const from = stroke[i]!;
    const to = stroke[i + 1]!;
    const before = from[2] === "corner" ? from : stroke[i - 1] ?? from;
    const after = to[2] === "corner" ? to : stroke[i + 2] ?? to;
    for (let piece = 0; piece < pieces; piece++) {
      const t = piece / pieces;
      path.push([
        between(before[0], from[0], to[0], after[0], t),
        between(before[1], from[1], to[1], after[1], t),
      ]);
    }
  }
  const last = stroke.at(-1);
  if (last !== undefined) path.push([last[0], last[1]]);
  return path;
}

/** The cubic from `b` (t = 0) to `c` (t = 1) with slopes (c - a) / 2 and (d - b) / 2. */
function between(
  a: number,
  b: number,
  c: number,
  d: number,
  t: number,
): number {
  const linear = (c - a) / 2;
  const quadratic = a - 2.5 * b + 2 * c - d / 2;
  const cubic = 1.5 * (b - c) + (d - a) / 2;
  return b + t * (linear + t * (quadratic + t * cubic));
}
