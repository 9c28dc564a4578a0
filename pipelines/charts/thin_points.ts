/**
 * Long series made short enough to draw.
 * @module
 */

/** One point of a line. */
export interface Point {
  /** Across. */
  readonly x: number;
  /** Up; a value that is not finite makes a gap. */
  readonly y: number;
  /** Lower end of the interval around `y`. */
  readonly lower?: number;
  /** Upper end of the interval around `y`. */
  readonly upper?: number;
}

/** How a bucket of points is drawn: as their mean within their range, or as their mean alone. */
export type Thinning = "range" | "mean";

/** Most points of a series that is drawn as it is. */
export const mostPoints = 1000;

/** Most buckets of a longer series; each may add a gap. */
export const mostBuckets = 250;

/**
 * Thins a long series to the means of buckets that are equally wide along the axis.
 *
 * With `"range"`, `lower` and `upper` of a mean are the ends of its bucket, so that noise stays visible; with `"mean"`
 * they are the means of the points' own. A bucket that holds a gap ends with it.
 *
 * @param points The series, ascending in `x`, which must be finite.
 * @param thinning How a bucket is drawn.
 * @param place Where `x` lies along the axis: itself, or its logarithm.
 * @returns At most 500 points, or the series itself where it has at most 1,000.
 */
export function thinPoints(
  points: readonly Point[],
  thinning: Thinning,
  place: (x: number) => number = (x) => x,
): readonly Point[] {
  if (points.length <= mostPoints) return points;
  const ends = thinning === "mean" ? meanEnds : rangeEnds;
  return bucketsOf(points, place).flatMap((bucket) => {
    const drawn = bucket.filter(isDrawn);
    const gaps = bucket.filter((point) => !isDrawn(point)).slice(-1);
    if (drawn.length === 0) return gaps;
    const x = mean(drawn.map((point) => point.x));
    const y = mean(drawn.map((point) => point.y));
    return [{ x, y, ...ends(drawn) }, ...gaps];
  });
}

/** Whether a point is drawn, and not a gap. */
export function isDrawn({ y }: Point): boolean {
  return Number.isFinite(y);
}

function bucketsOf(
  points: readonly Point[],
  place: (x: number) => number,
): readonly (readonly Point[])[] {
  const first = place(points.at(0)?.x ?? 0);
  const range = place(points.at(-1)?.x ?? 0) - first || 1;
  const buckets = Map.groupBy(points, ({ x }) => {
    const along = (place(x) - first) / range; // in [0, 1]
    return Math.min(Math.floor(along * mostBuckets), mostBuckets - 1);
  });
  return [...buckets.values()];
}

type Ends = Pick<Point, "lower" | "upper">;

function rangeEnds(points: readonly Point[]): Ends {
  return {
    lower: Math.min(...points.map(({ y, lower = y }) => lower)),
    upper: Math.max(...points.map(({ y, upper = y }) => upper)),
  };
}

function meanEnds(points: readonly Point[]): Ends {
  const lower = points.flatMap((point) => point.lower ?? []);
  const upper = points.flatMap((point) => point.upper ?? []);
  if (lower.length === 0 || upper.length === 0) return {};
  return { lower: mean(lower), upper: mean(upper) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
