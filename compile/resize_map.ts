/**
 * Which pixels a resized image is made of, along one axis, as TensorFlow.js has it.
 * @module
 */

/** How an axis is resized. */
export interface AxisResize {
  readonly from: number;
  readonly to: number;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Between which two pixels each new one lies, and how far beyond the first. */
export interface Neighbours {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly share: readonly number[];
}

/** The pixels of a linear interpolation. */
export function linearNeighbours(axis: AxisResize): Neighbours {
  const places = centres(axis, 0.5).map((place) => Math.max(0, place));
  const last = axis.from - 1;
  const first = places.map((place) => Math.min(last, Math.floor(place)));
  return {
    first,
    second: places.map((place) => Math.min(last, Math.ceil(place))),
    share: places.map((place, i) => place - first[i]!), // as many
  };
}

/** The nearest pixel of each new one. */
export function nearestNeighbour(axis: AxisResize): readonly number[] {
  const round = axis.alignCorners ? Math.round : Math.floor;
  return centres(axis, 0).map((place) =>
    Math.max(0, Math.min(axis.from - 1, round(place)))
  );
}

/** Where the new pixels lie among the old ones. */
function centres(
  { from, to, alignCorners, halfPixelCenters }: AxisResize,
  centre: number,
): readonly number[] {
  const isAligned = alignCorners && to > 1;
  const ratio = isAligned ? (from - 1) / (to - 1) : from / to;
  return Array.from({ length: to }, (_, i) => {
    return halfPixelCenters ? ratio * (i + 0.5) - centre : ratio * i;
  });
}
