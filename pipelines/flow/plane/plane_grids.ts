/**
 * Regular points of the plane.
 * @module
 */
import type { Rectangle } from "./plane_targets.ts";

/** Cells along each side of a picture. */
export const VIEW_CELLS = 120;

/** The middles of cells. */
export interface GridCells {
  /** [cell, 2], row by row from the bottom. */
  readonly points: Float32Array;
  /** Area of one cell. */
  readonly area: number;
}

/** Cuts a rectangle into cells, as many along each side. */
export function gridCells({ x, y }: Rectangle, cells: number): GridCells {
  const width = (x[1] - x[0]) / cells;
  const height = (y[1] - y[0]) / cells;
  const points = Float32Array.from({ length: 2 * cells ** 2 }, (_, i) => {
    const [row, column] = [Math.floor((i >> 1) / cells), (i >> 1) % cells];
    return i % 2 === 0
      ? x[0] + (column + 0.5) * width
      : y[0] + (row + 0.5) * height;
  });
  return { points, area: width * height };
}

/** Lines of the grid of latents in each direction, from -REACH to REACH. */
const LINES = 13;
const REACH = 3;

/** Points of each line. */
export const LINE_POINTS = 121;

/** The upright and then the level lines of the grid of latents, [line, point, 2]. */
export const LATENT_GRID: Float32Array = latentGridLines();

function latentGridLines(): Float32Array {
  const across = (i: number) => -REACH + 2 * REACH * i / (LINES - 1);
  const along = (i: number) => -REACH + 2 * REACH * i / (LINE_POINTS - 1);
  const points: number[] = [];
  for (const isUpright of [true, false]) {
    for (let line = 0; line < LINES; line++) {
      for (let i = 0; i < LINE_POINTS; i++) {
        const [fixed, moving] = [across(line), along(i)];
        points.push(...isUpright ? [fixed, moving] : [moving, fixed]);
      }
    }
  }
  return Float32Array.from(points);
}
