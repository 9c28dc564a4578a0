/**
 * Precision and recall of samples, by nearest neighbours.
 * @module
 */

/** How alike two clouds of vectors are, from 0 to 1. */
export interface PrecisionAndRecall {
  /** Part of the samples that lie within the data. */
  readonly precision: number;
  /** Part of the data that lies within the samples. */
  readonly recall: number;
}

/** Which neighbour's distance is the radius of a ball, as in the paper. */
export const NEIGHBOUR: number = 3;

/**
 * Estimates the part of the samples in the support of the data, and the reverse: a support is the union of balls around
 * its points, each of which reaches to the third nearest other point.
 *
 * Source: Kynkäänniemi et al. 2019, eqs. 1 and 2, with k = 3. Both numbers depend on how many vectors there are.
 *
 * @param samples Row by row, [count, width].
 * @param data Row by row, [count, width].
 * @param width Length of a vector.
 * @returns Precision and recall.
 * @throws {RangeError} If a cloud has not more than three whole vectors.
 */
export function precisionAndRecall(
  samples: ArrayLike<number>,
  data: ArrayLike<number>,
  width: number,
): PrecisionAndRecall {
  return {
    precision: partWithin(samples, data, width),
    recall: partWithin(data, samples, width),
  };
}

function partWithin(
  points: ArrayLike<number>,
  support: ArrayLike<number>,
  width: number,
): number {
  const count = countOf(points, width);
  const radii = squaredRadii(support, width);
  let inside = 0;
  for (let i = 0; i < count; i++) {
    const isInside = radii.some((radius, j) =>
      squaredDistance(points, i, support, j, width) <= radius
    );
    if (isInside) inside++;
  }
  return inside / count;
}

/** Squared distance of each point to its third nearest other point. */
function squaredRadii(points: ArrayLike<number>, width: number): Float64Array {
  const count = countOf(points, width);
  return Float64Array.from({ length: count }, (_, i) => {
    const nearest = new Float64Array(NEIGHBOUR).fill(Infinity);
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const distance = squaredDistance(points, i, points, j, width);
      if (distance >= nearest[NEIGHBOUR - 1]!) continue;
      nearest[NEIGHBOUR - 1] = distance;
      nearest.sort();
    }
    return nearest[NEIGHBOUR - 1]!;
  });
}

function countOf(points: ArrayLike<number>, width: number): number {
  const count = points.length / width;
  if (Number.isInteger(count) && count > NEIGHBOUR) return count;
  throw new RangeError(
    `Expected more than ${NEIGHBOUR} vectors of ${width} numbers but found ${points.length} numbers`,
  );
}

function squaredDistance(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
  width: number,
): number {
  let sum = 0;
  for (let k = 0; k < width; k++) {
    sum += (a[i * width + k]! - b[j * width + k]!) ** 2;
  }
  return sum;
}
